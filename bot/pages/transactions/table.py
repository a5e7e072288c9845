"""Tables of cells in text: which columns there are, and the rows below them, whoever saved the file last."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.base.cleaning import cleaned
from bot.pages.pieces import tidied

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

DELIMITERS: Final = (",", ";", "\t", "|")
DAY: Final = "date"
IDS: Final = ("transaction id", "ref id")
DOLLARS: Final = ("amount $", "amount usd", "amount in usd")
PLAIN: Final = "amount"
"""In dollars, too, unless the file names another currency."""
LOCAL: Final = "amount in local currency"
CURRENCY: Final = "currency"
KINDS: Final = ("type", "transaction type")
NOT_WORDS: Final = frozenset({DAY, *IDS, *DOLLARS, PLAIN, LOCAL, CURRENCY, "exchangerate", "exchange rate", "balance"})
FEW: Final = 5
"""Upwork's list has more columns."""
NOTE: Final = re.compile(r"sep=.", re.IGNORECASE)
"""What a spreadsheet writes above a table."""


class Table(NamedTuple):
    """A table: the places of its columns by name, and its rows without the head."""

    columns: Mapping[str, int]
    rows: Sequence[Sequence[str]]

    def cell(self, row: Sequence[str], *names: str) -> str:
        """The first cell of a row in these columns that is not empty."""
        places = (self.columns[name] for name in names if name in self.columns)
        return next((row[at].strip() for at in places if at < len(row) and row[at].strip()), "")

    def joined(self, row: Sequence[str], *names: str) -> str:
        """What a row says in these columns, once each."""
        places = [self.columns[name] for name in names if name in self.columns]
        cells = (row[at].strip() for at in places if at < len(row))
        return " \u00b7 ".join(dict.fromkeys(cell for cell in cells if cell))

    def words(self, row: Sequence[str]) -> str:
        """All that a row says in words."""
        places = [at for name, at in self.columns.items() if name not in NOT_WORDS and not name.startswith("current ")]
        return " \u00b7 ".join(row[at].strip() for at in places if at < len(row) and row[at].strip())

    def is_whole(self, row: Sequence[str]) -> bool:
        """Whether a row has a cell for each column; empty ones at its end may be missing, or too many."""
        filled = max((at + 1 for at, cell in enumerate(row) if cell.strip()), default=0)
        needed = 1 + max(self.columns[name] for name in (*DOLLARS, PLAIN, *IDS, DAY) if name in self.columns)
        return needed <= len(row) and filled <= len(self.columns)


def transactions_in(text: str) -> Table | None:
    """Upwork's list of transactions in a text, old or new (None: the text is something else)."""
    tidy = _without_note(tidied(text))
    columns, delimiter = _head(tidy)
    if is_transactions(columns):
        return _table(tidy, delimiter)
    if "," not in next(iter(_some_rows(tidy[:LONGEST_HEAD].partition("\n")[0], ";")), [""])[0]:
        return None
    inner = "\n".join(row[0] for row in _some_rows(tidy, ";"))  # a spreadsheet has kept each row as one cell
    columns, delimiter = _head(inner)
    return _table(inner, delimiter) if is_transactions(columns) else None


def named_columns(text: str) -> frozenset[str]:
    """The columns that the first line of a text names, if it is the head of a table."""
    columns, _ = _head(_without_note(text))
    return frozenset(columns) if len(columns) > 1 else frozenset()


def is_transactions(names: Collection[str]) -> bool:
    """Whether these are the columns of Upwork's list of transactions, old or new."""
    known = set(names)
    money, ids = {PLAIN, LOCAL, *DOLLARS} & known, {*IDS} & known
    return DAY in known and bool(ids) and bool(money) and len(known) > FEW


def _without_note(text: str) -> str:
    text = text.lstrip("\ufeff\n ")
    return text.partition("\n")[2] if NOTE.fullmatch(text.partition("\n")[0].strip('" \r')) else text


def _head(text: str) -> tuple[Mapping[str, int], str]:
    """The columns that the first line names, with the delimiter that tells most of them apart."""
    line = text[:LONGEST_HEAD].partition("\n")[0]
    return max(((columns_of(line, one), one) for one in DELIMITERS), key=lambda found: len(found[0]))


def columns_of(line: str, delimiter: str) -> Mapping[str, int]:
    """The places of the columns that a head names."""
    cells = next(iter(_some_rows(line, delimiter)), ())
    names = (re.sub(r"[^\w$]+", " ", cell).strip().casefold() for cell in cells)
    columns: dict[str, int] = {}
    for at, name in enumerate(names):
        columns.setdefault(name or f"column {at}", at)
    return columns


def _table(text: str, delimiter: str) -> Table:
    head, _, below = text.partition("\n")
    columns = columns_of(head, delimiter)
    try:
        rows = list(_rows(below, delimiter))
    except csv.Error:  # a cell is longer than any of Upwork's
        rows = []
    if not rows or any("\n" in cell for row in rows for cell in row):  # a cut may have left a quote open
        rows = list(_mended(below, delimiter, Table(columns, ())))
    return Table(columns, rows)


def _mended(text: str, delimiter: str, table: Table) -> Iterator[Sequence[str]]:
    """The rows of a text line by line; a line that is no whole row goes on in those that follow, if that makes one."""
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        for end in range(at + 1, min(at + MOST_LINES, len(lines)) + 1):
            found = _some_rows("\n".join(lines[at:end]), delimiter)
            if len(found) == 1 and table.is_whole(found[0]):
                yield found[0]
                break
        else:
            end = at + 1
            yield from _some_rows(lines[at], delimiter)
        at = end


def _some_rows(text: str, delimiter: str) -> list[Sequence[str]]:
    """The rows of a short text; what is no table has none."""
    try:
        return list(_rows(text, delimiter))
    except csv.Error:
        return []


def _rows(text: str, delimiter: str) -> Iterator[Sequence[str]]:
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True):
        if any(cell.strip() for cell in row):
            yield [cleaned(cell) for cell in row]


LONGEST_HEAD: Final = 4096
MOST_LINES: Final = 6
"""So many lines may be one row."""
