"""A page that a browser saved becomes a page: its table, completed by its data."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from bot.pages.completing import UNDATED, completed, copied_on, rows_of
from bot.pages.not_pages import NotAPage, Why
from bot.pages.page_data import Item, items_in
from bot.pages.page_tags import UNMARKED, SavedPage, TableRow, fed
from bot.pages.pieces import AMOUNT, BALANCE, DASHES, END, LONGEST, connects_in, day_in, number_in, one_line
from bot.pages.text import MOST_LETTERS, MOST_UNREAD, pages_in, together, why_not
from core.imports.model import Page, Row
from core.imports.undated import dated
from core.shared.job_links import NO_JOB, job_in

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


def read_saved(html: str, told: date | None) -> Page | NotAPage:
    """The page in a file that a browser saved. What its data says about its day counts more than `told`."""
    saved = tags_of(html)
    items = items_in(saved.nuxt) if saved.nuxt else ()
    text = saved.text
    if not saved.rows:
        return _without_table(text, items, told)
    read = [_row(row) for row in saved.rows if row.said]
    rows = [row for row in read if isinstance(row, Row)]
    unread = [line for line in read if isinstance(line, str) and line]
    copied = copied_on(rows, items) or told
    page = Page(tuple(rows), _balance(text, items), unread=tuple(unread[:MOST_UNREAD]))
    if copied:
        page = dated(page, copied) or page
    return _whole(page._replace(rows=tuple(completed(page.rows, items))))


def tags_of(html: str) -> SavedPage:
    """What stands in a page. What follows its table is read only if something is missing, for it says it all again."""
    short = without_copy(html)
    if short:
        saved = fed(short, SavedPage())
        if saved.rows and BALANCE.search(saved.text):
            return saved
    return fed(html, SavedPage())


def without_copy(html: str) -> str:
    """A page up to the end of its table, with its data. Empty if that end is not plain.

    A job's title can have the mark of a table's end, and then stands so in an attribute.
    """
    start = html.find(TABLE)
    end = html.find(TABLE_END, start)
    if start < 0 or end < 0 or html.find(TABLE_END, end + 1) >= 0 or html.find("<table", start) >= 0:
        return ""
    end += len(TABLE_END)
    named = html.find(DATA, end)
    if named < 0:
        return html[:end]
    script, closed = html.rfind("<", end, named), html.find(SCRIPT_END, named)
    if closed < 0 or not html.startswith("<script ", script):
        return ""
    return html[:end] + html[script : closed + len(SCRIPT_END)]


def _without_table(text: str, items: Sequence[Item], told: date | None) -> Page | NotAPage:
    """A page whose table is not there is read by its text, and else by its data."""
    pages = pages_in(text, told)
    if pages:
        return together(pages)
    if items:
        return Page(tuple(rows_of(items)), _balance(text, items))
    return NotAPage(why_not(text))


def _balance(text: str, items: Sequence[Item]) -> int | None:
    found = BALANCE.search(text)
    if found:
        return number_in(found["amount"])
    return items[0].running if items else None


def _row(row: TableRow) -> Row | str:
    """A row of the table, or what it says if it cannot be read. Without a day in English its day is `UNDATED`."""
    connects = _connects(row.text("connects"))
    wording, title = _action(row)
    if connects is None or not wording or max(len(wording), len(title)) > LONGEST:
        said = (row.text(cell) for cell in ("date", "action", "freelancer", "connects"))
        return " / ".join(" ".join(each.split()) for each in said if each)[:MOST_LETTERS]
    member = " ".join(line for line in map(one_line, row.text("freelancer").split("\n")) if line not in DASHES)
    return Row(
        day_in(row.text("date")) or UNDATED,
        wording,
        connects,
        title,
        (job_in(row.link) or NO_JOB).id,
        member[:LONGEST] if row.has_member else None,
    )


def _action(row: TableRow) -> tuple[str, str]:
    """The wording and the title. Where the page does not mark the one, it is the first line; the other is the rest."""
    wording, title, rest = row.text("action", "wording"), row.text("action", "title"), row.text("action", *UNMARKED)
    if not wording:
        wording, _, rest = rest.partition("\n")
    return one_line(wording), one_line(title or rest)


@lru_cache(maxsize=1024)
def _connects(said: str) -> int | None:
    """The Connects of a row; in another language by the figure alone, if its words have the same one."""
    end = END.search(said)
    if end:
        return connects_in(end)
    first, _, words = said.partition("\n")
    amount = AMOUNT.fullmatch(first.strip())
    if not amount or amount["amount"] not in words:
        return None
    connects = number_in(amount["amount"])
    return connects if amount["sign"] == "+" else -connects


def _whole(page: Page) -> Page | NotAPage:
    """The page without rows whose days are not known: these are reported, for they cannot be booked."""
    rows = [row for row in page.rows if row.day != UNDATED]
    lost = [
        " / ".join(filter(None, (row.wording, row.title, f"{row.connects:+}")))
        for row in page.rows
        if row.day == UNDATED
    ]
    if not rows:
        return NotAPage(Why.OTHER_LANGUAGE if lost else Why.NO_ROWS)
    return page._replace(rows=tuple(rows), unread=(*page.unread, *lost)[:MOST_UNREAD])


TABLE: Final = 'id="connects-history-table"'
TABLE_END: Final = "</table>"
DATA: Final = 'id="__NUXT_DATA__"'
SCRIPT_END: Final = "</script>"
