"""A badge that somebody typed as one sum for several days, such as once a week."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from core.imports.model import RowKind
from core.imports.rows.badge import BadgeDay
from core.imports.wordings import kind_of
from core.ledger.model import Kind, Purpose, expense_on

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from core.imports.model import Row
    from core.ledger.past.lineage import Lineage

BADGE: Final = expense_on(Purpose.BADGE)
WEEK: Final = 7


def typed_sums(lineage: Lineage, wordings: Mapping[str, RowKind]) -> dict[int, int]:
    """The Connects that are left of each badge that somebody typed: one sum may stand for the days of a week."""
    used: defaultdict[int, dict[BadgeDay, int]] = defaultdict(dict)
    for batch in lineage.witnesses():
        for sighting in batch.sightings:
            if kind_of(sighting.wording, sighting.connects, wordings) is RowKind.BADGE:
                day = BadgeDay(sighting.day, sighting.member or "")
                of_day = used[lineage.current(sighting.number)]
                of_day[day] = max(of_day.get(day, 0), -sighting.connects)
    sums = {
        entry.number: -entry.delta - sum(used[entry.number].values())
        for entry in lineage.entries.values()
        if entry.counterpart == BADGE and entry.kind is Kind.SPEND and lineage.stands(entry.number)
        if lineage.made_by(entry) is None
    }
    return {number: left for number, left in sums.items() if left > 0}


def spread(left: Mapping[int, int], lineage: Lineage, rows: Mapping[int, Row]) -> Mapping[int, int]:
    """The typed badge that rows of near days may be together, by the rows' positions."""
    of_day: defaultdict[date, list[int]] = defaultdict(list)
    for at, row in rows.items():
        of_day[row.day].append(at)
    found: dict[int, int] = {}
    for number, connects in left.items():
        typed, rest = lineage.entries[number].when.date(), connects
        for days in sorted(range(-WEEK, WEEK + 1), key=abs):
            for at in of_day.get(typed + timedelta(days=days), ()):
                if at not in found and -rows[at].connects <= rest:
                    found[at] = number
                    rest += rows[at].connects
    return found
