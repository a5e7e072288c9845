"use strict";
{
  // Without this script the page has all of its words. It adds sorting, searching, and a proposal's entries below it.
  const MOST = 50; // rows that are shown before somebody asks for all
  const FEW = 6; // rows that one sees at a glance, so that nobody needs to search them
  const language = document.documentElement.lang;
  const collator = new Intl.Collator(language, {numeric: true, sensitivity: "base"});
  const figure = new Intl.NumberFormat(language);
  const filled = (words, ...facts) => words.replace(/\{(\d)\}/g, (_, place) => facts[place]);
  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLocaleLowerCase(language);
  const point = document.documentElement.dataset.point;
  const plain = (text) => text.replace("\u2212", "-").replace(/[^0-9-]/g, (other) => (other === point ? "." : ""));
  const made = (tag, properties) => Object.assign(document.createElement(tag), properties);
  const named = (name) => document.getElementById(`t-${name}`);
  const proposals = named("proposals");
  const entries = named("entries");

  // A figure or a text to sort by; null comes last, whichever way.
  const keyOf = (row, column, sort) => {
    if (sort === "o") return -row.place;
    const cell = row.cells[column];
    const text = cell.textContent.trim();
    if (sort !== "n") return text || null;
    const number = Number.parseFloat(cell.dataset.v ?? plain(text));
    return Number.isNaN(number) ? null : number;
  };

  const compared = (one, other) =>
    typeof one === "string" ? collator.compare(one, other) : one - other;

  class Table {
    constructor(table) {
      this.table = table;
      this.body = table.tBodies[0];
      this.rows = [...this.body.rows];
      this.found = this.rows;
      this.all = false;
      this.rows.forEach((row, place) => { row.place = place; });
      [...table.tHead.rows[0].cells].forEach((head, column) => this.sortable(head, column));
      this.more = table.nextElementSibling;
      this.more.addEventListener("click", () => { this.all = !this.all; this.show(); });
      const find = table.previousElementSibling;
      this.input = find.querySelector("input");
      this.status = find.querySelector("[role=status]");
      this.input.addEventListener("input", () => this.search());
      find.hidden = this.rows.length < FEW;
      this.show();
    }

    sortable(head, column) {
      const button = made("button", {type: "button"});
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => this.sort(head, column));
    }

    sort(head, column) {
      const falling = head.getAttribute("aria-sort") === "ascending";
      for (const other of head.parentNode.cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", falling ? "descending" : "ascending");
      const keys = new Map(this.rows.map((row) => [row, keyOf(row, column, head.dataset.s)]));
      const way = falling ? -1 : 1;
      this.rows.sort((one, other) => {
        const [first, second] = [keys.get(one), keys.get(other)];
        if (first === null || second === null) return (first === null) - (second === null) || one.place - other.place;
        return way * compared(first, second) || one.place - other.place;
      });
      this.body.append(...this.rows.flatMap((row) => (row.detail ? [row, row.detail] : [row])));
      this.search();
    }

    search() {
      const words = folded(this.input.value).split(/\s+/).filter(Boolean);
      this.found = this.rows.filter((row) => {
        row.words ??= folded([...row.cells].map((cell) => cell.textContent).join(" "));
        return words.every((word) => row.words.includes(word));
      });
      const counts = [figure.format(this.found.length), figure.format(this.rows.length)];
      this.status.textContent = words.length ? filled(this.table.dataset.found, ...counts) : "";
      this.show();
    }

    show() {
      const shown = new Set(this.all ? this.found : this.found.slice(0, MOST));
      for (const row of this.rows) {
        row.classList.toggle("x", !shown.has(row));
        row.detail?.classList.toggle("x", !shown.has(row));
      }
      const {more, fewer} = this.table.dataset;
      this.more.hidden = this.found.length <= MOST;
      this.more.setAttribute("aria-expanded", this.all);
      this.more.textContent = this.all ? fewer : filled(more, figure.format(this.found.length));
    }
  }

  // No title is on the page twice: an entry has the number of its proposal, and gets the title from there.
  const titles = () => {
    const known = new Map([...proposals.tBodies[0].rows].map((row) => [`#${row.cells[0].textContent.trim()}`, row.cells[2]]));
    for (const {cells: [, , cell]} of entries?.tBodies[0].rows ?? []) {
      const title = cell.className === "o" ? null : known.get(cell.textContent.trim());
      if (title) cell.textContent = `${title.textContent.trim()} (${cell.textContent.trim()})`;
    }
  };

  const opening = () => {
    const rows = new Map([...(entries?.tBodies[0].rows ?? [])].map((row) => [row.cells[0].textContent.trim(), row]));
    for (const row of proposals.tBodies[0].rows) {
      const cell = row.lastElementChild;
      const numbers = cell.textContent.trim().split(" ").filter(Boolean);
      if (!numbers.length) continue;
      const number = row.cells[0].textContent.trim();
      const label = filled(proposals.dataset.open, number);
      const button = made("button", {type: "button", className: "open", textContent: figure.format(numbers.length)});
      button.setAttribute("aria-expanded", "false");
      button.setAttribute("aria-label", `${button.textContent} \u2013 ${label}`);
      cell.dataset.v = numbers.length;
      cell.replaceChildren(button);
      button.addEventListener("click", () => {
        if (row.detail) row.detail.remove();
        row.detail = row.detail ? null : detail(row, numbers, rows, label);
        button.setAttribute("aria-expanded", row.detail !== null);
      });
    }
  };

  // A row below a proposal, with a copy of its entries' rows.
  const detail = (row, numbers, rows, label) => {
    const outer = made("tr", {className: "detail"});
    const cell = made("td", {colSpan: row.cells.length});
    const known = numbers.filter((number) => rows.has(number));
    if (known.length) {
      const table = entries.cloneNode(false);
      table.removeAttribute("id");
      table.removeAttribute("aria-labelledby");
      table.setAttribute("aria-label", label);
      const head = entries.tHead.cloneNode(true);
      for (const one of head.rows[0].cells) {
        one.textContent = one.textContent;
        one.removeAttribute("aria-sort");
      }
      const body = made("tbody");
      body.append(...known.map((number) => rows.get(number).cloneNode(true)));
      for (const one of body.rows) one.classList.remove("x");
      table.append(head, body);
      cell.append(table);
    }
    const others = numbers.filter((number) => !rows.has(number)).map((number) => `#${number}`);
    if (others.length) cell.append(made("p", {className: "note", textContent: filled(proposals.dataset.others, others.join(", "))}));
    outer.append(cell);
    row.after(outer);
    return outer;
  };

  document.documentElement.classList.add("js");
  if (proposals) {
    titles();
    opening();
  }
  for (const table of document.querySelectorAll("table[id]")) new Table(table);
}
