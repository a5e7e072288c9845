"""What stands in a saved page: the cells of its table, its data and its text. Nothing is executed, nothing loaded."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from bot.pages.pieces import BALANCE

if TYPE_CHECKING:
    from collections.abc import Mapping


class Target(Protocol):
    """Takes a page tag by tag, as lxml's parser finds them: `start`, `data`, `end`, and `close`."""

    def close(self) -> None:
        """Take the end of the page."""
        ...


P = TypeVar("P", bound=Target)


def fed(html: str, target: P) -> P:
    """What a target has taken of a page. Whatever is wrong with the page, what was read before that counts."""
    from lxml import etree  # nobody needs it until somebody hands over a saved page

    parser = etree.HTMLParser(target=target, encoding="utf-8", recover=True, no_network=True, remove_comments=True)
    try:
        etree.fromstring(html.replace("\x00", "").encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        target.close()
    return target


@dataclass(slots=True)
class TableRow:
    """A row of the table: what its cells say, by cell and part, and the address of the job's link."""

    said: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    link: str = ""
    has_member: bool = False

    def text(self, cell: str, *parts: str) -> str:
        """What parts of a cell say, one piece a line (no part: the whole cell)."""
        said = self.said.get(cell)
        if said is None:
            return ""
        pieces = [piece for part in parts or PARTS if part in said for piece in said[part]]
        return "\n".join([line for line in "".join(pieces).split("\n") if line and not line.isspace()])


@dataclass(slots=True)
class SavedPage:
    """Receives a page tag by tag, so that no tree is built: nesting costs nothing, and many attributes cost little."""

    rows: list[TableRow] = field(default_factory=list)
    nuxt: str = ""
    """The page's own data, as JSON."""
    has_table: bool = False
    _texts: list[str] = field(default_factory=list)
    _sink: list[str] = field(default_factory=list)
    """Where the next text goes."""
    _inside: bool = False
    """Whether the parser is in the table, or in a tag whose text is not shown."""
    _tables: int = 0
    """How deep the parser is in tables, counted from that of the history."""
    _cell: str = ""
    _said: dict[str, list[str]] = field(default_factory=dict)
    """What the cell says."""
    _part: str = ""
    _part_tag: str = ""
    """The tag that began the part."""
    _silent: str = ""
    """The tag whose text is not shown, while the parser is in it."""
    _resumed: list[str] = field(default_factory=list)
    """Where text goes after that tag."""

    def __post_init__(self) -> None:
        self._sink = self._texts

    @property
    def text(self) -> str:
        """The text outside the table; an element begins a line."""
        return "".join(self._texts)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of an element. Most have nothing to do with the table."""
        self._sink.append("\n")
        if not self._inside and tag not in WATCHED:
            return
        if tag in SILENT:
            self._silence(tag, attributes)
        elif self._tables:
            self._start_in_table(tag, attributes)
        elif tag == "table" and attributes.get("id") == "connects-history-table" and not self.has_table:
            self._tables, self.has_table, self._sink = 1, True, []
        self._inside = bool(self._tables or self._silent)

    def _silence(self, tag: str, attributes: Mapping[str, str]) -> None:
        if not self._silent:
            self._resumed = self._sink
        self._silent, self._sink = tag, []
        if attributes.get("id") != "__NUXT_DATA__" or self.nuxt:
            self._silent = f"/{tag}"

    def _start_in_table(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "table":
            self._tables += 1
        elif tag == "tr" and len(self.rows) < MOST_ROWS:
            self.rows.append(TableRow())
            self._cell, self._sink = "", []
        elif tag == "td" and self.rows:
            found = CELL.match(attributes.get("id", ""))
            self._cell = found[1] if found else ""
            self._said = self.rows[-1].said.setdefault(self._cell, {}) if found else {}
            self.rows[-1].has_member |= self._cell == "freelancer"
            self._move_to("")
        elif self._cell:
            if tag in PART_TAGS and self._part not in WHOLE:
                self._part_tag = tag
                self._move_to(PART_TAGS[tag])
            if tag == "a" and self._cell == "action" and not self.rows[-1].link:
                self.rows[-1].link = attributes.get("href", "")

    def _move_to(self, part: str) -> None:
        self._part = part
        self._sink = self._said.setdefault(part, [])
        self._sink.append("\n")

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        if self._inside:
            self._end(tag)
            self._inside = bool(self._tables or self._silent)

    def _end(self, tag: str) -> None:
        if self._silent:
            if tag == self._silent.strip("/"):
                if tag == self._silent:
                    self.nuxt = "".join(self._sink)
                self._silent, self._sink = "", self._resumed
        elif tag == "table":
            self._tables -= 1
            if not self._tables:
                self._cell, self._sink = "", [] if BALANCE.search(self.text) else self._texts
        elif tag == "td":
            self._cell, self._sink = "", []
        elif self._cell and tag == self._part_tag:
            self._move_to("")

    def data(self, text: str) -> None:
        """Take a piece of text."""
        self._sink.append(text)

    def close(self) -> None:
        """Take the end of the page."""


SILENT: Final = frozenset({"script", "style"})
WATCHED: Final = SILENT | {"table"}
CELL: Final = re.compile(r"(date|action|freelancer|connects)-cell-")
PART_TAGS: Final = {"small": "wording", "a": "title", "div": "block", "span": "inline"}
UNMARKED: Final = ("", "block", "inline")
WHOLE: Final = frozenset({"wording", "title"})
"""Parts to which everything inside belongs."""
PARTS: Final = ("", "wording", "title", "block", "inline")
MOST_ROWS: Final = 50_000
