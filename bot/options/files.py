"""Reads attached CSV and TOML files into records: one for each row or table, with words under keys."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from bot.base.cleaning import cleaned
from bot.command.declaration import UnfitError
from bot.reply.parts import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

AT_LINE: Final = re.compile(r"at line (\d+)")
KEY: Final = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=")
MOST_RECORDS: Final = 20
MOST_FIGURE: Final = 10**18
MOST_DOTS: Final = 2000
"""The most dots in one line: parsing a dotted key takes quadratic time, and no real text has so many."""


class Record(NamedTuple):
    """One row or table: words under keys, the line where it begins, and the line of each key if that is known.

    A value that cannot be written as words, such as a nested table, is None.
    """

    line: int
    words: Mapping[str, str | None]
    lines: Mapping[str, int]

    def line_of(self, key: str) -> int:
        """The line to name in a message about a key; of the record itself if the key has none."""
        return self.lines.get(key, self.line)


def records_in(name: str, content: bytes, table: str) -> tuple[Record, ...]:
    """The records of a file, read by its extension; `table` is their name in TOML. UnfitError says what is wrong."""
    reader = {"toml": _toml, "csv": _csv}.get(name.rpartition(".")[2].casefold())
    if reader is None:
        raise UnfitError(say("file-kind", name=name[:40]))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnfitError(say("file-encoding")) from None
    found = tuple(reader(text, table))
    if not 0 < len(found) <= MOST_RECORDS:
        raise UnfitError(say("file-count", number=len(found), most=MOST_RECORDS))
    return found


def _csv(text: str, _table: str) -> Iterator[Record]:
    """One record for each row under the header; empty cells are left out."""
    header = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=header.count), strict=True)
    names: list[str] = []
    line = 1
    while True:
        try:
            row = next(rows, None)
        except csv.Error:
            raise UnfitError(say("file-broken", line=rows.line_num)) from None
        if row is None:
            return
        cells = [cleaned(cell).strip() for cell in row]
        if not names:
            names = [cell.casefold() for cell in cells]
        elif len(cells) > len(names):
            raise UnfitError(say("file-cells", line=line, cells=len(cells), columns=len(names)))
        elif any(cells):
            yield Record(line, {name: cell for name, cell in zip(names, cells, strict=False) if cell}, {})
        line = rows.line_num + 1


def _toml(text: str, table: str) -> Iterator[Record]:
    """One record, or an array of tables. Keys beside the array become one more record, so that they are reported."""
    rows = text.splitlines()
    if (overlong := next((line for line, row in enumerate(rows, 1) if row.count(".") > MOST_DOTS), None)) is not None:
        raise UnfitError(say("file-broken", line=overlong))
    try:
        whole = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # such as endless digits, or brackets nested too deep
        found = AT_LINE.search(str(error))
        raise UnfitError(say("file-broken", line=int(found[1]) if found else len(rows))) from None
    tables = whole.pop(table, [])
    given = [whole] * bool(whole) + (tables if isinstance(tables, list) else [tables])
    begins = _begins(rows, table, beside=bool(whole))
    ends = [*begins[1:], len(rows) + 1][: len(begins)]
    if len(begins) != len(given):  # written in another style, so that the lines are unknown
        begins = ends = [1] * len(given)
    for one, begin, end in zip(given, begins, ends, strict=True):
        pairs = one if isinstance(one, dict) else {table: one}
        words = {key.casefold(): _words(value) for key, value in pairs.items()}
        yield Record(begin, words, _lines(rows, begin, end))


def _begins(rows: Sequence[str], table: str, *, beside: bool) -> list[int]:
    """The lines on which records begin."""
    head = re.compile(rf"\s*\[\[?\s*{table}\s*\]\]?")
    found = [number for number, line in enumerate(rows, 1) if head.match(line)]
    return [1, *found] if beside else found


def _lines(rows: Sequence[str], begin: int, end: int) -> dict[str, int]:
    """The line of each key. If two lines look like the same key, the first counts: the second is within a text."""
    found: dict[str, int] = {}
    for number, line in enumerate(rows[begin - 1 : end - 1], begin):
        if (key := KEY.match(line)) is not None:
            found.setdefault(key[1].casefold(), number)
    return found


def _words(value: Any) -> str | None:
    """A value as somebody would type it in a line; None if that is impossible."""
    if isinstance(value, list):
        words = [_words(one) for one in value]
        return None if None in words else ",".join(word for word in words if word is not None)
    match value:
        case bool():
            return "on" if value else "off"
        case datetime():
            return value.isoformat(" ")
        case int() if abs(value) > MOST_FIGURE:
            return None
        case date() | time() | str() | int() | float():
            return cleaned(str(value))
    return None
