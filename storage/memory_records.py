"""The reference store's recurring announcements, and what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.promotions import Status
from storage.memory_promotions import MemoryPromotions

if TYPE_CHECKING:
    from datetime import datetime

    from core.actions import Action
    from core.model import PersonId
    from core.people import ChatRef
    from core.series import Series
    from core.telling import Due


class MemoryRecords(MemoryPromotions):
    """Recurring announcements, and what was done."""

    def __init__(self) -> None:
        super().__init__()
        self._series: dict[int, Series] = {}
        self._actions: dict[str, Action] = {}
        self._done = 0

    async def new_series(self, series: Series) -> Series:
        """Keep a new one; gives it with its number."""
        number = len(self._series) + 1
        kept = self._series[number] = series._replace(id=number)
        return kept

    async def change_series(self, seen: Series, status: Status, due: Due | None) -> bool:
        """Move it on to another status; False where it was changed by another since it was seen."""
        kept = self._series[seen.id]
        if kept.version != seen.version:
            return False
        self._series[seen.id] = kept._replace(status=status, version=kept.version + 1)
        if due is not None:
            await self.put_due(due)
        return True

    async def one_series(self, number: int) -> Series | None:
        """One of them, as it is now."""
        return self._series.get(number)

    async def all_series(self, limit: int) -> tuple[Series, ...]:
        """The newest, newest first, but no drafts."""
        begun = [one for one in self._series.values() if one.status is not Status.DRAFT]
        return tuple(reversed(begun))[:limit]

    async def keep_action(self, action: Action) -> None:
        """Keep an action; a known key adds nothing."""
        if action.key not in self._actions:
            self._done += 1
            self._actions[action.key] = action._replace(id=self._done)

    async def actions(
        self, limit: int, before: int | None = None, chat: ChatRef | None = None, person: PersonId | None = None
    ) -> tuple[Action, ...]:
        """Actions with ids below `before`, newest first; in one chat, by one person."""
        those = [one for one in reversed(self._actions.values()) if before is None or one.id < before]
        those = [one for one in those if chat in {None, one.chat} and person in {None, one.person}]
        return tuple(those[:limit])

    async def forget_actions(self, before: datetime, limit: int) -> int:
        """Forget what was done before a time; gives how many."""
        old = [key for _, key in sorted((one.at, one.key) for one in self._actions.values() if one.at < before)]
        for key in old[:limit]:
            del self._actions[key]
        return len(old[:limit])
