"""The reference store's recurring announcements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.shared.lifecycle import Status

if TYPE_CHECKING:
    from core.announcements.model import Series
    from core.scheduling.task import Task
    from storage.memory.tables import Tables


class MemoryRecurring:
    """Implements `core.announcements.ports.RecurringStore`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def new_series(self, series: Series) -> Series:
        number = len(self._tables.series) + 1
        stored = self._tables.series[number] = series._replace(id=number)
        return stored

    async def change_series(self, seen: Series, status: Status, task: Task | None) -> bool:
        stored = self._tables.series[seen.id]
        if stored.version != seen.version:
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
