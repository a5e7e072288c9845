"""What stands in a saved page: the cells of its table, its data and its text. Nothing is executed, nothing loaded."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(slots=True)
class TableRow:
    """A row of the table: what its cells say, by cell and part, and the address of the job's link."""

    said: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    link: str = ""
    has_member: bool = False

    def text(self, cell: str, *parts: str) -> str:
        """What parts of a cell say, one piece a line (no part: the whole cell)."""
        pieces = [
            piece for (of, part), said in self.said.items() if of == cell and part in (parts or PARTS) for piece in said
        ]
        return "\n".join(piece for piece in pieces if piece.strip())


@dataclass(slots=True)
class SavedPage:
    """Receives a page tag by tag, so that no tree is built: nesting costs nothing, and many attributes cost little."""

    rows: list[TableRow] = field(default_factory=list)
    nuxt: str = ""
    """The page's own data, as JSON."""
    texts: list[str] = field(default_factory=list)
    has_table: bool = False
    _tables: int = 0
    """How deep the parser is in tables, counted from that of the history."""
    _cell: str = ""
    _part: str = ""
    _part_tag: str = ""
    """The tag that began the part."""
    _silent: str = ""
    """The tag whose text is not shown, while the parser is in it."""
    _script: list[str] | None = None
    _words: list[str] = field(default_factory=list)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of an element."""
        self._flush()
        if tag in SILENT:
            self._silent = tag
            if attributes.get("id") == "__NUXT_DATA__" and not self.nuxt:
                self._script = []
        elif self._tables:
            self._start_in_table(tag, attributes)
        elif tag == "table" and attributes.get("id") == "connects-history-table" and not self.has_table:
            self._tables, self.has_table = 1, True

    def _start_in_table(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "table":
            self._tables += 1
        elif tag == "tr" and len(self.rows) < MOST_ROWS:
            self.rows.append(TableRow())
        elif tag == "td":
            found = CELL.match(attributes.get("id", ""))
            self._cell, self._part = found[1] if found else "", ""
            if self._cell == "freelancer" and self.rows:
                self.rows[-1].has_member = True
        elif self._cell:
            if tag in PART_TAGS and self._part not in WHOLE:
                self._part, self._part_tag = PART_TAGS[tag], tag
            if tag == "a" and self._cell == "action" and self.rows and not self.rows[-1].link:
                self.rows[-1].link = attributes.get("href", "")

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        self._flush()
        if tag == self._silent:
            self._silent = ""
            if self._script is not None:
                self.nuxt, self._script = "".join(self._script), None
        elif self._tables:
            if tag == "table":
                self._tables -= 1
            elif tag == "td":
                self._cell = ""
            elif tag == self._part_tag:
                self._part = ""

    def data(self, text: str) -> None:
        """Take a piece of text."""
        if self._script is not None:
            self._script.append(text)
        elif not self._silent:
            self._words.append(text)

    def _flush(self) -> None:
        if not self._words:
            return
        text = "".join(self._words)
        self._words.clear()
        if self._cell and self.rows:
            self.rows[-1].said.setdefault((self._cell, self._part), []).append(text)
        elif not self._tables and len(self.texts) < MOST_TEXTS and text.strip():
            self.texts.append(" ".join(text.split()))

    def close(self) -> None:
        """Take the end of the page."""
        self._flush()


SILENT: Final = frozenset({"script", "style"})
CELL: Final = re.compile(r"(date|action|freelancer|connects)-cell-")
PART_TAGS: Final = {"small": "wording", "a": "title", "div": "block", "span": "inline"}
WHOLE: Final = frozenset({"wording", "title"})
"""Parts to which everything inside belongs."""
UNMARKED: Final = ("", "block", "inline")
PARTS: Final = frozenset({*UNMARKED, *PART_TAGS.values()})
MOST_ROWS: Final = 50_000
MOST_TEXTS: Final = 100_000
