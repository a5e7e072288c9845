"""The days that a document is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from core.shared.calendar import DAY, beginning, day_in

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
        return not self.starts_after(when) and not self.ends_by(when)

    def starts_after(self, when: datetime) -> bool:
        """Whether a moment is before it."""
        return self.start is not None and when < self.start

    def ends_by(self, when: datetime) -> bool:
        """Whether it is over at a moment."""
        return self.end is not None and self.end <= when


def period_of(days: tuple[date, date] | None, zone: str) -> Period:
    """The days from the first to the last one, both included, in a zone (None: all time)."""
    if days is None:
        return Period()
    first, last = days
    return Period(beginning(first, zone), beginning(last + DAY, zone))


def began_within(days: tuple[date, date] | None, zone: str, lines: Iterable[BookLine]) -> date | None:
    """The first day of the books, if days begin before it: what happened on those before it is not known."""
    began = min((day_in(zone, line.when) for line in lines), default=None)
    return began if days is not None and began is not None and days[0] < began else None
