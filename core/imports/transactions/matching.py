"""Which purchase in the books each fee of a list of transactions paid for.

Fees and purchases of so many Connects each are multisets of days: as many as possible are paired, at most a day apart,
the nearest first. Where another pairing would be as good and would make a difference, somebody is asked.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, timedelta
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from core.ledger.model import Kind
from core.ledger.sightings import BatchKind, of_kind, standing
from core.shared.money import CostState, state_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from core.imports.transactions.model import Fee
    from core.ledger.past.standing import Standing
    from core.ledger.ports import Record
    from core.shared.money import Price

APART: Final = timedelta(days=1)
"""Upwork's days and those of who typed may differ by so much."""
MOST_CANDIDATES: Final = 3


class Bought(NamedTuple):
    """A purchase that stands: its number, when it was, and what all of it cost by the books so far.

    `price` is None if nobody has said, or in more than one currency. `imported`: the price was assumed for a row of a
    page, and nobody typed it.
    """

    number: int
    when: datetime
    connects: int
    price: Price | None
    imported: bool = False

    @property
    def day(self) -> date:
        """Its day in UTC."""
        return self.when.astimezone(UTC).date()


class Why(StrEnum):
    """Why somebody must say which purchase a fee has paid for."""

    SEVERAL = "several"
    """It may be one of several, which differ."""
    OTHER_NUMBER = "other_number"
    """That day's purchase is of another number of Connects."""
    OTHER_CURRENCY = "other_currency"
    """Somebody stated its price in a currency of which the file says nothing."""


class Doubtful(NamedTuple):
    """A fee that nobody has settled, and the purchases that it may have paid for."""

    fee: Fee
    why: Why
    candidates: tuple[Bought, ...]


class Pair(NamedTuple):
    """A fee, the purchase that it paid for, and what that really cost."""

    fee: Fee
    bought: Bought
    price: Price


class Matched(NamedTuple):
    """What became of each fee: those with a purchase, those to be asked about, and those without one.

    `left` were left alone because somebody said so. `older` are from before the books begin.
    """

    pairs: tuple[Pair, ...]
    doubtful: tuple[Doubtful, ...]
    missing: tuple[Fee, ...]
    older: tuple[Fee, ...]
    left: tuple[Fee, ...]


def purchases(record: Record, past: Standing) -> tuple[Bought, ...]:
    """The purchases that stand, oldest first."""
    prices: defaultdict[int, list[Price | None]] = defaultdict(list)
    for lot in record.head.lots:
        if lot.size and lot.number in past.issuer:
            prices[past.root(lot.number).number].append(lot.price)
    rows = {
        seen.number for batch in of_kind(record.batches, BatchKind.HISTORY) for seen in batch.sightings if seen.booked
    }
    found = [
        Bought(number, entry.when, entry.delta, _sum(prices[number]), number in rows)
        for number, entry in past.facts.items()
        if entry.kind is Kind.PURCHASE and number not in past.lifted
    ]
    return tuple(sorted(found, key=lambda one: (one.when, one.number)))


def _sum(prices: Sequence[Price | None]) -> Price | None:
    known = [price for price in prices if price is not None and price.known]
    alike = len(known) == len(prices) > 0 and len({price.currency for price in known}) == 1
    return sum(known[1:], known[0]) if alike else None


def match(record: Record, past: Standing, fees: Sequence[Fee], settled: Mapping[str, int]) -> Matched:
    """Find the purchase of each fee; `settled` is what somebody said: its number, or 0 to leave the fee alone."""
    return _Matching(record, past, fees, settled).result()


