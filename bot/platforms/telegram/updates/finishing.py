"""Handles each update until it is finished."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Final, Protocol

from bot.base.waiting import first_of
from core.shared.backoff import backed_off

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Awaitable, Callable

    from telegram import Update

    from bot.platforms.telegram.updates.inbox import Arrival, UpdateQueue

    Pause = Callable[[float], Awaitable[None]]

FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 60.0


class Handler(Protocol):
    """Handles updates."""

    async def handle(self, arrival: Arrival) -> bool:
        """Handle an update; False if the store is out of reach and nobody was notified of that."""
        ...


class Finisher:
    """Retries an update that is on disk until the store is back; at the end of the process it stays there."""

    def __init__(self, updates: UpdateQueue, handler: Handler, pause: Pause, ending: asyncio.Event) -> None:
        """Once `ending` is set, nothing is retried."""
        self._updates, self._handler, self._pause, self._ending = updates, handler, pause, ending

    async def handle(self, update: Update, _context: object = None) -> None:
        """Handle an update of the queue. The person's next updates wait meanwhile, so that their order is kept."""
        arrival = self._updates.arrival(update)
        for tried in count():
            if await self._handler.handle(arrival):
                await self._updates.finish(update)
                return
            await first_of(self._pause(backed_off(FIRST_PAUSE, tried, LONGEST_PAUSE)), self._ending.wait())
            if self._ending.is_set():
                self._updates.leave(update)
                return
