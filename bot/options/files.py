"""Reads attached CSV and TOML files into records: one for each row or table, with words under keys."""

from __future__ import annotations

import codecs
import re
import tomllib
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from bot.base.cleaning import cleaned
from bot.command.declaration import UnfitError
from bot.options.cells import plain, table_of
from bot.reply.parts import say

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from bot.reply.parts import Say

CELLS: Final = frozenset({"csv", "tsv", "txt"})
TWICE: Final = re.compile(r"overwrite|twice|already")
AT_LINE: Final = re.compile(r"at line (\d+)")
KEY: Final = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=")
MOST_RECORDS: Final = 20
MOST_FIGURE: Final = 10**18
MOST_DOTS: Final = 2000
"""The most dots in one line: parsing a dotted key takes quadratic time, and no real text has so many."""


class Record(NamedTuple):
    """One row or table: words under keys, the line where it begins, and the line of each key if that is known.

    A value that cannot be written as words, such as a nested table or a figure that a spreadsheet shortened, is None.
    """

    line: int
    words: Mapping[str, str | None]
    lines: Mapping[str, int]

    def line_of(self, key: str) -> int:
        """The line to name in a message about a key; of the record itself if the key has none."""
        return self.lines.get(key, self.line)


def records_in(name: str, content: bytes, table: str, known: Collection[str] = ()) -> tuple[Record, ...]:
    """The records of a file, read by its extension. UnfitError says what is wrong.

    `table`: their name in TOML. `known`: the keys by which the head of a table of cells is recognised.
    """
    ending, text = name.rpartition(".")[2].casefold(), ""
    if ending in {"toml", *CELLS}:
        text = _decoded(content)
    if ending == "toml":
        found = tuple(_toml(text, table))
    elif ending in CELLS:
        found = tuple(_cells(text, known))
    else:
        raise UnfitError(say("file-kind", name=name[:40]))
    if not 0 < len(found) <= MOST_RECORDS:
        raise UnfitError(say("file-count", number=len(found), most=MOST_RECORDS))
    return found


def _decoded(content: bytes) -> str:
    """Text in UTF-8, or in UTF-16 with its mark, which is what a spreadsheet calls Unicode text."""
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        raise UnfitError(say("file-encoding")) from None


def _cells(text: str, known: Collection[str]) -> Iterator[Record]:
    """One record for each row below the head; empty cells are left out."""
    head, rows = table_of(text, known)
    for line, cells in rows:
        nameless = [at for at, cell in enumerate(cells, 1) if cell and not any(head.cells[at - 1 : at])]
        if nameless:
            raise UnfitError(say("file-cells", line=line, column=nameless[0]))
        words = {name: plain(cleaned(cell)) for name, cell in zip(head.cells, cells, strict=False) if cell}
        yield Record(line, words, {})


def _toml(text: str, table: str) -> Iterator[Record]:
    """One record, or an array of tables. Keys beside the array become one more record, so that they are reported."""
    rows = text.splitlines()
    if (overlong := next((line for line, row in enumerate(rows, 1) if row.count(".") > MOST_DOTS), None)) is not None:
        raise UnfitError(say("file-broken", line=overlong))
    try:
        whole = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # such as endless digits, or brackets nested too deep
        raise UnfitError(_fault_in(str(error), rows, table)) from None
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


def _fault_in(error: str, rows: Sequence[str], table: str) -> Say:
    """What is wrong with a file, from the library's words for it."""
    found = AT_LINE.search(error)
    line = min(int(found[1]), len(rows)) if found else len(rows)
    if TWICE.search(error) and line:
        key = KEY.match(rows[line - 1])
        if key is not None:
            return say("file-twice", line=line, key=key[1][:40])
        return say("file-table-twice", line=line, table=table)
    return say("file-broken", line=line)


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
    if isinstance(value, float) and value.is_integer() and abs(value) <= MOST_FIGURE:
        value = int(value)  # 20.0
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
