"""Sees to what falls due: each kind by a handler of its own, once, whoever looks and however often."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from core.errors import UnavailableError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence
    from datetime import datetime

    from core.notices import Notice
    from core.ports import Clock
    from core.telling import Agenda, Due

    Handler: TypeAlias = Callable[[Due, datetime], Awaitable["Upshot"]]

MOST_AT_ONCE: Final = 100
FIRST_PAUSE: Final = timedelta(minutes=1)
LONGEST_PAUSE: Final = timedelta(hours=1)


class Upshot(NamedTuple):
    """What came of something that fell due: what is to be told, and when it falls due again (None: never)."""

    notices: Sequence[Notice] = ()
    then: datetime | None = None


class Failing(NamedTuple):
    """Something due that could not be seen to: with which kind of error, how often, and when it is tried again."""

    name: str
    kind: str
    times: int
    again: datetime


class Duties:
    """What falls due. The part of a name before its first colon says which handler sees to it.

    A handler does no harm when it is asked twice about the same: what it gives counts only where the due time was won.
    What it cannot see to falls due again later, after a pause that doubles up to an hour, so that it holds up nothing
    behind it. A handler must therefore not take the time at which it is asked for the time that was meant.
    """

    def __init__(self, agenda: Agenda, clock: Clock, handlers: Mapping[str, Handler]) -> None:
        """See to what stands in `agenda`; the time is asked of `clock` and of nothing else."""
        self._agenda, self._clock, self._handlers = agenda, clock, handlers
        self._failing: dict[str, Failing] = {}

    async def see_to(self) -> int:
        """See to all that is due; gives how much.

        Where some cannot be seen to, the others are, and then an `ExceptionGroup` tells of the former.
        """
        now, done = self._clock.now(), 0
        faults: list[Exception] = []
        for due in await self._agenda.due_by(now, MOST_AT_ONCE):
            try:
                done += await self._one(due, now)
            except UnavailableError:
                raise  # the books are out of reach: that is no fault of what is due
            except Exception as error:  # noqa: BLE001 - what is broken must not keep the others from being told
                error.add_note(due.name)
                faults.append(error)
                await self._put_off(due, error, now)
        if faults:
            raise ExceptionGroup("not all that was due could be seen to", faults)
        return done

    def failing(self) -> tuple[Failing, ...]:
        """What could not be seen to and is tried again; what another process has seen to meanwhile is not."""
        now = self._clock.now()
        self._failing = {name: one for name, one in self._failing.items() if now <= one.again + FIRST_PAUSE}
        return tuple(self._failing.values())

    async def next(self) -> datetime | None:
        """When the next of all falls due (None: nothing does)."""
        return await self._agenda.next_due_at()

    async def _one(self, due: Due, now: datetime) -> bool:
        notices, then = await self._handlers[due.name.partition(":")[0]](due, now)
        won = await self._agenda.take_due(due, notices, now, then)
        self._failing.pop(due.name, None)
        return won

    async def _put_off(self, due: Due, error: Exception, now: datetime) -> None:
        """Let what could not be seen to fall due later; how often it failed is forgotten with the process."""
        before = self._failing.get(due.name)
        times = 1 if before is None else before.times + 1
        again = now + min(FIRST_PAUSE * 2 ** min(times - 1, 10), LONGEST_PAUSE)
        with suppress(UnavailableError):  # then it stays as it was, and is tried at the next look
            await self._agenda.take_due(due, (), now, again)
            self._failing[due.name] = Failing(due.name, type(error).__name__, times, again)
