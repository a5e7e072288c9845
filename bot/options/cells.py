"""Reads tables of cells as spreadsheets save them: their separator, a title above the head, what they do to figures."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.base.cleaning import cleaned
from bot.command.declaration import UnfitError
from bot.reply.parts import say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

SEPARATORS: Final = (",", ";", "\t", "|")
NAMED_SEPARATOR: Final = re.compile(r'"?sep=(.)"?[^\S\n\r]*(?:\r\n|\r|\n)', re.IGNORECASE)
LOWEST_HEAD: Final = 10
"""How many rows may stand above the head, such as a title and an empty one."""
FORMULA: Final = re.compile(r'="(.*)"')
WHOLE: Final = re.compile(r"(-?\d+)[.,]0{1,2}")
SHORTENED: Final = re.compile(r"-?\d+(?:[.,]\d+)?E\+\d+", re.IGNORECASE)


class Row(NamedTuple):
    """A row with the line where it begins."""

    line: int
    cells: tuple[str, ...]


def table_of(text: str, known: Collection[str] = ()) -> tuple[Row, Iterator[Row]]:
    """The head, with its names in lower case, and the rows below it that are not empty.

    The head is the first row with one of the names `known`, so that a title may stand above it. UnfitError says what is
    wrong.
    """
    found = NAMED_SEPARATOR.match(text)
    if found is not None:
        rows, broken = _rows(text[found.end() :], found[1], 2)
    else:
        tables = [_rows(text, separator, 1) for separator in SEPARATORS]
        rows, broken = max(tables, key=lambda table: _likeness(table[0], known))
    if broken:
        raise UnfitError(say("file-broken", line=broken))
    at = _head(rows, known)
    head = rows[at] if rows else Row(1, ())
    if known and any(head.cells) and not _names_in(head, known):
        raise UnfitError(say("file-head"))
    names = tuple(cell.casefold().rstrip(":*").strip() for cell in head.cells)
    twice = next((name for name in names if name and names.count(name) > 1), None)
    if twice is not None:
        raise UnfitError(say("file-twice", line=head.line, key=twice[:40]))
    return Row(head.line, names), (row for row in rows[at + 1 :] if any(row.cells))


def _rows(text: str, separator: str, begin: int) -> tuple[list[Row], int]:
    """All rows, and the line from which on they cannot be read (0: they all can)."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows: list[Row] = []
    line = begin
    try:
        for row in reader:
            rows.append(Row(line, tuple(cleaned(cell).strip() for cell in row)))
            line = reader.line_num + begin
    except csv.Error:
        return rows, reader.line_num + begin - 1
    return rows, 0


def _head(rows: Sequence[Row], known: Collection[str]) -> int:
    """The row that names the columns: the first that knows any name, or else the first that is not empty."""
    first = rows[:LOWEST_HEAD]
    filled = (at for at, row in enumerate(first) if any(row.cells))
    return next((at for at, row in enumerate(first) if _names_in(row, known)), next(filled, 0))


def _likeness(rows: Sequence[Row], known: Collection[str]) -> tuple[int, int]:
    """How well the rows fit together: by the names that their head knows, then by its number of columns."""
    if not rows:
        return 0, 0
    head = rows[_head(rows, known)]
    return _names_in(head, known), len(head.cells)


def _names_in(row: Row, known: Collection[str]) -> int:
    return sum(cell.casefold().rstrip(":*").strip() in known for cell in row.cells)


def plain(cell: str) -> str | None:
    """A cell without what spreadsheets add to figures kept as text; None if they have shortened it for good."""
    if SHORTENED.fullmatch(cell):
        return None
    found = FORMULA.fullmatch(cell)
    text = cell if found is None else found[1].replace('""', '"')
    text = text[1:] if text.startswith("'") and text.count("'") == 1 else text
    whole = WHOLE.fullmatch(text)
    return text if whole is None else whole[1]
