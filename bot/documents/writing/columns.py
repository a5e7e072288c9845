"""Tables as typed columns and rows, which a CSV file and a spreadsheet write each in its own way."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date, datetime, time

T = TypeVar("T")
Value: TypeAlias = "int | str | date | time | datetime | None"
"""A cell: money in minor units, moments as the clock in the wallet's zone showed them, None where there is nothing."""
Row: TypeAlias = "tuple[Value, ...]"
OFTEN = 1000
"""How many rows are written between two reports of progress."""


class Content(Enum):
    """What the cells of a column are."""

    NUMBER = auto()
    """The number of an entry or a lot, which is not to be added up."""
    CONNECTS = auto()
    MONEY = auto()
    DAY = auto()
    CLOCK = auto()
    MOMENT = auto()
    TEXT = auto()
    """What somebody or a page called something."""
    ID = auto()
    WORD = auto()
    """One of a few words of ours."""


class Column(NamedTuple):
    """A column of a table. `total`: its sum means something. `currency` is that of money.

    `words` is how the names of the sentences begin that say its words.
    """

    name: str
    content: Content
    total: bool = False
    currency: str = ""
    words: str = ""


class Table(NamedTuple):
    """A table: its columns, its rows, and how many of these there are."""

    columns: tuple[Column, ...]
    rows: Iterable[Row]
    size: int


def money_columns(currencies: Iterable[str], net: str = "net", tax: str = "tax") -> tuple[Column, ...]:
    """Two columns for each currency, the net amount and the tax."""
    return tuple(
        Column(name, Content.MONEY, total=True, currency=currency) for currency in currencies for name in (net, tax)
    )


def with_progress(rows: Iterable[T], done: Callable[[int], None]) -> Iterator[T]:
    """The rows; now and then, `done` is called with how many there have been."""
    for number, row in enumerate(rows):
        if not number % OFTEN:
            done(number)
        yield row
