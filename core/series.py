"""Announcements that come again: their text, their times, and which of them are still told."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from core.audience import Audience
    from core.model import PersonId
    from core.promotions import Status
    from core.telling import Due

    Following = Callable[[str, str, datetime], datetime | None]
    """By a cron expression in a zone, the first time after a moment (None: it never comes)."""

LATEST: Final = timedelta(hours=1)
"""How late an occurrence may be told, as after a machine slept; a later one is left out."""


class Series(NamedTuple):
    """An announcement that comes again by a cron expression of five fields, by the clocks of a zone."""

    id: int
    status: Status
    cron: str
    zone: str
    text: str
    audience: Audience
    by: PersonId
    made: datetime
    version: int = 1

    @property
    def name(self) -> str:
        """Under which it falls due."""
        return f"series:{self.id}"

    @property
    def either_day(self) -> bool:
        """Whether it comes on days of the month and on days of the week as well, as cron has it where both are named.

        Before that was so here, it came only on days on which both fitted.
        """
        _, _, day, _, weekday = self.cron.split()
        return not day.startswith("*") and not weekday.startswith("*")

    def occurrence(self, at: datetime) -> str:
        """The id of the announcement that it makes at a time, the same whoever makes it and however often."""
        return f"series-{self.id}-{at:%Y%m%d%H%M}"


def latest(series: Series, following: Following, now: datetime) -> datetime | None:
    """The latest occurrence that may still be told now; None where there was none or it is too late for it."""
    found, at = None, following(series.cron, series.zone, now - LATEST)
    while at is not None and at <= now:
        found, at = at, following(series.cron, series.zone, at)
    return found


class Recurring(Protocol):
    """Announcements that come again."""

    async def new_series(self, series: Series) -> Series:
        """Keep a new one; gives it with its number."""
        ...

    async def change_series(self, seen: Series, status: Status, due: Due | None) -> bool:
        """Move it on to another status; False where it was changed by another since it was seen.

        When it falls due from now on is kept in the same transaction (None: as it was).
        """
        ...

    async def one_series(self, number: int) -> Series | None:
        """One of them, as it is now."""
        ...

    async def all_series(self, limit: int) -> tuple[Series, ...]:
        """The newest, newest first, but no drafts."""
        ...
