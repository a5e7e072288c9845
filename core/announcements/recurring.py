"""Recurring announcements: when they come, and which occurrence is announced."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple

from core.announcements.model import KEPT, Announcement, Stage, latest
from core.announcements.service import AnnouncementService
from core.delivery.notice import Notice, Target
from core.scheduling.task import Task, TaskResult
from core.shared.lifecycle import Status

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from core.announcements.model import NextOccurrence, Series
    from core.announcements.ports import AnnouncementStore
    from core.shared.ports import Clock

ALLOWED_FROM: Final[Mapping[Status, frozenset[Status]]] = {
    Status.LIVE: frozenset({Status.DRAFT, Status.PAUSED}),
    Status.PAUSED: frozenset({Status.LIVE}),
    Status.ENDED: frozenset({Status.DRAFT, Status.LIVE, Status.PAUSED}),
}
"""The statuses from which a series can move to each status."""
REMEMBERED: Final = 5
MAX_SERIES: Final = 1000


class Past(NamedTuple):
    """An occurrence that was due at `at`, and the id of the announcement made for it (empty: it was skipped)."""

    at: str
    id: str = ""


class RecurringService:
    """What an operator does with recurring announcements, and the handler of their tasks."""

    def __init__(self, store: AnnouncementStore, clock: Clock, next_occurrence: NextOccurrence) -> None:
        """Keep series in `store`; `next_occurrence` knows what a cron expression means."""
        self._store, self._clock, self._next_occurrence = store, clock, next_occurrence
        self._announcements = AnnouncementService(store, clock)

    def upcoming(self, series: Series, count: int) -> tuple[datetime, ...]:
        """The next occurrences, `count` at most."""
        found: list[datetime] = []
        at: datetime | None = self._clock.now()
        while at is not None and len(found) < count:
            at = self._next_occurrence(series.cron, series.zone, at)
            found += [] if at is None else [at]
        return tuple(found)

    async def move(self, seen: Series, status: Status) -> bool:
        """Start, pause, resume or end a series; False if its status does not allow that, or has just changed."""
        if seen.status not in ALLOWED_FROM[status]:
            return False
        task = None
        if status is Status.LIVE:
            if seen.either_day:
                await self._store.notes.put_note(_agreed(seen), "", None)
            task = next((Task(seen.name, at, self._clock.now()) for at in self.upcoming(seen, 1)), None)
        return await self._store.recurring.change_series(seen, status, task)

    async def past(self, series: Series) -> tuple[Past, ...]:
        """The latest occurrences, newest first."""
        kept = await self._store.notes.note(_past(series), self._clock.now())
        return () if kept is None else tuple(Past(*occurrence) for occurrence in json.loads(kept))

    async def run(self, task: Task, now: datetime) -> TaskResult:
        """Make the announcement that is due, and schedule the next one.

        Which occurrence is due follows from the clock, not from the task's time: after a failure or a sleep the task
        runs late. The announcement's key is made of the occurrence's time, so that it is sent once even if this runs
        again.
        """
        series = await self._store.recurring.one_series(int(task.name.partition(":")[2]))
        if series is None or series.status is not Status.LIVE:
            return TaskResult()
        if await self._needs_consent(series):
            await self._ask(series, now)
            return TaskResult()
        next_at, at = self._next_occurrence(series.cron, series.zone, now), latest(series, self._next_occurrence, now)
        if at is None:
            if task.at <= now:  # if not, it was put off by a clock that was ahead
                await self._remember(series, Past(task.at.isoformat()))
            return TaskResult(next_at=next_at)
        by, stage = series.by, Stage.SENT
        announcement = Announcement(series.occurrence(at), series.text, series.audience, by=by, stage=stage, at=now)
        await self._announcements.keep(announcement)
        await self._remember(series, Past(at.isoformat(), announcement.id))
        return TaskResult((announcement.notice,), next_at)

    async def recheck(self) -> None:
        """Make every series that was started under the old rule due now, so that its operator is asked in time."""
        for series in await self._store.recurring.all_series(MAX_SERIES):
            if series.status is Status.LIVE and await self._needs_consent(series):
                now = self._clock.now()
                await self._store.tasks.schedule(Task(series.name, now, now))

    async def _needs_consent(self, series: Series) -> bool:
        """Whether it was started under the old rule, by which the day of the month and the weekday both had to fit."""
        return series.either_day and await self._store.notes.note(_agreed(series), self._clock.now()) is None

    async def _ask(self, series: Series, now: datetime) -> None:
        """Pause the series and ask its operator whether it should go on.

        The notice comes first: it is sent once by its key, so that a crash in between leaves nobody unasked.
        """
        facts: dict[str, str | int] = {"id": series.id, "text": series.text, "cron": series.cron, "zone": series.zone}
        identities = await self._store.people.identities(series.by)
        to = tuple(Target(identity.platform, identity.user, direct=True) for identity in identities)
        await self._store.outbox.notify([Notice(f"{series.name}:days", "series-days", facts, urgent=True, to=to)], now)
        await self._store.recurring.change_series(series, Status.PAUSED, None)

    async def _remember(self, series: Series, occurrence: Past) -> None:
        others = [kept for kept in await self.past(series) if kept.at != occurrence.at]
        text = json.dumps([occurrence, *others][:REMEMBERED], separators=(",", ":"))
        await self._store.notes.put_note(_past(series), text, self._clock.now() + KEPT)


def _agreed(series: Series) -> str:
    """The name of the note that the operator agreed to the rule of `Series.either_day`."""
    return f"{series.name}:days"


def _past(series: Series) -> str:
    return f"{series.name}:past"
