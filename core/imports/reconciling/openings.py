"""What must have been there before the first row, and in the stretches that no page covers: balances prove it.

All of it is derived anew whenever more of the past becomes known, so it does not depend on the order of the imports.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from core.imports.known import OPENED, moment_of
from core.imports.reconciling.coverage import DAY, Anchor, Beginning, Cover, anchors_of, gap_between
from core.ledger.model import ADJUSTED, Kind
from core.ledger.past.facts import NewFact
from core.ledger.past.issuing import Changes
from core.ledger.past.timeline import Past, past_of
from core.shared.money import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from core.ledger.past.facts import Fact
    from core.ledger.past.replay import Replay, Short
    from core.ledger.ports import Record
    from core.ledger.rulebook import Rulebook

ROUNDS: Final = 12
"""How often amounts are corrected for what expires because of them."""


class Supply(NamedTuple):
    """Connects that are derived on a day: the opening, a gap (below 0: fewer than the books had), or a last resort."""

    day: date
    connects: int
    opening: bool = False


class Derived(NamedTuple):
    """What was derived. `parted` is by how many Connects the page of each anchor has more than the books then.

    `ran_short` are the draws that still find too little.
    """

    supplies: tuple[Supply, ...]
    parted: tuple[tuple[Anchor, int], ...]
    replay: Replay
    ran_short: tuple[Short, ...]


class Premises(NamedTuple):
    """What the derivation goes by: new facts, what is withdrawn of those that stand, and what imports cover.

    `unbooked` are the Connects of rows that were taken out, by day: pages count them and the books do not. With
    `rescue` draws that find too little are supplied on their own day.
    """

    record: Record
    rulebook: Rulebook
    until: datetime
    facts: Sequence[NewFact]
    withdrawn: frozenset[int]
    covers: Sequence[Cover]
    start: Beginning
    unbooked: Mapping[date, int]
    rescue: bool = True


def derive(premises: Premises) -> Derived:
    """Find the smallest opening and the gaps with which the past fits the balances, and no draw finds too little."""
    return _Derivation(premises).result()


@dataclass(slots=True)
class _Interval:
    """The stretch up to an anchor (None: the last one). `day` is that of its supply (None: it can have none)."""

    anchor: Anchor | None
    day: date | None
    opening: bool = False
    target: int = 0
    amount: int = 0
    cap: int | None = None
    events: list[tuple[_Place, int]] = field(default_factory=list)
    parted: int = 0


_Place = tuple[date, int, datetime]
"""A place in the order of facts: the day, 0 for what is dated to it, and the moment."""


class _Derivation:
    def __init__(self, premises: Premises) -> None:
        self.premises = premises
        self.past = self._past(())
        self.facts = [(_place(one), _delta(one)) for one in self.past.ordered]
        self.intervals = self._intervals()
        self.rescues: dict[date, int] = {}

    def result(self) -> Derived:
        expiries: list[tuple[_Place, int]] = []
        self._walk(expiries)
        for _ in range(ROUNDS):
            supplies = self._supplies()
            replay = self._past(supplies).replay(self.premises.until, self.premises.rulebook)
            expiries = _expiries(replay)
            self._cap(replay)
            self._walk(expiries)
            if self._supplies() != supplies:
                continue
            if not replay.shorts or not self.premises.rescue:
                break
            for short in replay.shorts:
                day = short.when.astimezone(UTC).date()
                self.rescues[day] = self.rescues.get(day, 0) + short.missing
        parted = tuple((each.anchor, each.parted) for each in self.intervals if each.anchor is not None)
        return Derived(supplies, parted, replay, tuple(replay.shorts))

    def _past(self, supplies: Sequence[Supply]) -> Past:
        made = [fact_of_supply(supply) for supply in supplies]
        changes = Changes([*self.premises.facts, *made], self.premises.withdrawn, self.premises.start.lifted)
        return past_of(self.premises.record, self.premises.rulebook, changes)

    def _intervals(self) -> list[_Interval]:
        """The stretches between the anchors; what the first one lacks is the opening, unless a typed one stands."""
        start, covers = self.premises.start, self.premises.covers
        anchors = anchors_of(covers, start)
        found: list[_Interval] = []
        if not covers:
            return [_Interval(None, None)]
        found.append(self._first_interval(anchors[0] if anchors else None))
        for one, other in pairwise(anchors):
            found.append(_Interval(other, gap_between(one, other, covers)))
        if anchors:
            found.append(_Interval(None, None))
        for interval in found:
            if interval.anchor is not None:
                interval.target = self._target(interval.anchor)
        return found

    def _first_interval(self, anchor: Anchor | None) -> _Interval:
        """The stretch up to the first anchor.

        The opening comes before everything else. Where books that began with nothing are older than all pages, what is
        missing became known in the stretch before the first page.
        """
        start, first = self.premises.start, min(cover.first for cover in self.premises.covers)
        if start.stands is not None:
            return _Interval(anchor, None)
        oldest = self.facts[0][0][0] if self.facts else first
        if start.lifted or oldest >= first:
            return _Interval(anchor, min(oldest, first) - DAY, opening=True)
        return _Interval(anchor, first - DAY)

    def _target(self, anchor: Anchor) -> int:
        """What the books should have after all that is dated to the anchor's day, or before a typed opening.

        What a page has not seen is later than its balance. What was typed by then is part of it: the row may be unsure.
        Of what was typed in other books, nobody can say that of a page that was copied from them.
        """
        left_out = sum(connects for day, connects in self.premises.unbooked.items() if day <= anchor.day)
        cover = anchor.cover
        if cover is None:
            return anchor.connects
        target = anchor.connects - left_out + cover.later
        for one in self._on(anchor.day):
            name = -1 - one.index if one.number is None and one.index is not None else one.number
            seen = name in cover.seen
            if one.dated and not seen:
                target += _delta(one)
            elif not one.dated and (seen or (one.when <= cover.booked and not (cover.linked and one.timed))):
                target -= _delta(one)
        return target

    def _on(self, day: date) -> Iterator[Fact]:
        return (one for one in self.past.ordered if one.when.astimezone(UTC).date() == day)

    def _walk(self, expiries: Iterable[tuple[_Place, int]]) -> None:
        """Add up what happened, with what expired, and set the amounts that the balances ask for."""
        rescued = [((day, -1, moment_of(day)), connects) for day, connects in self.rescues.items()]
        events = sorted([*self.facts, *expiries, *rescued], key=lambda event: event[0])
        at, balance = 0, 0
        for interval in self.intervals:
            end = at
            while end < len(events) and (interval.anchor is None or events[end][0] <= _end(interval.anchor)):
                end += 1
            balance = _close(interval, events[at:end], balance)
            at = end

    def _supplies(self) -> tuple[Supply, ...]:
        made = [
            Supply(each.day, each.amount, each.opening)
            for each in self.intervals
            if each.day is not None and each.amount
        ]
        rescued = [Supply(day, connects) for day, connects in sorted(self.rescues.items())]
        return tuple(made + rescued)

    def _cap(self, replay: Replay) -> None:
        """What expires of a supply before its anchor is of no use: more of it would expire as well."""
        lots = {
            one.index: one.lot
            for one, _ in replay.steps
            if one.index is not None and one.index >= len(self.premises.facts) and one.lot is not None
        }
        made = [each for each in self.intervals if each.day is not None and each.amount]
        for index, each in enumerate(made, len(self.premises.facts)):
            lot = lots.get(index)
            gone = None if lot is None else replay.expired.get(lot.number)
            if lot is None or lot.expires is None or gone is None:
                continue
            if each.anchor is None or _ended(lot.expires) <= _end(each.anchor):
                each.cap = each.amount + gone.connects


def _close(interval: _Interval, events: Sequence[tuple[_Place, int]], balance: int) -> int:
    """Set the amount of an interval's supply, and how far it parts; returns the balance at its end."""
    lowest: int | None = None
    for place, delta in events:
        if interval.day is not None and lowest is None and place[:2] >= (interval.day, 0):
            lowest = balance
        balance += delta
        if lowest is not None:
            lowest = min(lowest, balance)
    lowest = balance if lowest is None else lowest
    if interval.day is not None:
        wanted = interval.target - balance if interval.anchor is not None else 0
        amount = max(wanted, -lowest, 0) if interval.opening else max(wanted, -lowest)
        if interval.anchor is None:
            amount = max(-lowest, 0)
        interval.amount = amount if interval.cap is None else min(amount, interval.cap)
    balance += interval.amount
    if interval.anchor is not None:
        interval.parted = interval.target - balance
    return balance


