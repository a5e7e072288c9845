"""What moved in spans of time, by when it happened.

An entry that was undone counts as if it had not happened, and a recast is a part of the entry that it corrects. This
stands in two places: in `CountedLegs`, and in the statement of `storage.sql.tables.flows`, which is tested against it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from enum import StrEnum
from itertools import accumulate
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from core.ledger.budget import SPENT_ON
from core.ledger.earning import EARNED
from core.ledger.model import (
    ADJUSTED,
    EXPIRED,
    RENEWED,
    REPRICES,
    Account,
    Kind,
    Purpose,
    Source,
    income_from,
    issues,
    source_of,
)
from core.shared.money import UNKNOWN, CostState, Price

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from core.ledger.model import Entry, Lot, Posting

T = TypeVar("T")


class Stock(NamedTuple):
    """Connects that are there at a moment, or by how many they changed: free, paid for, and of unknown cost.

    `money` is what the paid ones cost, one price for each currency, in the order of their codes.
    """

    free: int = 0
    paid: int = 0
    unknown: int = 0
    money: tuple[Price, ...] = ()

    @property
    def connects(self) -> int:
        """All of them."""
        return self.free + self.paid + self.unknown

    def __neg__(self) -> Stock:
        return Stock(-self.free, -self.paid, -self.unknown, tuple(-price for price in self.money))

    def __add__(self, other: Stock) -> Stock:  # type: ignore[override] # stocks add up, tuples would be joined
        connects = self.free + other.free, self.paid + other.paid, self.unknown + other.unknown
        return Stock(*connects, summed((*self.money, *other.money)))

    def __sub__(self, other: Stock) -> Stock:
        return self + -other


class FlowKind(StrEnum):
    """The ways in which the stock of Connects changes."""

    OPENED = "opened"
    """What the wallet began with."""
    BOUGHT = "bought"
    EARNED = "earned"
    SPENT = "spent"
    RETURNED = "returned"
    """What came back of what was spent."""
    EXPIRED = "expired"
    ADJUSTED = "adjusted"
    VALUED = "valued"
    """A cost that was stated later: Connects of unknown cost became others of a known one."""
    OTHER = "other"
    """What came in by no known way."""


class Flows(NamedTuple):
    """What moved in a span, in Connects, by when it happened.

    `spent` is whatever was spent, `returned` what came back in this span, whenever it had been spent. `earned` is what
    was earned, without purchases, first balances and corrections. `opened` is what the wallet began with, `adjusted` by
    how much corrections raised the balance, `other` what came in by no known way. `delta` is by how much the balance
    changed, which is the sum of all these.

    `paid` is the price of what was bought, `cost` that of what was spent and did not come back: one price for each
    currency, in the order of their codes. The cost is negative if what came back in this span had cost more. `unknown`
    are Connects that were spent and did not come back, whose cost nobody has stated, so that it is not part of `cost`.
    `unpriced` are Connects that were bought at a price that nobody has stated.

    `changes` are by how much each kind of flow changed the stock, at cost: below zero where Connects left it. The stock
    at the end of a span is that at its beginning and all of these together, in Connects and in each currency to the
    cent.
    """

    spent: Mapping[Purpose, int]
    returned: int
    bought: int
    earned: Mapping[Source, int]
    opened: int
    adjusted: int
    other: int
    expired: int
    delta: int
    paid: tuple[Price, ...] = ()
    cost: tuple[Price, ...] = ()
    unknown: int = 0
    unpriced: int = 0
    changes: Mapping[FlowKind, Stock] = MappingProxyType({})

    @property
    def change(self) -> Stock:
        """By how much the stock changed."""
        return sum(self.changes.values(), Stock())

    def change_by(self, kind: FlowKind) -> Stock:
        """By how much one kind of flow changed it."""
        return self.changes.get(kind, Stock())


NOTHING: Final = Flows({}, 0, 0, {}, 0, 0, 0, 0, 0)
FLOWS: Final[Mapping[Account, FlowKind]] = {
    income_from(Source.OPENING): FlowKind.OPENED,
    income_from(Source.PURCHASE): FlowKind.BOUGHT,
    income_from(Source.ADJUSTMENT): FlowKind.ADJUSTED,
    ADJUSTED: FlowKind.ADJUSTED,
    EXPIRED: FlowKind.EXPIRED,
}
"""In which way Connects change the stock that move from or to an account, unless they are spent or earned."""
CORRECTING: Final = (Kind.UNDO, Kind.RECAST, *REPRICES)
"""A tuple, because of these few it finds one sooner than a set, for which it must be hashed in Python."""


class Movement(NamedTuple):
    """What entries of one kind moved to one account (+) or from it, at a cost in one currency, in a span.

    `unknown` are those of the Connects whose cost nobody has stated, `paid` those of lots that cost something.
    """

    span: int
    kind: Kind
    account: Account
    currency: str | None
    connects: int
    net: int
    tax: int
    unknown: int
    paid: int = 0


def undone_in(entries: Iterable[Entry]) -> AbstractSet[int | None]:
    """The numbers of the entries that were undone, with their recasts."""
    entries = tuple(entries)
    undone = {entry.of for entry in entries if entry.kind is Kind.UNDO}
    return undone | {entry.number for entry in entries if entry.of in undone and entry.kind is Kind.RECAST}


class CountedLeg(NamedTuple):
    """A leg that counts, by the fact whose part it is: its own entry, or that which it corrects."""

    fact: Entry
    home: Posting
    beyond: Posting


class CountedLegs:
    """Which legs of a wallet's entries count, and as a part of which entry.

    What was undone does not count, and neither do undos. Recasts and amendments are a part of what they correct. If it
    is not among the entries, they stand for themselves. What expired stays expired.

    A valuation stands for itself as long as everything was booked when it happened: what it values may have been out of
    its lot before. Otherwise the valued Connects are drawn from as if they had had their price from the beginning, so
    that a valuation is a part of what issued them. `core.ledger.ports.Ledger.lots_at` goes by the same.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = {entry.number: entry for entry in entries}
        self.undone = {entry.of for entry in self.entries.values() if entry.kind is Kind.UNDO}
        self._dated = any(entry.happened is not None for entry in self.entries.values())
        self._issuers: dict[int, Entry] | None = None

    def of(self, entry: Entry) -> Iterator[CountedLeg]:
        """The legs of an entry that count."""
        if self.plain(entry):
            for home, beyond in entry.moves:
                yield CountedLeg(entry, home, beyond)
            return
        fact = self._about(entry)
        if entry.kind is Kind.UNDO or fact.number in self.undone:
            yield from self._of_undone(entry, fact)
            return
        for home, beyond in entry.moves:
            yield CountedLeg(self._root(fact, home.lot), home, beyond)

    def plain(self, entry: Entry) -> bool:
        """Whether an entry stands for itself, so that all of its legs count."""
        return entry.kind not in CORRECTING and entry.number not in self.undone

    def _about(self, entry: Entry) -> Entry:
        """The entry that an undo or a recast is about."""
        corrects = entry.kind in {Kind.UNDO, Kind.RECAST} and entry.of is not None
        return self.entries.get(entry.of or 0, entry) if corrects else entry

    def _of_undone(self, entry: Entry, undone: Entry) -> Iterator[CountedLeg]:
        """Of what was undone, what expired by its undo stays so, and a spend keeps the money that is left in it.

        That is so because the undo of a return may take out another share of the money than the return put back.
        """
        spend = self.entries.get(undone.of or 0) if undone.kind is Kind.RETURN else None
        for home, beyond in entry.moves:
            if entry.kind is Kind.UNDO and beyond.account == EXPIRED and beyond.connects > 0:
                yield CountedLeg(entry, home, beyond)
            elif beyond.account in SPENT_ON and spend is not None and spend.number not in self.undone:
                yield CountedLeg(spend, home, beyond)

    def _root(self, fact: Entry, lot: int) -> Entry:
        """The entry by which the Connects of a lot came in, if the fact says what they did cost."""
        root = fact
        if fact.kind is Kind.AMENDMENT:
            root = self.entries.get(fact.of or 0, fact)
        elif fact.kind is Kind.VALUATION and self._dated:
            root = self._issued_by.get(lot, fact)
        return fact if root.number in self.undone else root

    @property
    def _issued_by(self) -> Mapping[int, Entry]:
        """The entries by which the Connects of lots came in, whatever they were valued at later."""
        if self._issuers is None:
            self._issuers = {}
            for _, entry in sorted(self.entries.items()):
                self._note_issues(entry, self._issuers)
        return self._issuers

    def _note_issues(self, entry: Entry, issuers: dict[int, Entry]) -> None:
        about, previous = self._about(entry), 0
        for home, beyond in entry.moves:
            if home.connects > 0 and home.lot not in issuers and issues(beyond.account):
                issuers[home.lot] = issuers.get(previous, about) if about.kind in REPRICES else about
            previous = home.lot


