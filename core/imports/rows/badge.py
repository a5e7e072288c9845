"""A badge's row is the sum of its day, and it grows: what is new is the difference to what is booked for that day."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from core.imports.model import RowKind
from core.imports.wordings import kind_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from core.imports.model import Row
    from core.ledger.past.lineage import Lineage


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


def badges_booked(lineage: Lineage, wordings: Mapping[str, RowKind]) -> Mapping[BadgeDay, BadgeBooked]:
    """What is booked for each day of a badge, by what standing imports saw."""
    numbers: defaultdict[BadgeDay, dict[int, None]] = defaultdict(dict)
    for batch in lineage.witnesses():
        for sighting in batch.sightings:
            if kind_of(sighting.wording, sighting.connects, wordings) is RowKind.BADGE:
                numbers[BadgeDay(sighting.day, sighting.member or "")][lineage.current(sighting.number)] = None
    return {day: _booked(tuple(each), lineage) for day, each in numbers.items()}


def _booked(numbers: tuple[int, ...], lineage: Lineage) -> BadgeBooked:
    stands = [number for number in numbers if lineage.stands(number)]
    connects = {number: -lineage.entries[number].delta for number in numbers if number in lineage.entries}
    booked = sum(connects[number] for number in stands)
    return BadgeBooked(tuple(stands), booked, sum(connects.values()) - booked)
