"""Sees to what falls due: each kind by a handler of its own, once, whoever looks and however often."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence
    from datetime import datetime

    from core.notices import Notice
    from core.ports import Clock
    from core.telling import Agenda, Due

    Handler: TypeAlias = Callable[[Due, datetime], Awaitable["Upshot"]]

MOST_AT_ONCE: Final = 100


class Upshot(NamedTuple):
    """What came of something that fell due: what is to be told, and when it falls due again (None: never)."""

    notices: Sequence[Notice] = ()
    then: datetime | None = None


class Duties:
    """What falls due. The part of a name before its first colon says which handler sees to it.

    A handler does no harm when it is asked twice about the same: what it gives counts only where the due time was won.
    """

    def __init__(self, agenda: Agenda, clock: Clock, handlers: Mapping[str, Handler]) -> None:
        """See to what stands in `agenda`; the time is asked of `clock` and of nothing else."""
        self._agenda, self._clock, self._handlers = agenda, clock, handlers

    async def see_to(self) -> int:
        """See to all that is due; gives how much.

        Where some cannot be seen to, the others are, and then an `ExceptionGroup` tells of the former.
        """
        now, done = self._clock.now(), 0
        faults: list[Exception] = []
        for due in await self._agenda.due_by(now, MOST_AT_ONCE):
            try:
                done += await self._one(due, now)
            except Exception as error:  # noqa: BLE001 - what is broken must not keep the others from being told
                error.add_note(due.name)
                faults.append(error)
        if faults:
            raise ExceptionGroup("not all that was due could be seen to", faults)
        return done

    async def next(self) -> datetime | None:
        """When the next of all falls due (None: nothing does)."""
        return await self._agenda.next_due_at()

    async def _one(self, due: Due, now: datetime) -> bool:
        notices, then = await self._handlers[due.name.partition(":")[0]](due, now)
        return await self._agenda.take_due(due, notices, now, then)
