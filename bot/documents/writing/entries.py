"""The table of entries: a row for each line of the books, so that its columns add up to what is there."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.documents.writing.columns import Column, Content, Table, money_columns
from bot.documents.writing.learnt import NOTHING, learnt_of
from bot.documents.writing.period import period_of
from core.ledger.flows import unknown_in
from core.ledger.model import Kind, Source
from core.shared.calendar import tzinfo_of
from core.shared.money import UNKNOWN, CostState, state_of
from core.statements.lines import book_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date, time, tzinfo

    from bot.documents.model import Books, DocumentOrder
    from bot.documents.writing.columns import Row
    from bot.documents.writing.learnt import Learnt
    from core.ledger.model import Account, Lot
    from core.shared.ids import PersonId
    from core.shared.money import Price
    from core.statements.model import BookLine, Move

FORWARD: Final = "brought-forward"
"""The kind of the first row of a period: what was there before."""
NO_MONEY: Final = (None, None)
TELLING: Final = (Kind.EXPIRY, Kind.ADJUSTMENT)
"""Kinds that say all of where the Connects went."""


class Amounts(NamedTuple):
    """Connects by what is known of their cost, and the money that they cost.

    `money` has net and tax of each currency in turn, which are None if nothing was paid in it.
    """

    free: int
    paid: int
    unknown: int
    money: tuple[int | None, ...]

    @property
    def connects(self) -> int:
        """All of them."""
        return self.free + self.paid + self.unknown

    @property
    def costs(self) -> tuple[int | None, ...]:
        """All that it has, as the cells of a row."""
        return self.free, self.paid, self.unknown, *self.money


def entry_table(order: DocumentOrder, books: Books, lines: Sequence[BookLine]) -> Table:
    """The lines of the period in the order in which they happened, below what was brought forward."""
    currencies = currencies_of(lines) if order.money else ()
    columns = (
        Column("number", Content.NUMBER),
        Column("date", Content.DAY),
        Column("time", Content.CLOCK),
        Column("booked", Content.MOMENT),
        Column("kind", Content.WORD, words="sheet-kind"),
        Column("what", Content.WORD, words="choice"),
        Column("connects", Content.CONNECTS, total=True),
        Column("balance", Content.CONNECTS),
        Column("free", Content.CONNECTS, total=True),
        Column("paid", Content.CONNECTS, total=True),
        Column("unknown", Content.CONNECTS, total=True),
        *money_columns(currencies),
        Column("title", Content.TEXT),
        Column("job", Content.ID),
        Column("member", Content.TEXT),
        Column("by", Content.TEXT),
        Column("of", Content.NUMBER),
    )
    period = period_of(order.days, order.zone)
    within = [line for line in lines if period.has(line.when)]
    before = None if period.start is None else [line for line in lines if line.when < period.start]
    rows = _Rows(tzinfo_of(order.zone), currencies, states_of(order.lots), learnt_of(books.seen), order.names)
    return Table(columns, rows.of(order.days, before, within), len(within) + (before is not None))


def lines_of(order: DocumentOrder, books: Books) -> tuple[BookLine, ...]:
    """The lines of all of the books."""
    return book_lines(books.entries, unknown_in(order.lots))


def states_of(lots: Iterable[Lot]) -> Mapping[int, CostState]:
    """What is known of the cost of each lot, by its number. Those that were taken back have lost their price, too."""
    return {lot.number: lot.cost_state for lot in lots if lot.size}


def cost_state(move: Move, states: Mapping[int, CostState]) -> CostState:
    """What is known of the cost of Connects: that of their lot, because a small share of a price may be none."""
    return states.get(move.lot) or state_of(move.price)


def currencies_of(lines: Iterable[BookLine]) -> tuple[str, ...]:
    """The currencies in which anything was paid, in the order of their codes."""
    found = {move.price.currency for line in lines for move in line.moves if move.price is not None}
    return tuple(sorted(found - {UNKNOWN.currency}))


def money_of(money: Mapping[str, Price], currencies: Iterable[str]) -> tuple[int | None, ...]:
    """Net and tax of each currency in turn (None: there is none in it)."""
    figures: list[int | None] = []
    for currency in currencies:
        price = money.get(currency)
        figures += NO_MONEY if price is None else price[:2]
    return tuple(figures)


def what_of(line: BookLine) -> str:
    """What Connects were spent on or came from (empty: the kind of the line says it)."""
    return "" if line.kind in TELLING else _name_of(line.beyond)


@lru_cache
def _name_of(account: Account) -> str:
    owner, _, name = account.partition(":")
    return Source.PROMOTION.value if owner == "promotion" else name


class _Rows(NamedTuple):
    """Makes rows. `states` say what is known of the cost of each lot."""

    zone: tzinfo
    currencies: tuple[str, ...]
    states: Mapping[int, CostState]
    learnt: Mapping[int, Learnt]
    names: Mapping[PersonId, str]

    def of(
        self, days: tuple[date, date] | None, before: Iterable[BookLine] | None, within: Iterable[BookLine]
    ) -> Iterator[Row]:
        """What was there before (None: the books begin in the period), and a row for each line."""
        balance = 0
        if days is not None and before is not None:
            brought = self.amounts(move for line in before for move in line.moves)
            balance = brought.connects
            yield (
                None, days[0], None, None, FORWARD, "", balance, balance,
                *brought.costs, "", "", "", "", None,
            )  # fmt: skip
        for line in within:
            amounts = self.amounts(line.moves)
            balance += amounts.connects
            learnt = self.learnt.get(line.number, NOTHING)
            at = line.at.astimezone(self.zone)
            day, time = at.date(), at.time()
            if time.microsecond:
                time = time.replace(microsecond=0)
            booked = datetime.combine(day, time)
            if line.dated:
                day, time = self._when(line, learnt)
            yield (
                line.number, day, time, booked, line.kind.value, what_of(line), amounts.connects, balance,
                *amounts.costs, line.memo or learnt.title, line.job or learnt.job, learnt.member,
                "" if line.by is None else self.names.get(line.by, ""), line.of,
            )  # fmt: skip

    def amounts(self, moves: Iterable[Move]) -> Amounts:
        """What moves come to, with the sign of the Connects."""
        free = paid = unknown = 0
        money: dict[str, Price] = {}
        for move in moves:
            price, state = move.price, cost_state(move, self.states)
            if state is CostState.PAID:
                paid += move.connects
            elif state is CostState.FREE:
                free += move.connects
            else:
                unknown += move.connects
            if price is not None:
                sums = money.get(price.currency)
                money[price.currency] = price if sums is None else sums + price
        return Amounts(free, paid, unknown, money_of(money, self.currencies))

    def _when(self, line: BookLine, learnt: Learnt) -> tuple[date, time | None]:
        """The day on which something happened that was booked later, and the time, if a page has said it."""
        day = line.when.astimezone(self.zone).date()
        seen = None if learnt.at is None else learnt.at.astimezone(self.zone)
        return day, seen.time().replace(microsecond=0) if seen is not None and seen.date() == day else None
