"""Rows that were dated a day off: "Today" was copied before midnight, and sent after it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.imports.rows.pairing import pairs

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from core.imports.model import Row
    from core.imports.rows.known import Fact, KnownDay


def days_within(days: Iterable[date], spans: Iterable[tuple[date, date]]) -> frozenset[date]:
    """The days that lie within a span, its edges excluded: these it has whole."""
    return frozenset(day for day in set(days) if any(first < day < last for first, last in spans))


def strays(
    rows: Mapping[int, Row],
    spans: Iterable[tuple[date, date]],
    days: Mapping[date, KnownDay],
    used: Mapping[date, Collection[int]],
) -> Mapping[int, Fact]:
    """The known facts that new rows may be, by the rows' positions.

    A fact that a page must show and does not, while it shows its equal as new on the day before or after, is likely
    that row.
    """
    left = [
        fact
        for day in days_within(days, spans)
        for at, fact in enumerate(days[day].facts)
        if fact.stands and at not in used.get(day, ())
    ]
    found: dict[int, Fact] = {}
    for off in (1, -1) if left else ():
        places = [at for at, row in rows.items() if at not in found and date.min < row.day < date.max]
        moved = [rows[at]._replace(day=rows[at].day + timedelta(days=off)) for at in places]
        taken = pairs(moved, [fact.row for fact in left])
        found |= {places[one]: left[other] for one, other in taken.items()}
        gone = set(taken.values())
        left = [fact for at, fact in enumerate(left) if at not in gone]
    return found
