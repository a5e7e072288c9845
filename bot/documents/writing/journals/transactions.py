"""The books as transactions, before they are written in the manner of one program.

A lot keeps its net price, and the tax on it goes beside it, on accounts of its own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date


class Units(NamedTuple):
    """Connects that cost the same: `each` minor units, without tax."""

    connects: int
    each: int


class Leg(NamedTuple):
    """Connects of a lot that came to an account (+) or left it, and with the same sign their net cost and its tax.

    `units` have the same Connects. `fresh`: the journal has not had this lot before.
    """

    account: str
    lot: int
    connects: int
    net: int
    tax: int
    currency: str
    units: tuple[Units, ...]
    fresh: bool = False

    @property
    def rest(self) -> int:
        """What of the cost is not that of the units."""
        return self.net - sum(connects * each for connects, each in self.units)


class Transaction(NamedTuple):
    """An entry of the books, or with the number 0 what was there before the period.

    `held` is what changed in the wallet, a leg for each lot, `beyond` the other side of it. `of` is the entry that
    came back with this one, `returned` says that this one came back later. `booked` is the day on which it was booked,
    if that is a later one. `reference` is Upwork's number of the payment. `spent_by`: which member of a team spent it.
    """

    number: int
    day: date
    narration: str
    held: tuple[Leg, ...]
    beyond: tuple[Leg, ...]
    job: str = ""
    member: str = ""
    by: str = ""
    of: int | None = None
    returned: bool = False
    booked: date | None = None
    reference: str = ""
    spent_by: str = ""

    @property
    def rounding(self) -> Mapping[str, int]:
        """What is missing to zero, by currency. It is nothing unless an undo has rounded (see decision 0059)."""
        missing: Counter[str] = Counter()
        for leg in (*self.held, *self.beyond):
            missing[leg.currency] -= leg.net
        return {currency: net for currency, net in missing.items() if net}


@lru_cache(maxsize=4096)
def units_of(connects: int, net: int) -> tuple[Units, ...]:
    """Connects as such that cost the same, because a program knows what one Connect costs, not what some cost together.

    The books give each share of a lot its part of the price, rounded down to the minor unit. So a share, and all that
    is left of the lot, can be made of Connects at two costs, which are one minor unit apart and the same for the lot's
    whole life. Nothing is left over: 60 Connects for 10.00 are 20 at 0.16 and 40 at 0.17, and so are their shares.
    """
    if not connects:
        return ()
    if net * connects <= 0:
        return (Units(connects, 0),)
    each, more = divmod(net, connects)
    return tuple(some for some in (Units(connects - more, each), Units(more, each + 1)) if some.connects)


class Holding(NamedTuple):
    """What is left of a lot, with its net cost and the tax on it."""

    connects: int = 0
    net: int = 0
    tax: int = 0


NONE_LEFT = Holding()


class Holdings:
    """What is left of each lot after one transaction and the next. `short`: of one it was less than nothing once.

    It is so where an issue was undone after what had been spent of it had come back: neither the issue nor its undo
    counts, and in between there is less than nothing.
    """

    def __init__(self, account: str) -> None:
        self.account = account
        self.lots: dict[int, Holding] = {}
        self.currency_of: dict[int, str] = {}
        self.short = False

    def take(self, beyond: Iterable[Leg]) -> tuple[Leg, ...]:
        """Take up the other side of what other accounts give or get; returns what changed here, lot by lot."""
        sums: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
        for leg in beyond:
            self.currency_of[leg.lot] = leg.currency
            total = sums[leg.lot]
            total[0] -= leg.connects
            total[1] -= leg.net
            total[2] -= leg.tax
        changed = (self._change(lot, *total) for lot, total in sums.items())
        return tuple(leg for leg in changed if leg.connects or leg.net or leg.tax)

    def all(self) -> tuple[Leg, ...]:
        """All that is left, lot by lot."""
        return tuple(
            Leg(self.account, lot, *left, self.currency_of[lot], units_of(left.connects, left.net), fresh=True)
            for lot, left in sorted(self.lots.items())
            if any(left)
        )

    @property
    def connects(self) -> int:
        """How many are left in all."""
        return sum(left.connects for left in self.lots.values())

    def _change(self, lot: int, connects: int, net: int, tax: int) -> Leg:
        before = self.lots.get(lot, NONE_LEFT)
        left, worth = before.connects + connects, before.net + net
        self.short |= left < 0
        if worth * left <= 0:
            worth = 0
        self.lots[lot] = Holding(left, worth, before.tax + tax)
        numbers = Counter({each: number for number, each in units_of(left, worth)})
        numbers.subtract({each: number for number, each in units_of(before.connects, before.net)})
        units = tuple(Units(number, each) for each, number in sorted(numbers.items()) if number)
        fresh = before is NONE_LEFT
        return Leg(self.account, lot, connects, worth - before.net, tax, self.currency_of[lot], units, fresh)