def fact_of_supply(supply: Supply) -> NewFact:
    """A supply as a fact, of unknown cost."""
    kind, account = (Kind.GRANT, OPENED) if supply.connects > 0 else (Kind.ADJUSTMENT, ADJUSTED)
    price = UNKNOWN if supply.connects > 0 else None
    return NewFact(moment_of(supply.day), kind, abs(supply.connects), account, price)


def _place(one: Fact) -> _Place:
    when = one.when.astimezone(UTC)
    return (when.date(), 0, moment_of(when.date())) if one.dated else (when.date(), 1, when)


def _ended(expires: datetime) -> _Place:
    return expires.astimezone(UTC).date(), 1, expires


def _end(anchor: Anchor) -> _Place:
    """The last place that an anchor's balance includes."""
    if anchor.at is not None:
        return anchor.day, 1, anchor.at - timedelta(microseconds=1)
    return anchor.day, 0, datetime.combine(anchor.day, time.max, UTC)


def _delta(one: Fact) -> int:
    return one.connects if one.lot is not None or one.spend is not None else -one.connects


def _expiries(replay: Replay) -> list[tuple[_Place, int]]:
    found: list[tuple[_Place, int]] = []
    for number, amount in replay.expired.items():
        expires = replay.lots[number].expires
        if expires is not None and amount.connects:
            found.append((_ended(expires), amount.connects))
    return found
