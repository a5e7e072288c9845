"""The reference store's announcements, recurring ones included."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.announcements.model import Stage
from core.shared.lifecycle import Status

if TYPE_CHECKING:
    from datetime import datetime

    from core.announcements.model import Announcement, Series
    from core.scheduling.task import Task
    from storage.memory.tables import Tables


class MemoryAnnouncements:
    """Implements `core.announcements.ports.Announcements`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def new_announcement(self, one: Announcement) -> Announcement:
        stored = self._tables.announcements
        return stored.setdefault(one.id, replace(one, number=len(stored) + 1))

    async def change_announcement(self, seen: Announcement, becomes: Announcement, task: Task | None) -> bool:
        stored = self._tables.announcements.get(seen.id)
        if stored is None or stored.version != seen.version:
            return False
        self._tables.announcements[seen.id] = replace(
            stored, text=becomes.text, stage=becomes.stage, at=becomes.at, mends=becomes.mends, version=seen.version + 1
        )
        if task is not None:
            self._tables.due[task.name] = task
        return True

    async def announcement(self, word: str) -> Announcement | None:
        numbered = (one for one in self._tables.announcements.values() if str(one.number) == word)
        return self._tables.announcements.get(word) or next(numbered, None)

    async def discard_drafts(self, before: datetime) -> int:
        old = [
            one
            for one in self._tables.announcements.values()
            if one.stage in {Stage.DRAFT, Stage.DISCARDED} and one.text and one.made is not None and one.made < before
        ]
        for one in old:
            gone = replace(one, text="", stage=Stage.DISCARDED, version=one.version + 1)
            self._tables.announcements[one.id] = gone
        return len(old)

    async def newest_announcements(self, limit: int, skipped: int, since: datetime) -> tuple[Announcement, ...]:
        listed = [
            one
            for one in self._tables.announcements.values()
            if one.stage is not Stage.DISCARDED
            and (one.stage is not Stage.DRAFT or (one.made is not None and one.made >= since))
        ]
        return tuple(reversed(listed))[skipped : skipped + limit]


class MemoryRecurring:
    """Implements `core.announcements.ports.RecurringStore`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def new_series(self, series: Series) -> Series:
        number = len(self._tables.series) + 1
        stored = self._tables.series[number] = series._replace(id=number)
        return stored

    async def change_series(self, seen: Series, status: Status, task: Task | None) -> bool:
        stored = self._tables.series.get(seen.id)
        if stored is None or stored.version != seen.version:
            return False
        self._tables.series[seen.id] = stored._replace(status=status, version=stored.version + 1)
        if task is not None:
            self._tables.due[task.name] = task
        return True

    async def one_series(self, number: int) -> Series | None:
        return self._tables.series.get(number)

    async def all_series(self, limit: int) -> tuple[Series, ...]:
        begun = [one for one in self._tables.series.values() if one.status is not Status.DRAFT]
        return tuple(reversed(begun))[:limit]