class _Matching:
    """A matching under way: `free` are the purchases that no fee has yet, `waiting` the fees without a purchase."""

    def __init__(self, record: Record, past: Standing, fees: Sequence[Fee], settled: Mapping[str, int]) -> None:
        self.free = {one.number: one for one in purchases(record, past)}
        self.settled = settled
        self.left = [fee for fee in fees if settled.get(fee.ref) == 0]
        self.waiting = sorted((fee for fee in fees if settled.get(fee.ref) != 0), key=lambda fee: (fee.day, fee.ref))
        self.pairs: list[tuple[Fee, Bought]] = []
        self.doubtful: list[Doubtful] = []
        self.paid = {
            seen.row_id: seen.number
            for batch in standing(record.batches, BatchKind.TRANSACTIONS)
            for seen in batch.sightings
        }
        self.begun = min((entry.when.astimezone(UTC).date() for entry in past.facts.values()), default=None)

    def result(self) -> Matched:
        self._take_known()
        self._take_equal()
        for connects in sorted({one.connects for one in self.free.values()}):
            self._take_near(connects)
        self._ask_about_other_numbers()
        pairs = [pair for pair in map(self._priced, self.pairs) if pair is not None]
        first = None if self.begun is None else self.begun - APART
        return Matched(
            tuple(sorted(pairs, key=lambda pair: (pair.fee.day, pair.fee.ref))),
            tuple(sorted(self.doubtful, key=lambda one: (one.fee.day, one.fee.ref))),
            tuple(fee for fee in self.waiting if first is None or fee.day >= first),
            tuple(fee for fee in self.waiting if first is not None and fee.day < first),
            tuple(self.left),
        )

    def _take(self, pairs: Iterable[tuple[Fee, Bought]]) -> None:
        taken = tuple(pairs)
        self.pairs += taken
        for _, bought in taken:
            del self.free[bought.number]
        fees = {fee.ref for fee, _ in taken}
        self.waiting = [fee for fee in self.waiting if fee.ref not in fees]

    def _take_known(self) -> None:
        """What somebody has said, and what an earlier file has told."""
        for fee in tuple(self.waiting):
            said = self.free.get(self.settled.get(fee.ref, 0))
            known = self.free.get(self.paid.get(fee.ref, 0))
            if said is not None:
                self._take([(fee, said)])
            elif known is not None and known.connects == fee.connects:
                self._take([(fee, known)])

    def _take_equal(self) -> None:
        """What the books have as the file has it."""
        for fee in tuple(self.waiting):
            for bought in self.free.values():
                alike = bought.connects == fee.connects and bought.day == fee.day
                if alike and bought.price is not None and fee.price_in(bought.price.currency) == bought.price:
                    self._take([(fee, bought)])
                    break
        waiting = {fee.ref for fee in self.waiting}
        others = {number for ref, number in self.paid.items() if ref not in waiting}
        for number in others & self.free.keys():  # another fee has paid for it
            del self.free[number]

    def _take_near(self, connects: int) -> None:
        fees = [fee for fee in self.waiting if fee.connects == connects]
        bought = [one for one in self.free.values() if one.connects == connects]
        for some, others in _clusters(fees, bought):
            pairs = _paired(some, others)
            doubtful = {fee.ref: found for fee in some if len(found := _rivals(fee, pairs, some, others)) > 0}
            for fee in some:
                if fee.ref in doubtful:
                    self.doubtful.append(Doubtful(fee, Why.SEVERAL, doubtful[fee.ref][:MOST_CANDIDATES]))
            self.waiting = [fee for fee in self.waiting if fee.ref not in doubtful]
            self._take(pair for pair in pairs if pair[0].ref not in doubtful)

    def _ask_about_other_numbers(self) -> None:
        asked = {one.number for doubt in self.doubtful for one in doubt.candidates}
        alone: list[Fee] = []
        for fee in self.waiting:
            near = [one for one in self.free.values() if _apart(fee, one) <= APART and one.number not in asked]
            if near:
                near.sort(key=lambda one: (_apart(fee, one), abs(one.connects - fee.connects), one.number))
                self.doubtful.append(Doubtful(fee, Why.OTHER_NUMBER, tuple(near[:MOST_CANDIDATES])))
            else:
                alone.append(fee)
        self.waiting = alone

    def _priced(self, pair: tuple[Fee, Bought]) -> Pair | None:
        """The pair with its true price: in the currency of the books if the file says it."""
        fee, bought = pair
        same = None if bought.price is None else fee.price_in(bought.price.currency)
        stated = bought.price is not None and state_of(bought.price) is CostState.PAID and not bought.imported
        if same is None and stated and fee.ref not in self.settled:
            self.doubtful.append(Doubtful(fee, Why.OTHER_CURRENCY, (bought,)))
            return None
        return Pair(fee, bought, same or fee.paid)


