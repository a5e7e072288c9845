"""The reference store's inbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from core.inbox import KeptUpdate
    from storage.memory.tables import Tables


class MemoryInbox:
    """Implements `core.inbox.Inbox`."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def keep(self, platform: str, updates: Sequence[KeptUpdate]) -> AbstractSet[int]:
        for one in updates:
            self._tables.inbox.setdefault((platform, one.number), (one, False))
        return {one.number for one in updates if not self._tables.inbox[platform, one.number][1]}

    async def unfinished(self, platform: str) -> tuple[KeptUpdate, ...]:
        every = self._tables.inbox.items()
        return tuple(sorted(one for (here, _), (one, finished) in every if here == platform and not finished))

    async def begin(self, platform: str, numbers: Sequence[int]) -> None:
        for number in numbers:
            one, finished = self._tables.inbox[platform, number]
            self._tables.inbox[platform, number] = one._replace(starts=one.starts + 1), finished

    async def finish(self, platform: str, numbers: Sequence[int]) -> None:
        for number in numbers:
            if (platform, number) in self._tables.inbox:
                one, _ = self._tables.inbox[platform, number]
                self._tables.inbox[platform, number] = one._replace(body=""), True

    async def forget(self, before: datetime, stale: datetime, later: datetime, limit: int) -> int:
        every = sorted(self._tables.inbox.items())
        old = [
            key
            for key, (one, finished) in every
            if one.at < stale or (finished and (one.at < before or one.at > later))
        ]
        for key in old[:limit]:
            del self._tables.inbox[key]
        return len(old[:limit])
