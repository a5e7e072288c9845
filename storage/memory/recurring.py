"""The reference store's recurring announcements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.shared.lifecycle import Status

if TYPE_CHECKING:
    from core.announcements.model import Series
    from core.scheduling.task import Due
    from storage.memory.tables import Tables


class MemoryRecurring:
    """Announcements that come again."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def new_series(self, series: Series) -> Series:
        """Keep a new one; gives it with its number."""
        number = len(self._tables.series) + 1
        kept = self._tables.series[number] = series._replace(id=number)
        return kept

    async def change_series(self, seen: Series, status: Status, due: Due | None) -> bool:
        """Move it on to another status; False where it was changed by another since it was seen."""
        kept = self._tables.series[seen.id]
        if kept.version != seen.version:
            return False
        self._tables.series[seen.id] = kept._replace(status=status, version=kept.version + 1)
        if due is not None:
            self._tables.due[due.name] = due.at
        return True

    async def one_series(self, number: int) -> Series | None:
        """One of them, as it is now."""
        return self._tables.series.get(number)

    async def all_series(self, limit: int) -> tuple[Series, ...]:
        """The newest, newest first, but no drafts."""
        begun = [one for one in self._tables.series.values() if one.status is not Status.DRAFT]
        return tuple(reversed(begun))[:limit]
