"""What stands in a saved "My proposals": its rows under their headings, and its text. Nothing in it is run."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(slots=True)
class SavedRow:
    """A row: its heading, when it was sent, its link with the title, and what else it says, one piece a line."""

    heading: str
    time: list[str] = field(default_factory=list)
    title: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    proposal: str = ""


@dataclass(slots=True)
class SavedMyProposals:
    """Receives a page tag by tag, so that no tree is built."""

    rows: list[SavedRow] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    _texts: list[str] = field(default_factory=list)
    _heading: list[str] = field(default_factory=list)
    _sink: list[str] = field(default_factory=list)
    """Where the next text goes."""
    _silent: str = ""
    """The tag whose text is not shown, while the parser is in it."""
    _in_row: bool = False
    _cell: list[str] = field(default_factory=list)
    """Where the text of the cell goes."""

    def __post_init__(self) -> None:
        self._sink = self._texts

    @property
    def text(self) -> str:
        """The text outside the rows; an element begins a line."""
        return "".join(self._texts)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of an element."""
        if tag in SILENT:
            self._silent = self._silent or tag
        elif tag == "h2":
            self._heading = self._sink = []
        elif tag == "tr":
            self._start_row(attributes)
        elif self._in_row:
            self._start_in_row(tag, attributes)
        self._sink.append("\n" if tag not in INLINE else " ")

    def _start_row(self, attributes: Mapping[str, str]) -> None:
        self._in_row = "details-row" in attributes.get("class", "").split() and len(self.rows) < MOST_ROWS
        if self._in_row:
            self.rows.append(SavedRow(self.headings[-1] if self.headings else ""))
        self._cell = self._sink = self.rows[-1].rest if self._in_row else self._texts

    def _start_in_row(self, tag: str, attributes: Mapping[str, str]) -> None:
        row = self.rows[-1]
        if tag == "td":
            self._cell = self._sink = row.time if attributes.get("data-cy") == "time-slot" else row.rest
        elif tag == "a" and (found := LINK.search(attributes.get("href", ""))) and not row.proposal:
            row.proposal, self._sink = found[1], row.title

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        if tag == self._silent:
            self._silent = ""
        elif tag == "h2":
            self.headings.append(" ".join("".join(self._heading).split()))
            self._sink = self._cell if self._in_row else self._texts
        elif tag == "tr":
            self._in_row, self._sink = False, self._texts
        elif tag == "a" and self._in_row:
            self._sink = self._cell
        if tag not in INLINE:
            self._sink.append("\n")

    def data(self, text: str) -> None:
        """Take a piece of text."""
        if not self._silent:
            self._sink.append(text)

    def close(self) -> None:
        """Take the end of the page."""


SILENT: Final = frozenset({"script", "style", "noscript", "template"})
INLINE: Final = frozenset({"b", "em", "i", "mark", "small", "strong", "span"})
LINK: Final = re.compile(r"/nx/proposals/(?:\w+/)*(\d{19})(?!\d)")
MOST_ROWS: Final = 20_000
