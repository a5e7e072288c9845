"""The statement of the page's days: what was there, what came and went, what is left, and the money; and its months."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.documents.writing.deeds import worded
from bot.documents.writing.page.page_voice import EMPTY, Cell
from bot.documents.writing.page.tables import NUMBER, ORDER, Column, table_of
from core.ledger.flows import FlowKind, balances, flows_of, movements_in, unknown_in
from core.ledger.model import Purpose, Source
from core.shared.calendar import DAY, beginning, day_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.documents.model import DocumentOrder
    from bot.documents.writing.page.page_voice import PageVoice
    from bot.documents.writing.page.tables import PageTable
    from core.ledger.flows import Flows, Stock
    from core.ledger.model import Entry
    from core.statements.model import Statement

MOVED: Final = ("page-bought", "page-earned", "page-spent", "page-came-back", "page-expired")
"""What the columns of the months are called."""
MONEY: Final = {
    FlowKind.OPENED: "choice-opening",
    FlowKind.BOUGHT: "page-bought",
    FlowKind.EARNED: "page-earned",
    FlowKind.SPENT: "page-spent",
    FlowKind.RETURNED: "page-came-back",
    FlowKind.EXPIRED: "page-expired",
    FlowKind.ADJUSTED: "page-corrected",
    FlowKind.VALUED: "page-valued",
    FlowKind.OTHER: "page-other",
}
"""What the lines of the money are called."""
A_MONTH: Final = timedelta(days=31)
"""From the first day of a month into the next one."""


class Row(NamedTuple):
    """A line of the statement. A `part` is one of what the line above it comes to."""

    label: str
    figure: str
    part: bool = False


class MoneyRow(NamedTuple):
    """What something comes to in one currency: net, tax, and both."""

    label: str
    net: str
    tax: str
    together: str


class Summary:
    """The statement in rows. `began` says when the books began, if that was within its days."""

    def __init__(self, statement: Statement, speak: PageVoice, began: date | None, *, money: bool) -> None:
        self._statement, self._speak, self._money = statement, speak, money
        self.began = "" if began is None else speak.say("statement-sheet-began", day=began)

    @property
    def main(self) -> tuple[Row, ...]:
        """The figures that add up: opening, came, went, expired, corrected if anything was, closing."""
        flows = self._statement.flows
        corrected = (self._row("page-corrected", flows.adjusted, sign=True),) if flows.adjusted else ()
        return (
            self._row("page-opening", self._statement.opening.connects),
            self._row("page-came", sum(connects for _, connects in self._came()), sign=True),
            self._row("page-went", -sum(connects for _, connects in self._gone()), sign=True),
            self._row("page-expired", -flows.expired, sign=True),
            *corrected,
            self._row("page-closing", self._statement.closing.connects),
        )

    @property
    def rows(self) -> tuple[Row, ...]:
        """The same figures with what each of them comes from."""
        opening, came, went, *others, closing = self.main
        return (
            opening,
            *self._stock(self._statement.opening),
            came,
            *(Row(label, self._figure(connects), part=True) for label, connects in self._came()),
            went,
            *(Row(label, self._figure(-connects), part=True) for label, connects in self._gone()),
            *others,
            closing,
            *self._stock(self._statement.closing),
        )

    @property
    def prices(self) -> tuple[MoneyRow, ...]:
        """What all of that cost, in each currency: like the Connects, it adds up."""
        if not self._money:
            return ()
        found = self._statement
        moved = [(MONEY[kind], found.flows.change_by(kind)) for kind in FlowKind]
        return (
            *self._prices("page-opening", found.opening),
            *(row for name, stock in moved for row in self._prices(name, stock, sign=True)),
            *self._prices("page-closing", found.closing),
        )

    @property
    def unknown(self) -> tuple[str, ...]:
        """What the money does not count, because nobody has stated it."""
        if not self._money:
            return ()
        flows = self._statement.flows
        stated = (
            ("page-unpriced", flows.unpriced),
            ("page-unknown-spent", flows.unknown),
            ("page-unknown-left", self._statement.closing.unknown),
        )
        return tuple(self._speak.say(name, connects=connects) for name, connects in stated if connects > 0)

    def _came(self) -> list[tuple[str, int]]:
        """What came in, and where from."""
        flows, say = self._statement.flows, self._speak.say
        every = [
            (say("choice-opening"), flows.opened),
            (say("page-bought"), flows.bought),
            *((self._speak.phrase(worded(source)), flows.earned.get(source, 0)) for source in Source),
            (say("page-came-back"), flows.returned),
            (say("page-other"), max(flows.other, 0)),
        ]
        return [(label, connects) for label, connects in every if connects]

    def _gone(self) -> list[tuple[str, int]]:
        """What went out, and on what."""
        flows, speak = self._statement.flows, self._speak
        every = [
            *((speak.phrase(worded(purpose)), flows.spent.get(purpose, 0)) for purpose in Purpose),
            (speak.say("page-other"), max(-flows.other, 0)),
        ]
        return [(label, connects) for label, connects in every if connects]

    def _stock(self, stock: Stock) -> Iterator[Row]:
        """What is known of the cost of Connects that were there."""
        parts = {"page-free": stock.free, "page-bought-ones": stock.paid, "page-unknown-ones": stock.unknown}
        if self._money and stock.connects and max(parts.values()) < stock.connects:
            for name, connects in parts.items():
                if connects:
                    yield Row(self._speak.say(name), self._speak.number(connects).text, part=True)

    def _row(self, name: str, connects: int, *, sign: bool = False) -> Row:
        return Row(self._speak.say(name), self._speak.number(connects, sign=sign).text)

    def _figure(self, connects: int) -> str:
        return self._speak.number(connects, sign=True).text

    def _prices(self, name: str, stock: Stock, *, sign: bool = False) -> Iterator[MoneyRow]:
        for net, tax, currency in (price for price in stock.money if any(price[:2])):
            figures = (self._speak.minor(minor, currency, sign=sign).text for minor in (net, tax, net + tax))
            yield MoneyRow(self._speak.say(name), *figures)


def months_table(statement: Statement, order: DocumentOrder, entries: Sequence[Entry], speak: PageVoice) -> PageTable:
    """A row for each month of the statement's days in which there were books, newest first. None is still to come."""
    say, zone, money = speak.say, speak.voice.zone, order.money
    booked = {day_in(zone, entry.when) for entry in entries}
    first, last = min(booked, default=statement.last), max(booked | {day_in(zone, order.at)})
    if statement.first is not None:
        first, last = max(first, statement.first), min(last, statement.last)
    days = [*_firsts(first, last), last + DAY]
    edges = [beginning(day, zone) for day in days]
    flows = flows_of(movements_in(entries, edges, unknown_in(order.lots)), len(edges) - 1)
    ends = balances(statement.closing.connects, flows)[1:]
    others = [moved.opened + moved.adjusted + moved.other for moved in flows]
    columns = (
        Column(say("page-month"), ORDER),
        *(Column(say(name), NUMBER) for name in MOVED),
        *((Column(say("page-others"), NUMBER),) if any(others) else ()),
        Column(say("page-closing"), NUMBER),
        *((Column(say("page-cost-taxed"), NUMBER),) if money else ()),
    )
    rows = [
        (
            *_moved(speak, day, moved),
            *((_signed(speak, other),) if any(others) else ()),
            speak.number(end),
            *((speak.prices(moved.cost, moved.unknown),) if money else ()),
        )
        for day, moved, other, end in zip(days[:-1], flows, others, ends, strict=True)
    ]
    return table_of(speak, "months", columns, rows[::-1], titled=1)


def _moved(speak: PageVoice, day: date, flows: Flows) -> tuple[Cell, ...]:
    return (
        Cell(speak.voice.short_day(day, "yMMM")),
        speak.some(flows.bought),
        speak.some(sum(flows.earned.values())),
        speak.some(sum(flows.spent.values())),
        speak.some(flows.returned),
        speak.some(flows.expired),
    )


def _signed(speak: PageVoice, connects: int) -> Cell:
    return speak.number(connects, sign=True) if connects else EMPTY


def _firsts(first: date, last: date) -> Iterator[date]:
    """The first day, and the first of each month after it."""
    day = first
    while day <= last:
        yield day
        day = (day.replace(day=1) + A_MONTH).replace(day=1)