def movements_in(
    entries: Sequence[Entry],
    edges: Sequence[datetime],
    unknown_lots: AbstractSet[int] = frozenset(),
    paid_lots: AbstractSet[int] = frozenset(),
) -> Iterator[Movement]:
    """What moved in each span between two edges, the first of which is included in it.

    `unknown_lots` are lots of unknown cost that were drawn from when an unknown cost was still booked as none.
    `paid_lots` are those that cost something, which only `Flows.changes` go by. Those that were taken back have lost
    their price, but what moved of them before may have one.
    """
    legs, spans = CountedLegs(entries), range(len(edges) - 1)
    for entry in entries:
        for fact, _, leg in legs.of(entry):
            if (span := bisect_right(edges, fact.when) - 1) not in spans:
                continue
            price = UNKNOWN if leg.lot in unknown_lots else leg.price
            money = (None, 0, 0) if price is None else (price.currency, price.net, price.tax)
            unknown = leg.connects if price == UNKNOWN else 0
            paid = leg.connects if leg.lot in paid_lots or money[1] + money[2] else 0
            yield Movement(span, fact.kind, leg.account, money[0], leg.connects, *money[1:], unknown, paid)


def unknown_in(lots: Iterable[Lot]) -> frozenset[int]:
    """The lots of which nobody has said what they cost."""
    return frozenset(lot.number for lot in lots if lot.cost_state is CostState.UNKNOWN)