def _apart(fee: Fee, bought: Bought) -> timedelta:
    return abs(fee.day - bought.day)


def _clusters(fees: Sequence[Fee], bought: Sequence[Bought]) -> Iterator[tuple[list[Fee], list[Bought]]]:
    """Fees and purchases that may belong together: those whose days are at most one apart, from one to the next."""
    every: list[tuple[date, Fee | None, Bought | None]] = [
        *((fee.day, fee, None) for fee in fees),
        *((one.day, None, one) for one in bought),
    ]
    every.sort(key=lambda item: item[0])
    cluster, last = 0, None
    numbered: list[tuple[int, Fee | None, Bought | None]] = []
    for day, fee, one in every:
        cluster += last is not None and day - last > APART
        last = day
        numbered.append((cluster, fee, one))
    for _, group in groupby(numbered, key=lambda item: item[0]):
        some = list(group)
        yield [fee for _, fee, _ in some if fee is not None], [one for _, _, one in some if one is not None]


def _paired(fees: Sequence[Fee], bought: Sequence[Bought]) -> list[tuple[Fee, Bought]]:
    """As many pairs as possible, with as few days between them as possible.

    Both are in the order of their days, and so are the pairs: crossing two of them would bring none of them nearer.
    """
    best: list[list[tuple[int, int]]] = [[(0, 0)] * (len(bought) + 1) for _ in range(len(fees) + 1)]
    for at in reversed(range(len(fees))):
        for other in reversed(range(len(bought))):
            best[at][other] = min(
                best[at + 1][other], best[at][other + 1], _with(fees[at], bought[other], best[at + 1][other + 1])
            )
    pairs: list[tuple[Fee, Bought]] = []
    at = other = 0
    while at < len(fees) and other < len(bought):
        if best[at][other] == _with(fees[at], bought[other], best[at + 1][other + 1]):
            pairs.append((fees[at], bought[other]))
            at, other = at + 1, other + 1
        elif best[at][other] == best[at + 1][other]:
            at += 1
        else:
            other += 1
    return pairs


def _with(fee: Fee, bought: Bought, rest: tuple[int, int]) -> tuple[int, int]:
    """How good it is to pair these two: fewer is better, of (pairs below 0, days between them)."""
    days = _apart(fee, bought)
    return (rest[0] - 1, rest[1] + days.days) if days <= APART else NEVER


NEVER: Final = (1, 0)
"""Worse than no pair at all."""


def _rivals(
    fee: Fee, pairs: Sequence[tuple[Fee, Bought]], fees: Sequence[Fee], bought: Sequence[Bought]
) -> tuple[Bought, ...]:
    """The purchases that a fee may equally well have paid for, if it makes a difference which of them it was."""
    own = next((one for other, one in pairs if other == fee), None)
    paired, given = {one.number for _, one in pairs}, {other.ref for other, _ in pairs}
    if own is not None:
        days = _apart(fee, own)
        rivals = [one for one in bought if one.number not in paired and _apart(fee, one) == days]
        if any((one.day, one.price) != (own.day, own.price) for one in rivals):
            return (own, *rivals)
        others = [other for other in fees if other.ref not in given and _apart(other, own) == days]
        return (own,) if any(_money(other) != _money(fee) for other in others) else ()
    near = [
        (other, one) for other, one in pairs if _apart(fee, one) <= APART and _apart(fee, one) == _apart(other, one)
    ]
    return tuple(one for other, one in near if _money(other) != _money(fee))


def _money(fee: Fee) -> tuple[Price, Price | None]:
    return fee.paid, fee.local
