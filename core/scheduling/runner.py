"""Sees to what falls due: each kind by a handler of its own, once, whoever looks and however often."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from core.shared.backoff import backed_off
from core.shared.refusals import UnavailableError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
    from datetime import datetime
    from typing import TypeAlias

    from core.delivery.ports import Outbox
    from core.scheduling.ports import Agenda
    from core.scheduling.task import Due, Upshot
    from core.shared.ports import Clock

    Handler: TypeAlias = Callable[[Due, datetime], Awaitable["Upshot"]]

MOST_AT_ONCE: Final = 100
ABREAST: Final = 10
"""How many are seen to side by side, so that their commits are shared; few, for people book meanwhile."""
FIRST_PAUSE: Final = timedelta(minutes=1)
LONGEST_PAUSE: Final = timedelta(hours=1)


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

    def __init__(self, tasks: Agenda, outbox: Outbox, clock: Clock, handlers: Mapping[str, Handler]) -> None:
        """See to what stands in `tasks`, and to notices for many in `outbox`; the time is that of `clock`."""
        self._tasks, self._outbox, self._clock, self._handlers = tasks, outbox, clock, handlers
        self._failing: dict[str, Failing] = {}

    async def see_to(self) -> int:
        """See to all that is due, however much it is; gives how much. What was cut short of a notice for many goes on.

        Where some cannot be seen to, the others are, and then an `ExceptionGroup` tells of the former.
        """
        done, faults = 0, list[Exception]()
        while found := await self._tasks.due_by(self._clock.now(), MOST_AT_ONCE):
            for outcome in await self._abreast(found):
                if isinstance(outcome, UnavailableError):
                    raise outcome  # the books are out of reach: that is no fault of what is due
                if isinstance(outcome, Exception):
                    faults.append(outcome)
                else:
                    done += outcome
            if len(found) < MOST_AT_ONCE:
                break
        while await self._outbox.spread():
            pass
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
        return await self._tasks.next_due_at()

    async def _abreast(self, found: Sequence[Due]) -> list[bool | Exception]:
        """See to them side by side, but to what is about the same thing in its order."""
        about: defaultdict[str, list[Due]] = defaultdict(list)
        for due in found:
            about[due.name.rpartition(":")[0]].append(due)
        room = asyncio.Semaphore(ABREAST)
        outcomes = await asyncio.gather(*(self._in_turn(those, room) for those in about.values()))
        return [outcome for those in outcomes for outcome in those]

    async def _in_turn(self, those: Iterable[Due], room: asyncio.Semaphore) -> list[bool | Exception]:
        async with room:
            return [await self._attempt(due) for due in those]

    async def _attempt(self, due: Due) -> bool | Exception:
        """Whether it was seen to here; what is broken must not keep the others from being told."""
        now = self._clock.now()
        try:
            return await self._one(due, now)
        except UnavailableError as outage:
            return outage
        except Exception as error:  # noqa: BLE001 - as the line above says
            error.add_note(due.name)
            await self._put_off(due, error, now)
            return error

    async def _one(self, due: Due, now: datetime) -> bool:
        notices, then, guard = await self._handlers[due.name.partition(":")[0]](due, now)
        won = await self._tasks.take_due(due, notices, now, then, guard=guard)
        self._failing.pop(due.name, None)
        return won

    async def _put_off(self, due: Due, error: Exception, now: datetime) -> None:
        """Let what could not be seen to fall due later; how often it failed is forgotten with the process."""
        before = self._failing.get(due.name)
        times = 1 if before is None else before.times + 1
        again = now + backed_off(FIRST_PAUSE, times - 1, LONGEST_PAUSE)
        with suppress(UnavailableError):  # then it stays as it was, and is tried at the next look
            await self._tasks.take_due(due, (), now, again)
            self._failing[due.name] = Failing(due.name, type(error).__name__, times, again)