def paid_in(lots: Iterable[Lot]) -> frozenset[int]:
    """The lots that cost something."""
    return frozenset(lot.number for lot in lots if lot.cost_state is CostState.PAID)


def flows_of(moved: Iterable[Movement], spans: int) -> tuple[Flows, ...]:
    """The flows of so many spans, in their order."""
    of_span: list[list[Movement]] = [[] for _ in range(spans)]
    for one in moved:
        of_span[one.span].append(one)
    return tuple(_flows(rows) if rows else NOTHING for rows in of_span)


def balances(last: int, flows: Sequence[Flows]) -> tuple[int, ...]:
    """The balance at each edge, from that at the last one."""
    back = accumulate((-one.delta for one in reversed(flows)), initial=last)
    return tuple(back)[::-1]


def _flows(rows: Sequence[Movement]) -> Flows:
    spent: Counter[Purpose] = Counter()
    gained: Counter[Source] = Counter()
    gone: Counter[Account] = Counter()
    returned = 0
    for row in rows:
        if (purpose := SPENT_ON.get(row.account)) is not None:
            spent[purpose] += row.connects if row.kind is Kind.SPEND else 0
            returned -= row.connects if row.kind is Kind.RETURN else 0
        elif (source := source_of(row.account)) is not None:
            gained[source] -= row.connects
        else:
            gone[row.account] += row.connects
    of_kind: defaultdict[FlowKind, list[Movement]] = defaultdict(list)
    for row in rows:
        of_kind[_kind(row)].append(row)
    changes = {kind: _stock(some) for kind, some in of_kind.items()}
    drawn = changes.get(FlowKind.SPENT, Stock()) + changes.get(FlowKind.RETURNED, Stock())
    bought = changes.get(FlowKind.BOUGHT, Stock())
    return Flows(
        spent=_some(spent),
        returned=returned,
        bought=gained[Source.PURCHASE],
        earned={source: connects for source, connects in _some(gained).items() if source in EARNED},
        opened=gained[Source.OPENING],
        adjusted=gained[Source.ADJUSTMENT] - gone[ADJUSTED],
        other=gained[Source.UNCLASSIFIED] + gained[Source.RETURN] - gone[RENEWED],
        expired=gone[EXPIRED],
        delta=-sum(row.connects for row in rows),
        paid=bought.money,
        cost=(-drawn).money,
        unknown=-drawn.unknown,
        unpriced=bought.unknown,
        changes={kind: changes[kind] for kind in FlowKind if changes.get(kind, Stock()) != Stock()},
    )


def _kind(row: Movement) -> FlowKind:
    """In which way a movement changes the stock."""
    if row.account in SPENT_ON:
        return FlowKind.RETURNED if row.kind is Kind.RETURN else FlowKind.SPENT
    if row.kind is Kind.VALUATION:
        return FlowKind.VALUED
    source = source_of(row.account)
    return FlowKind.EARNED if source in EARNED else FLOWS.get(row.account, FlowKind.OTHER)


def _stock(rows: Iterable[Movement]) -> Stock:
    """By how much movements changed the stock. What came into it left the account beyond."""
    rows = tuple(rows)
    paid, unknown = -sum(row.paid for row in rows), -sum(row.unknown for row in rows)
    prices = (Price(-row.net, -row.tax, row.currency) for row in rows if row.currency is not None)
    return Stock(-sum(row.connects for row in rows) - paid - unknown, paid, unknown, summed(prices))


def _some(counted: Counter[T]) -> dict[T, int]:
    return {what: number for what, number in counted.items() if number}


def summed(prices: Iterable[Price]) -> tuple[Price, ...]:
    """The sum of prices in each currency in which there is any. What was corrected to another counts there only."""
    totals: dict[str, Price] = {}
    for price in prices:
        if price.known:
            totals[price.currency] = totals.get(price.currency, price.none) + price
    return tuple(price for _, price in sorted(totals.items()) if price.net or price.tax)
