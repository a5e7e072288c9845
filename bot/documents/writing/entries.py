"""The table of entries: a row for each line of the books, so that its columns add up to what is there."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.documents.writing.columns import Column, Content, Table, money_columns
from bot.documents.writing.costs import cost_state, currencies_of, money_of, states_of
from bot.documents.writing.deeds import what_of
from bot.documents.writing.details import NO_DETAILS, details_of
from bot.documents.writing.period import period_of
from core.ledger.flows import unknown_in
from core.ledger.model import Kind
from core.shared.calendar import tzinfo_of
from core.shared.money import CostState
from core.statements.lines import book_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date, time, tzinfo

    from bot.documents.model import BookData, DocumentOrder
    from bot.documents.writing.columns import Row
    from bot.documents.writing.details import Details
    from bot.documents.writing.team import TeamBooks
    from core.shared.ids import PersonId
    from core.shared.money import Price
    from core.statements.model import BookLine, Move

FORWARD: Final = "brought-forward"
"""The kind of the first row of a period: what was there before."""
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


def entry_table(
    order: DocumentOrder, books: BookData, lines: Sequence[BookLine], team: TeamBooks | None = None
) -> Table:
    """The lines of the period in the order in which they happened, below what was brought forward.

    Those of a `team` say who spent what, in two columns of their own.
    """
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
        Column("reference", Content.ID),
        Column("member", Content.TEXT),
        Column("by", Content.TEXT),
        Column("of", Content.NUMBER),
        *(() if team is None else (Column("spent_by", Content.TEXT), Column("spent", Content.CONNECTS, total=True))),
    )
    period = period_of(order.days, order.zone)
    within = [line for line in lines if period.has(line.when)]
    before = None if period.start is None else [line for line in lines if period.starts_after(line.when)]
    details = details_of(books.sightings, books.payments if order.money else ())
    rows = _Rows(tzinfo_of(order.zone), currencies, states_of(order.lots), details, order.name_of, team)
    return Table(columns, rows.of(order.days, before, within), len(within) + (before is not None))


def lines_of(order: DocumentOrder, books: BookData) -> tuple[BookLine, ...]:
    """The lines of all of the books."""
    return book_lines(books.entries, unknown_in(order.lots))


class _Rows(NamedTuple):
    """Makes rows. `states` say what is known of the cost of each lot."""

    zone: tzinfo
    currencies: tuple[str, ...]
    states: Mapping[int, CostState]
    details: Mapping[int, Details]
    name_of: Callable[[PersonId | None], str]
    team: TeamBooks | None

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
                *brought.costs, "", "", "", "", "", None, *(("", None) if self.team else ()),
            )  # fmt: skip
        for line in within:
            amounts = self.amounts(line.moves)
            balance += amounts.connects
            details = self.details.get(line.number, NO_DETAILS)
            at = line.at.astimezone(self.zone)
            booked = datetime.combine(at.date(), _to_the_second(at.time()))
            day, time = self._when(line, details) if line.dated else (booked.date(), booked.time())
            what = "" if line.kind in TELLING else what_of(line)
            yield (
                line.number, day, time, booked, line.kind.value, what, amounts.connects, balance,
                *amounts.costs, line.memo or details.title, line.job or details.job, details.reference, details.member,
                self.name_of(line.by), line.of, *self._spent(line),
            )  # fmt: skip

    def _spent(self, line: BookLine) -> Row:
        return () if self.team is None else (self.team.spender(line), self.team.spent(line))

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

    def _when(self, line: BookLine, details: Details) -> tuple[date, time | None]:
        """The day on which something happened that was booked later, and the time, if a page has said it."""
        day = line.when.astimezone(self.zone).date()
        seen = None if details.at is None else details.at.astimezone(self.zone)
        return day, _to_the_second(seen.time()) if seen is not None and seen.date() == day else None


def _to_the_second(clock: time) -> time:
    return clock.replace(microsecond=0) if clock.microsecond else clock
