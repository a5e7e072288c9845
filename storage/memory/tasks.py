"""The reference store's task queue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.scheduling.task import Task
from core.shared.clock_steps import was_ahead

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.delivery.notice import Notice
    from core.scheduling.task import Guard
    from storage.memory.outbox import MemoryOutbox
    from storage.memory.promotions import MemoryPromotions
    from storage.memory.tables import Tables


class MemoryTasks:
    """Implements `core.scheduling.ports.TaskQueue`."""

    def __init__(self, tables: Tables, outbox: MemoryOutbox, promotions: MemoryPromotions) -> None:
        """`outbox` takes the notices of a task, `promotions` checks its guard."""
        self._tables, self._outbox = tables, outbox
        self._unchanged = {"promotion": promotions.unchanged}

    async def schedule(self, task: Task) -> None:
        self._tables.due[task.name] = task

    async def due_by(self, now: datetime, limit: int) -> tuple[Task, ...]:
        every = self._tables.due.values()
        due = sorted((task.at, task.name, task.at) for task in every if task.at <= now)
        due += sorted(
            (task.reckoned, task.name, task.at)
            for task in every
            if task.at > now and task.reckoned is not None and was_ahead(task.reckoned, now)
        )
        return tuple(Task(name, at) for _, name, at in due[:limit])

    async def take(
        self,
        task: Task,
        notices: Sequence[Notice],
        now: datetime,
        next_at: datetime | None = None,
        *,
        guard: Guard | None = None,
    ) -> bool:
        if guard is not None and not self._unchanged[guard.kind](guard):
            return False
        known = self._tables.due.get(task.name)
        if known is None or known.at != task.at:
            return False
        del self._tables.due[task.name]
        if next_at is not None:
            self._tables.due[task.name] = Task(task.name, next_at, now)
        self._outbox.store(notices, now)
        return True

    async def next_due_at(self) -> datetime | None:
        return min((task.at for task in self._tables.due.values()), default=None)
