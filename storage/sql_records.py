"""The part of the SQL store that keeps series and actions: each call one hop to the reader's or the writer's thread."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from storage.sql_hops import SqlPromotions

if TYPE_CHECKING:
    from datetime import datetime

    from core.actions import Action
    from core.model import PersonId
    from core.people import ChatRef
    from core.promotions import Status
    from core.series import Series
    from core.telling import Due
    from storage.sql_recurring import Recording


class SqlRecords(SqlPromotions):
    """Recurring announcements, and what was done."""

    _recorded: Recording
    _recording: Recording

    async def new_series(self, series: Series) -> Series:
        """Keep a new one; gives it with its number."""
        return await self._keep(partial(self._recording.new_series, series))

    async def change_series(self, seen: Series, status: Status, due: Due | None) -> bool:
        """Move it on to another status; False where it was changed by another since it was seen."""
        return await self._keep(partial(self._recording.change_series, seen, status, due))

    async def one_series(self, number: int) -> Series | None:
        """One of them, as it is now."""
        return await self._read(partial(self._recorded.one_series, number))

    async def all_series(self, limit: int) -> tuple[Series, ...]:
        """The newest, newest first, but no drafts."""
        return await self._read(partial(self._recorded.all_series, limit))

    async def keep_action(self, action: Action) -> None:
        """Keep an action; a known key adds nothing."""
        await self._keep(partial(self._recording.keep_action, action))

    async def actions(
        self, limit: int, before: int | None = None, chat: ChatRef | None = None, person: PersonId | None = None
    ) -> tuple[Action, ...]:
        """Actions with ids below `before`, newest first; in one chat, by one person."""
        return await self._read(partial(self._recorded.actions, limit, before, chat, person))

    async def forget_actions(self, before: datetime, limit: int) -> int:
        """Forget what was done before a time; gives how many."""
        return await self._keep(partial(self._recording.forget_actions, before, limit))
