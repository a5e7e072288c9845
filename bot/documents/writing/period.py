"""The days that a document is about."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from core.shared.calendar import beginning, day_in

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from core.statements.model import BookLine


class Period(NamedTuple):
    """From a moment on, and before another (None: without such a bound)."""

    start: datetime | None = None
    end: datetime | None = None

    def has(self, when: datetime) -> bool:
        """Whether a moment is in it."""
        return (self.start is None or self.start <= when) and (self.end is None or when < self.end)


def period_of(days: tuple[date, date] | None, zone: str) -> Period:
    """The days from the first to the last one, both included, in a zone (None: all time)."""
    if days is None:
        return Period()
    first, last = days
    return Period(beginning(first, zone), beginning(last + timedelta(days=1), zone))


def began_within(days: tuple[date, date] | None, zone: str, lines: Iterable[BookLine]) -> date | None:
    """The first day of the books, if days begin before it: what happened on those before it is not known."""
    began = min((day_in(zone, line.when) for line in lines), default=None)
    return began if days is not None and began is not None and days[0] < began else None
