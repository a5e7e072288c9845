"""Files that people hand in, as records: each a row of a CSV file or a table of a TOML file, with words under keys."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from bot.command.declaration import UnfitError
from bot.reply.parts import say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

AT_LINE: Final = re.compile(r"at line (\d+)")
KEY: Final = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=")
MOST_RECORDS: Final = 20
MOST_FIGURE: Final = 10**18
MOST_DOTS: Final = 2000
"""In a line: each part of a dotted key costs as much as all that stand before it, and no text has so many."""


class Record(NamedTuple):
    """Words under keys, the line where it begins, and, as far as that is known, the line of each key.

    A value that is no words at all, such as a table within a table, is None.
    """

    line: int
    words: Mapping[str, str | None]
    lines: Mapping[str, int]

    def line_of(self, key: str) -> int:
        """Where a key stands, or would."""
        return self.lines.get(key, self.line)


def records_in(name: str, content: bytes, table: str) -> tuple[Record, ...]:
    """The records of a file, by the end of its name; `table` is what TOML calls one. UnfitError says what is wrong."""
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
    """A row under a header; an empty cell says nothing."""
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
        cells = [cell.strip() for cell in row]
        if not names:
            names = [cell.casefold() for cell in cells]
        elif len(cells) > len(names):
            raise UnfitError(say("file-cells", line=line, cells=len(cells), columns=len(names)))
        elif any(cells):
            yield Record(line, {name: cell for name, cell in zip(names, cells, strict=False) if cell}, {})
        line = rows.line_num + 1


def _toml(text: str, table: str) -> Iterator[Record]:
    """One record, or an array of tables; where more stands beside the array, that is one more, to be found faulty."""
    rows = text.splitlines()
    if (endless := next((line for line, row in enumerate(rows, 1) if row.count(".") > MOST_DOTS), None)) is not None:
        raise UnfitError(say("file-broken", line=endless))
    try:
        whole = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # as of figures and brackets without end
        found = AT_LINE.search(str(error))
        raise UnfitError(say("file-broken", line=int(found[1]) if found else len(rows))) from None
    tables = whole.pop(table, [])
    given = [whole] * bool(whole) + (tables if isinstance(tables, list) else [tables])
    begins = _begins(rows, table, beside=bool(whole))
    ends = [*begins[1:], len(rows) + 1][: len(begins)]
    if len(begins) != len(given):  # written in some other way, so that no line can be told
        begins = ends = [1] * len(given)
    for one, begin, end in zip(given, begins, ends, strict=True):
        kept = one if isinstance(one, dict) else {table: one}
        words = {key.casefold(): _words(value) for key, value in kept.items()}
        yield Record(begin, words, _lines(rows, begin, end))


def _begins(rows: Sequence[str], table: str, *, beside: bool) -> list[int]:
    """The lines where records begin."""
    head = re.compile(rf"\s*\[\[?\s*{table}\s*\]\]?")
    found = [number for number, line in enumerate(rows, 1) if head.match(line)]
    return [1, *found] if beside else found


def _lines(rows: Sequence[str], begin: int, end: int) -> dict[str, int]:
    """The line of each key of a record; of two that look like it, the first, for the second stands in some text."""
    found: dict[str, int] = {}
    for number, line in enumerate(rows[begin - 1 : end - 1], begin):
        if (key := KEY.match(line)) is not None:
            found.setdefault(key[1].casefold(), number)
    return found


def _words(value: Any) -> str | None:
    """A value as it would be written in a line."""
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
            return str(value)
    return None
