"""The reference store's due times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.scheduling.task import Due

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.delivery.notice import Notice
    from core.scheduling.task import Guard
    from storage.memory.outbox import MemoryOutbox
    from storage.memory.promotions import MemoryPromotions
    from storage.memory.tables import Tables


class MemoryTasks:
    """What falls due when."""

    def __init__(self, tables: Tables, outbox: MemoryOutbox, promotions: MemoryPromotions) -> None:
        """The notices of a task go to `outbox`; one that was seen with a promotion counts if `promotions` agree."""
        self._tables, self._outbox, self._promotions = tables, outbox, promotions

    async def put_due(self, due: Due) -> None:
        """Let something fall due at a time, in place of the time it had."""
        self._tables.due[due.name] = due.at

    async def due_by(self, now: datetime, limit: int) -> tuple[Due, ...]:
        """What is due by now, the longest due first."""
        due = sorted((at, name) for name, at in self._tables.due.items() if at <= now)
        return tuple(Due(name, at) for at, name in due)[:limit]

    async def take_due(
        self,
        due: Due,
        notices: Sequence[Notice],
        now: datetime,
        then: datetime | None = None,
        *,
        guard: Guard | None = None,
    ) -> bool:
        """Take what is due and keep its notices; False where another has taken it, or it is not as it was seen."""
        if self._tables.due.get(due.name) != due.at or (guard is not None and not self._promotions.unchanged(guard)):
            return False
        del self._tables.due[due.name]
        if then is not None:
            self._tables.due[due.name] = then
        self._outbox.keep(notices, now)
        return True

    async def next_due_at(self) -> datetime | None:
        """When the next of all falls due."""
        return min(self._tables.due.values(), default=None)
