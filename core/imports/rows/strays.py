"""Rows in disguise: a client edited the title, or "Today" was copied before midnight and sent after it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.imports.rows.pairing import pairs

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from core.imports.model import Row
    from core.imports.rows.seen_days import KnownDay, SeenRow


def days_within(days: Iterable[date], spans: Iterable[tuple[date, date]]) -> frozenset[date]:
    """The days that lie within a span, its edges excluded: these it has whole."""
    return frozenset(day for day in set(days) if any(first < day < last for first, last in spans))


def strays(
    rows: Mapping[int, Row],
    spans: Iterable[tuple[date, date]],
    days: Mapping[date, KnownDay],
    used: Mapping[date, Collection[int]],
) -> Mapping[int, SeenRow]:
    """The known facts that new rows may be, by the rows' positions.

    A fact that a page must show and does not, while it shows its equal as new under another name, or on the day before
    or after, is likely that row.
    """
    left = [
        fact
        for day in days_within(days, spans)
        for at, fact in enumerate(days[day].facts)
        if fact.stands and at not in used.get(day, ())
    ]
    found: dict[int, SeenRow] = {}
    for disguise in (_a_day_later, _a_day_earlier, _renamed) if left else ():
        places = [at for at in rows if at not in found]
        seen = [_renamed(fact.row) if disguise is _renamed else fact.row for fact in left]
        taken = pairs([disguise(rows[at]) for at in places], seen)
        found |= {places[one]: left[other] for one, other in taken.items()}
        gone = set(taken.values())
        left = [fact for at, fact in enumerate(left) if at not in gone]
    return found


def _renamed(row: Row) -> Row:
    return row._replace(title="", member=None)


def _a_day_later(row: Row) -> Row:
    return row if row.day == date.max else row._replace(day=row.day + timedelta(days=1))


def _a_day_earlier(row: Row) -> Row:
    return row if row.day == date.min else row._replace(day=row.day - timedelta(days=1))
