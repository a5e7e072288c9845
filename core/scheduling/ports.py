"""What scheduling needs from a store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.delivery.notice import Notice
    from core.scheduling.task import Guard, Task


class TaskQueue(Protocol):
    """Scheduled tasks, one for each name. A task is taken once: by the first process that still finds it unchanged."""

    async def schedule(self, task: Task) -> None:
        """Store a task, in place of the one with the same name."""
        ...

    async def due_by(self, now: datetime, limit: int) -> tuple[Task, ...]:
        """The tasks that are due by now, the longest due first, then those that were put off by a clock that was ahead.

        Served by indexes.
        """
        ...

    async def take(
        self,
        task: Task,
        notices: Sequence[Notice],
        now: datetime,
        next_at: datetime | None = None,
        *,
        guard: Guard | None = None,
    ) -> bool:
        """Remove a task and store its notices, in one transaction; False if it was taken or rescheduled meanwhile.

        With `next_at`, which the bot has reckoned `now`, the task is due again at that time. If the guard no longer
        holds, the task stays due and nothing is stored.
        """
        ...

    async def next_due_at(self) -> datetime | None:
        """When the next task is due (None: there is none). Served by an index."""
        ...


class TaskStore(Protocol):
    """A store that has this port."""

    @property
    def tasks(self) -> TaskQueue:
        """Scheduled tasks."""
        ...
