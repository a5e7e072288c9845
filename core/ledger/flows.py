"""What moved in spans of time, by when it happened.

An entry that was undone counts as if it had not happened, and a recast is a part of the entry that it corrects. This
stands in two places: in `movements_in`, and in the statement of `storage.sql.tables.flows`, which is tested against it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from itertools import accumulate
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
from core.shared.money import UNKNOWN, Price

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from core.ledger.model import Entry, Posting

T = TypeVar("T")
BOUGHT: Final = income_from(Source.PURCHASE)
BUYS: Final = frozenset({Kind.PURCHASE, Kind.AMENDMENT, Kind.RECAST})
SPENDS: Final = frozenset({Kind.SPEND, Kind.RETURN, Kind.RECAST})
CORRECTING: Final = frozenset({Kind.UNDO, Kind.RECAST, *REPRICES})


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


NOTHING: Final = Flows({}, 0, 0, {}, 0, 0, 0, 0, 0)


class Movement(NamedTuple):
    """What entries of one kind moved to one account (+) or from it, at a cost in one currency, in a span.

    `unknown` are those of the Connects whose cost nobody has stated.
    """

    span: int
    kind: Kind
    account: Account
    currency: str | None
    connects: int
    net: int
    tax: int
    unknown: int


def undone_in(entries: Iterable[Entry]) -> AbstractSet[int | None]:
    """The numbers of the entries that were undone, with their recasts."""
    entries = tuple(entries)
    undone = {entry.of for entry in entries if entry.kind is Kind.UNDO}
    return undone | {entry.number for entry in entries if entry.of in undone and entry.kind is Kind.RECAST}


class Counted(NamedTuple):
    """A leg that counts, by the fact whose part it is: its own entry, or that which it corrects."""

    fact: Entry
    home: Posting
    beyond: Posting


class Facts:
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

    def counted(self, entry: Entry) -> Iterator[Counted]:
        """The legs of an entry that count."""
        if entry.kind not in CORRECTING and entry.number not in self.undone:
            for home, beyond in entry.moves:
                yield Counted(entry, home, beyond)
            return
        fact = self._about(entry)
        if entry.kind is Kind.UNDO or fact.number in self.undone:
            yield from self._of_undone(entry, fact)
            return
        for home, beyond in entry.moves:
            yield Counted(self._root(fact, home.lot), home, beyond)

    def _about(self, entry: Entry) -> Entry:
        """The entry that an undo or a recast is about."""
        corrects = entry.kind in {Kind.UNDO, Kind.RECAST} and entry.of is not None
        return self.entries.get(entry.of or 0, entry) if corrects else entry

    def _of_undone(self, entry: Entry, undone: Entry) -> Iterator[Counted]:
        """Of what was undone, what expired by its undo stays so, and a spend keeps the money that is left in it.

        That is so because the undo of a return may take out another share of the money than the return put back.
        """
        spend = self.entries.get(undone.of or 0) if undone.kind is Kind.RETURN else None
        for home, beyond in entry.moves:
            if entry.kind is Kind.UNDO and beyond.account == EXPIRED and beyond.connects > 0:
                yield Counted(entry, home, beyond)
            elif beyond.account in SPENT_ON and spend is not None and spend.number not in self.undone:
                yield Counted(spend, home, beyond)

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
    entries: Sequence[Entry], edges: Sequence[datetime], unknown_lots: AbstractSet[int] = frozenset()
) -> Iterator[Movement]:
    """What moved in each span between two edges, the first of which is included in it.

    `unknown_lots` are lots of unknown cost that were drawn from when an unknown cost was still booked as none.
    """
    facts, spans = Facts(entries), range(len(edges) - 1)
    for entry in entries:
        for fact, _, leg in facts.counted(entry):
            if (span := bisect_right(edges, fact.when) - 1) not in spans:
                continue
            price = UNKNOWN if leg.lot in unknown_lots else leg.price
            money = (None, 0, 0) if price is None else (price.currency, price.net, price.tax)
            unknown = leg.connects if price == UNKNOWN else 0
            yield Movement(span, fact.kind, leg.account, money[0], leg.connects, *money[1:], unknown)


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
    drawn = [row for row in rows if row.account in SPENT_ON and row.kind in SPENDS]
    bought = [row for row in rows if row.account == BOUGHT and row.kind in BUYS]
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
        paid=tuple(-price for price in _prices(bought)),
        cost=_prices(drawn),
        unknown=sum(row.unknown for row in drawn),
        unpriced=-sum(row.unknown for row in bought),
    )


def _some(counted: Counter[T]) -> dict[T, int]:
    return {what: number for what, number in counted.items() if number}


def _prices(rows: Iterable[Movement]) -> tuple[Price, ...]:
    """The sum of the prices in each currency in which there is any. What was corrected to another counts there only."""
    totals: dict[str, Price] = {}
    for row in rows:
        if row.currency is not None and row.currency != UNKNOWN.currency:
            price = Price(row.net, row.tax, row.currency)
            totals[price.currency] = totals.get(price.currency, price.none) + price
    return tuple(price for _, price in sorted(totals.items()) if price.total)
