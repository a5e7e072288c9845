"""When the Connects run out at the present pace, with what expires and what is due before then.

Connects are drawn in the order of use. What the plan gives comes at the beginning of its due day in the wallet's zone.
"""

from __future__ import annotations

from bisect import insort
from collections import deque
from datetime import timedelta
from heapq import heappop, heappush
from itertools import takewhile
from typing import TYPE_CHECKING, Final, NamedTuple

from core.forecast.unspent import ONE
from core.ledger.entry_builder import add_months, order_of_use
from core.ledger.model import Lot, Source
from core.shared.calendar import beginning

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from core.forecast.burn_rate import BurnRate
    from core.forecast.monthly_lots import Due
    from core.ledger.rulebook import Rulebook

FARTHEST: Final = timedelta(days=182)
"""How far ahead is looked: half a year. Beyond that, a forecast says too little."""
MICROSECOND: Final = timedelta.resolution
UNBOOKED: Final = 1 << 60
"""The number of the first lot that is still to come. It is drawn last among those of one moment."""


class Scenario(NamedTuple):
    """What happens at one pace until the Connects run out, or within half a year.

    `out` is the first moment at which none are left (None: some are left all the time). `expired` are the Connects that
    expire before then without being spent, `came` those that the plan gives before then, in so many `lots`.
    """

    out: datetime | None
    expired: int = 0
    came: int = 0
    lots: int = 0


class Depletion(NamedTuple):
    """The course of things at the usual pace, at that of the fastest week, and at that of the slowest one."""

    usual: Scenario
    fast: Scenario
    slow: Scenario


class Means(NamedTuple):
    """What there is to spend from a moment on: lots, and those that the plan will give, the earliest first."""

    lots: Sequence[Lot]
    coming: Sequence[Due]
    zone: str
    rulebook: Rulebook
    now: datetime


def running_out(means: Means, rate: BurnRate) -> Depletion:
    """When these Connects run out."""
    return Depletion(*(simulate(means, pace) for pace in (rate.usual, rate.fast, rate.slow)))


def simulate(means: Means, pace: int) -> Scenario:
    """What happens if so many thousandths of a Connect are spent in a day."""
    stock, end = _Stock(means), means.now + FARTHEST
    coming = deque(takewhile(lambda lot: lot.issued < end, lots_to_come(means)))
    expired = came = lots = 0
    at = means.now
    while stock.held or (coming and coming[0].issued <= at):
        moment = min(stock.next_expiry or end, coming[0].issued if coming else end, end)
        if (out := stock.draw(pace, at, moment)) is not None:
            return Scenario(out, expired, came, lots)
        if moment == end:
            return Scenario(None, expired, came, lots)
        at, expired = moment, expired + stock.expire(moment)
        while coming and coming[0].issued <= at:
            lot = coming.popleft()
            stock.add(lot)
            came, lots = came + lot.size, lots + 1
    return Scenario(at, expired, came, lots)


def remaining(means: Means, pace: int, moments: Iterable[datetime]) -> Iterator[int]:
    """How many Connects are left at each of these moments, in order, if so many thousandths are spent in a day."""
    stock, coming, at = _Stock(means), deque(lots_to_come(means)), means.now
    for moment in moments:
        while at < moment:
            until = min(stock.next_expiry or moment, coming[0].issued if coming else moment, moment)
            if stock.draw(pace, at, until) is not None:
                stock.clear()
            stock.expire(until)
            at = until
            while coming and coming[0].issued <= at:
                stock.add(coming.popleft())
        yield stock.held // ONE


def lots_to_come(means: Means) -> Iterator[Lot]:
    """What the plan will give, as lots."""
    months = means.rulebook.expiry_months
    for number, due in enumerate(means.coming):
        at = max(beginning(due.day, means.zone), means.now)
        expires = add_months(at, months) if months else None
        yield Lot(UNBOOKED + number, Source.MONTHLY, at, expires, due.connects, due.connects)


class _Stock:
    """The lots that hold Connects, in the order of use, in the unit of `core.forecast.unspent`: nothing is rounded.

    Those before `_first` are used up.
    """

    def __init__(self, means: Means) -> None:
        self._rulebook = means.rulebook
        self._lots: list[tuple[tuple[object, ...], int]] = []
        self._left: dict[int, int] = {}
        self._expiries: list[tuple[datetime, int]] = []
        self._first = self.held = 0
        for lot in means.lots:
            if lot.left and not lot.expired(means.now):
                self.add(lot)

    def add(self, lot: Lot) -> None:
        insort(self._lots, (order_of_use(lot, self._rulebook), lot.number), lo=self._first)
        self._left[lot.number] = lot.left * ONE
        self.held += lot.left * ONE
        if lot.expires is not None:
            heappush(self._expiries, (lot.expires, lot.number))

    @property
    def next_expiry(self) -> datetime | None:
        return self._expiries[0][0] if self._expiries else None

    def draw(self, pace: int, start: datetime, end: datetime) -> datetime | None:
        """Spend from `start` to `end`; the moment at which nothing is left, if that is before the end."""
        wanted = pace * ((end - start) // MICROSECOND)
        if self.held < wanted:
            return start + self.held // pace * MICROSECOND
        self.held -= wanted
        while wanted:
            number = self._lots[self._first][1]
            part = min(wanted, self._left[number])
            self._left[number] -= part
            wanted -= part
            if not self._left[number]:
                self._first += 1
        return None

    def clear(self) -> None:
        """Spend all that is left."""
        self._left = dict.fromkeys(self._left, 0)
        self._first, self.held = len(self._lots), 0

    def expire(self, moment: datetime) -> int:
        """Drop what has expired by a moment. Returns how many Connects that was; a begun one was not spent yet."""
        over = 0
        while self._expiries and self._expiries[0][0] <= moment:
            _, number = heappop(self._expiries)
            over += -(-self._left[number] // ONE)
            self.held -= self._left[number]
            self._left[number] = 0
        return over
