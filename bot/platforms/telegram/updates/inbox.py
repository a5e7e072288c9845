"""The queue of updates. Whatever Telegram takes for received is on disk until it is finished; see decision 0032."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

import structlog
from telegram import Update
from typing_extensions import override

from bot.platforms.telegram.updates.incoming import NAME
from core.inbox import MOST_STARTS, KeptUpdate
from core.shared.refusals import UnavailableError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from telegram import Bot

    from core.inbox import Inbox
    from core.shared.ports import Clock

log = structlog.get_logger()

LONGEST: Final = 1024 * 1024  # characters of an update; those of Telegram are far shorter
PATIENCE: Final = 60.0  # seconds that an update which may have caused a crash is waited for


class TooLongError(Exception):
    """An update is longer than any of Telegram's."""


@dataclass(slots=True)
class Arrival:
    """When an update arrived, and whether it is on disk (or being written)."""

    update: Update
    at: datetime
    kept: bool
    over: asyncio.Event = field(default_factory=asyncio.Event)


class _Waiting(NamedTuple):
    """An update that is to be written, and what is set once it is."""

    kept: KeptUpdate
    arrival: Arrival
    written: asyncio.Future[None]

    def end(self, error: Exception | None = None) -> None:
        """Let the caller go on, if there still is one."""
        if self.written.done():
            return
        if error is None:
            self.written.set_result(None)
        else:
            self.written.set_exception(error)


class UpdateQueue(asyncio.Queue[object]):
    """The application's queue, in which an update is only once until it is finished.

    By webhook, `put` writes an update to disk before it returns: the library then answers 200, and Telegram forgets the
    update. If `put` raises, the library answers 500 and Telegram sends the update again. By polling, an update is
    forgotten when the next ones are asked for, so `keep_rest` writes only what still is not finished by then.
    """

    def __init__(self, inbox: Inbox, clock: Clock, *, webhook: bool, patience: float = PATIENCE) -> None:
        """Keep updates in `inbox`. `patience` is how long to wait for an update that may have caused a crash."""
        super().__init__()
        self._inbox, self._clock, self._webhook, self._patience = inbox, clock, webhook, patience
        self._arrivals: dict[int, Arrival] = {}
        self._unmarked: set[int] = set()
        self._waiting: list[_Waiting] = []
        self._writing: asyncio.Task[None] | None = None

    @override
    async def put(self, item: object) -> None:
        """Put an update, or the library's own signal. Raises UnavailableError if an update cannot be kept."""
        if not isinstance(item, Update):
            await super().put(item)
            return
        arrival = Arrival(item, self._clock.now(), self._webhook)
        if self._webhook:
            await self._keep(arrival)
        else:
            self._add(arrival)

    def arrival(self, update: Update) -> Arrival:
        """The arrival of an update that is not finished."""
        return self._arrivals[update.update_id]

    async def keep_rest(self) -> None:
        """Write to disk what is not finished and not there yet. Raises UnavailableError if that fails."""
        rest = [arrival for arrival in self._arrivals.values() if not arrival.kept]
        if not rest:
            return
        for arrival in rest:
            arrival.kept = True  # from now on, finishing it must delete what is being written
        try:
            await self._inbox.keep(NAME, [_kept(arrival) for arrival in rest])
        except Exception:
            for arrival in rest:
                arrival.kept = False
            raise

    async def finish(self, update: Update) -> None:
        """An update was handled: delete what is on disk. If that fails, it is done together with the next one."""
        number, arrival = update.update_id, self.arrival(update)
        if arrival.kept:
            await self._mark(number)
        self.leave(update)

    def leave(self, update: Update) -> None:
        """An update is no longer under way in this process; it stays on disk if it is not finished."""
        self._arrivals.pop(update.update_id).over.set()

    async def recover(self, bot: Bot) -> None:
        """Put again what earlier processes left unfinished, oldest first.

        What a process has begun again before and not finished may have ended that process. Such updates are handled one
        after another, so that only the guilty one uses up its starts, and nobody else's update is given up with it.
        """
        unfinished = await self._inbox.unfinished(NAME)
        hopeless = [one for one in unfinished if one.starts >= MOST_STARTS]
        for one in hopeless:
            log.error("update given up", platform=NAME, update=one.number, starts=one.starts)
        await self._inbox.finish(NAME, [one.number for one in hopeless])
        for suspect in (one for one in unfinished if 0 < one.starts < MOST_STARTS):
            await self._begin([suspect], bot)
            await self._wait_for(suspect.number)
        await self._begin([one for one in unfinished if not one.starts], bot)

    async def _keep(self, arrival: Arrival) -> None:
        """Have an update written, together with all that arrive while an earlier write is under way."""
        kept = _kept(arrival)
        if len(kept.body) > LONGEST:
            log.warning("update refused", platform=NAME, updates=[kept.number], why="too long")
            raise TooLongError
        waiting = _Waiting(kept, arrival, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
        await waiting.written

    async def _write(self) -> None:
        """Write all that wait, again and again until none do."""
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                wanted = await self._inbox.keep(NAME, [one.kept for one in batch])
            except Exception as error:  # noqa: BLE001 - whatever it is, each caller gets it
                numbers = [one.kept.number for one in batch]
                log.warning("update refused", platform=NAME, updates=numbers, why=_why(error))
                for one in batch:
                    one.end(error)
            else:
                for one in batch:
                    if one.kept.number in wanted:
                        self._add(one.arrival)  # before anything else is finished, so that none is put twice
                    one.end()

    def _add(self, arrival: Arrival) -> None:
        number = arrival.update.update_id
        if number not in self._arrivals and number not in self._unmarked:
            self._arrivals[number] = arrival
            self.put_nowait(arrival.update)

    async def _mark(self, number: int) -> None:
        numbers = [number, *self._unmarked]
        try:
            await self._inbox.finish(NAME, numbers)
        except UnavailableError as error:
            self._unmarked.add(number)
            log.warning("update not marked as finished", platform=NAME, update=number, why=str(error.why))
        else:
            self._unmarked.difference_update(numbers)

    async def _begin(self, kept: Sequence[KeptUpdate], bot: Bot) -> None:
        await self._inbox.begin(NAME, [one.number for one in kept])
        for one in kept:
            log.info("update begun again", platform=NAME, update=one.number, starts=one.starts + 1)
            update = _read(one, bot)
            if update is None:
                log.error("update given up", platform=NAME, update=one.number, why="it cannot be read")
                await self._inbox.finish(NAME, [one.number])
            else:
                self._add(Arrival(update, one.at, kept=True))

    async def _wait_for(self, number: int) -> None:
        arrival = self._arrivals.get(number)
        if arrival is not None:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._patience):
                    await arrival.over.wait()


def _kept(arrival: Arrival) -> KeptUpdate:
    return KeptUpdate(arrival.update.update_id, arrival.update.to_json(), arrival.at)


def _why(error: Exception) -> str:
    return str(error.why) if isinstance(error, UnavailableError) else type(error).__name__


def _read(kept: KeptUpdate, bot: Bot) -> Update | None:
    """The update; None if this version of the library cannot read what an earlier one could."""
    try:
        return Update.de_json(json.loads(kept.body), bot)
    except Exception:  # noqa: BLE001 - whatever it is, the others must be handled; the error's text may be private
        return None
