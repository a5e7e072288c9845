"""Announcements that come again: their text, their times, and which of them are still told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

from core.announcements.model import KEPT, Announcement, latest
from core.announcements.service import Announcements
from core.delivery.notice import Notice, Target
from core.scheduling.task import Due, Upshot
from core.shared.lifecycle import Status

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from core.announcements.model import Following, Series
    from core.announcements.ports import AnnouncementStore
    from core.shared.ports import Clock

FROM: Final[Mapping[Status, frozenset[Status]]] = {
    Status.LIVE: frozenset({Status.DRAFT, Status.PAUSED}),
    Status.PAUSED: frozenset({Status.LIVE}),
    Status.ENDED: frozenset({Status.DRAFT, Status.LIVE, Status.PAUSED}),
}
REMEMBERED: Final = 5
MOST: Final = 1000


class Past(NamedTuple):
    """An occurrence that was due at a time: the id of the announcement that it made (empty: it came too late)."""

    at: str
    id: str = ""


class Repeats:
    """What an operator does with recurring announcements, and what is done when one falls due."""

    def __init__(self, store: AnnouncementStore, clock: Clock, following: Following) -> None:
        """Keep them in `store`; what an expression means is asked of `following`."""
        self._store, self._clock, self._following = store, clock, following
        self._announcements = Announcements(store, clock)

    def upcoming(self, series: Series, count: int) -> tuple[datetime, ...]:
        """When it comes the next times, if it is told then."""
        found: list[datetime] = []
        at: datetime | None = self._clock.now()
        while at is not None and len(found) < count:
            at = self._following(series.cron, series.zone, at)
            found += [] if at is None else [at]
        return tuple(found)

    async def move(self, seen: Series, status: Status) -> bool:
        """Start it, hold it, go on, end it; False where that does not fit how it stands."""
        if seen.status not in FROM[status]:
            return False
        due = None
        if status is Status.LIVE:
            if seen.either_day:
                await self._store.notes.put_note(_agreed(seen), "", None)
            due = next((Due(seen.name, at) for at in self.upcoming(seen, 1)), None)
        return await self._store.recurring.change_series(seen, status, due)

    async def past(self, series: Series) -> tuple[Past, ...]:
        """The latest occurrences, the newest first."""
        kept = await self._store.notes.note(_past(series), self._clock.now())
        return () if kept is None else tuple(Past(*one) for one in json.loads(kept))

    async def see_to(self, due: Due, now: datetime) -> Upshot:
        """Make the announcement that is due, and say when the next one is.

        Which one is due is reckoned from the clock and not from the row: after a fault, or a sleep, the row comes late.
        Its key is made of its time, so that however often it is asked for it is told once.
        """
        series = await self._store.recurring.one_series(int(due.name.partition(":")[2]))
        if series is None or series.status is not Status.LIVE:
            return Upshot()
        if await self._is_in_question(series):
            await self._ask(series, now)
            return Upshot()
        then, at = self._following(series.cron, series.zone, now), latest(series, self._following, now)
        if at is None:
            await self._remember(series, Past(due.at.isoformat()))
            return Upshot(then=then)
        one = Announcement(series.occurrence(at), series.text, series.audience)
        await self._announcements.keep(one)
        await self._remember(series, Past(at.isoformat(), one.id))
        return Upshot((one.notice,), then)

    async def recheck(self) -> None:
        """Let those that were started under another rule fall due now, so that whoever made them is asked in time."""
        for one in await self._store.recurring.all_series(MOST):
            if one.status is Status.LIVE and await self._is_in_question(one):
                await self._store.tasks.put_due(Due(one.name, self._clock.now()))

    async def _is_in_question(self, series: Series) -> bool:
        """Whether it was started when it came only where the day of the month and the weekday fitted both."""
        return series.either_day and await self._store.notes.note(_agreed(series), self._clock.now()) is None

    async def _ask(self, series: Series, now: datetime) -> None:
        """Hold it, and ask whoever made it whether it is to go on; first of all the notice, which is told once."""
        facts: dict[str, str | int] = {"id": series.id, "text": series.text, "cron": series.cron, "zone": series.zone}
        whom = await self._store.people.identities(series.by)
        to = tuple(Target(one.platform, one.user, direct=True) for one in whom)
        await self._store.outbox.notify([Notice(f"{series.name}:days", "series-days", facts, urgent=True, to=to)], now)
        await self._store.recurring.change_series(series, Status.PAUSED, None)

    async def _remember(self, series: Series, one: Past) -> None:
        others = [kept for kept in await self.past(series) if kept.at != one.at]
        text = json.dumps([one, *others][:REMEMBERED], separators=(",", ":"))
        await self._store.notes.put_note(_past(series), text, self._clock.now() + KEPT)


def _agreed(series: Series) -> str:
    """The note that it was started, or went on, by the rule that it comes on either of its days."""
    return f"{series.name}:days"


def _past(series: Series) -> str:
    return f"{series.name}:past"
