"""Sees to what falls due: each kind by a handler of its own, once, whoever looks and however often."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from core.notices import Notice
    from core.ports import Clock
    from core.telling import Agenda, Due

    Handler: TypeAlias = Callable[[Due, datetime], Awaitable["Upshot"]]

MOST_AT_ONCE: Final = 100
ABREAST: Final = 10
"""How many are seen to side by side, so that their commits are shared; few, for people book meanwhile."""
RESTED: Final = timedelta(minutes=1)
"""How long what could not be seen to is left alone."""


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
        self._rests: dict[str, datetime] = {}

    async def see_to(self) -> int:
        """See to all that is due, however much it is; gives how much. What was cut short of a notice for many goes on.

        Where some cannot be seen to, the others are, and then an `ExceptionGroup` tells of the former.
        """
        done, faults = 0, list[Exception]()
        while found := await self._found():
            for outcome in await self._abreast(found):
                if isinstance(outcome, Exception):
                    faults.append(outcome)
                else:
                    done += outcome
            if len(found) < MOST_AT_ONCE:
                break
        while await self._agenda.spread():
            pass
        if faults:
            raise ExceptionGroup("not all that was due could be seen to", faults)
        return done

    async def next(self) -> datetime | None:
        """When the next of all falls due (None: nothing does)."""
        return await self._agenda.next_due_at()

    async def _found(self) -> list[Due]:
        """What is due, without what failed just now: however much of that there is, it stands in nobody's way."""
        now = self._clock.now()
        self._rests = {name: until for name, until in self._rests.items() if until > now}
        due = await self._agenda.due_by(now, MOST_AT_ONCE + len(self._rests))
        return [one for one in due if one.name not in self._rests][:MOST_AT_ONCE]

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
        except Exception as error:  # noqa: BLE001 - as the line above says
            error.add_note(due.name)
            self._rests[due.name] = now + RESTED
            return error

    async def _one(self, due: Due, now: datetime) -> bool:
        notices, then = await self._handlers[due.name.partition(":")[0]](due, now)
        return await self._agenda.take_due(due, notices, now, then)
