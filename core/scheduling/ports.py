"""What is asked of a store for what falls due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.delivery.notice import Notice
    from core.scheduling.task import Due, Guard


class Agenda(Protocol):
    """What falls due when. A due time is won by whoever still finds it as it was seen: once, whoever looks."""

    async def put_due(self, due: Due) -> None:
        """Let something fall due at a time, in place of the time it had."""
        ...

    async def due_by(self, now: datetime, limit: int) -> tuple[Due, ...]:
        """What is due by now, the longest due first, through an index."""
        ...

    async def take_due(
        self,
        due: Due,
        notices: Sequence[Notice],
        now: datetime,
        then: datetime | None = None,
        *,
        guard: Guard | None = None,
    ) -> bool:
        """Take what is due and keep its notices, in one transaction; False where another has taken it.

        With `then` it falls due again at that time. If what `guard` names has changed, it stays due; nothing is kept.
        """
        ...

    async def next_due_at(self) -> datetime | None:
        """When the next of all falls due (None: nothing does), through an index."""
        ...
