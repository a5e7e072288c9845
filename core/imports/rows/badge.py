"""A badge's row is the sum of its day, and it grows: what is new is the difference to what is booked for that day."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from core.imports.model import RowKind
from core.imports.wordings import kind_of
from core.ledger.model import Kind, Purpose, expense_on
from core.ledger.sightings import standing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from core.imports.model import Row
    from core.imports.rows.known import Fates
    from core.ledger.ports import Record

BADGE: Final = expense_on(Purpose.BADGE)
WEEK: Final = 7


class BadgeDay(NamedTuple):
    """A member's badge on a day."""

    day: date
    member: str


class BadgeBooked(NamedTuple):
    """The entries of a badge's day, what stands of it, and what was taken out on purpose; Connects are positive."""

    entries: tuple[int, ...] = ()
    connects: int = 0
    taken_out: int = 0

    def counting(self, number: int, connects: int) -> BadgeBooked:
        """With an entry that is of that day too."""
        if number in self.entries:
            return self
        return BadgeBooked((*self.entries, number), self.connects + connects, self.taken_out)


def badge_day(row: Row) -> BadgeDay:
    """The badge and the day that a row is about."""
    return BadgeDay(row.day, row.member or "")


def badges_booked(record: Record, fates: Fates, wordings: Mapping[str, RowKind]) -> Mapping[BadgeDay, BadgeBooked]:
    """What is booked for each day of a badge, by what standing imports saw."""
    numbers: defaultdict[BadgeDay, dict[int, None]] = defaultdict(dict)
    for batch in standing(record.batches):
        for sighting in batch.sightings:
            if kind_of(sighting.wording, sighting.connects, wordings) is RowKind.BADGE:
                numbers[BadgeDay(sighting.day, sighting.member or "")][fates.now(sighting.number)] = None
    return {day: _booked(tuple(each), fates) for day, each in numbers.items()}


def _booked(numbers: tuple[int, ...], fates: Fates) -> BadgeBooked:
    stands = [number for number in numbers if fates.stands(number)]
    connects = {number: -fates.entries[number].delta for number in numbers if number in fates.entries}
    booked = sum(connects[number] for number in stands)
    return BadgeBooked(tuple(stands), booked, sum(connects.values()) - booked)


def typed_sums(record: Record, fates: Fates, wordings: Mapping[str, RowKind]) -> dict[int, int]:
    """The Connects that are left of each badge that somebody typed: one sum may stand for the days of a week."""
    used: defaultdict[int, dict[BadgeDay, int]] = defaultdict(dict)
    for batch in standing(record.batches):
        for sighting in batch.sightings:
            if kind_of(sighting.wording, sighting.connects, wordings) is RowKind.BADGE:
                day = BadgeDay(sighting.day, sighting.member or "")
                of_day = used[fates.now(sighting.number)]
                of_day[day] = max(of_day.get(day, 0), -sighting.connects)
    sums = {
        entry.number: -entry.delta - sum(used[entry.number].values())
        for entry in record.entries
        if entry.counterpart == BADGE and entry.kind is Kind.SPEND and fates.stands(entry.number)
        if not fates.by_import(entry)
    }
    return {number: left for number, left in sums.items() if left > 0}


def spread(left: Mapping[int, int], fates: Fates, rows: Mapping[int, Row]) -> Mapping[int, int]:
    """The typed badge that rows of near days may be together, by the rows' positions."""
    of_day: defaultdict[date, list[int]] = defaultdict(list)
    for at, row in rows.items():
        of_day[row.day].append(at)
    found: dict[int, int] = {}
    for number, connects in left.items():
        typed, rest = fates.entries[number].when.date(), connects
        for days in sorted(range(-WEEK, WEEK + 1), key=abs):
            for at in of_day.get(typed + timedelta(days=days), ()):
                if at not in found and -rows[at].connects <= rest:
                    found[at] = number
                    rest += rows[at].connects
    return found
