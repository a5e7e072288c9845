"""The drawings under way, each under a token by which whoever asked for it can stop it."""

from __future__ import annotations

import asyncio
import secrets
from collections import Counter, deque
from contextlib import asynccontextmanager
from enum import Enum, auto
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.pictures.studio import BusyError, WorkerStudio

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Hashable

    from bot.pictures.model import Chart
    from bot.pictures.studio import Studio

GRACE: Final = 0.8
"""Seconds that an answer waits for its picture. Then it says that the picture is being drawn."""
MOST_EACH: Final = 4
"""How many drawings one person may have under way or waiting, so that nobody keeps the others waiting."""
REMEMBERED: Final = 200
MOST_TOKEN: Final = 10**9


class Stop(Enum):
    """What became of the wish to stop a drawing."""

    STOPPED = auto()
    DRAWN = auto()
    """It was done before."""
    OTHERS = auto()
    """Somebody else asked for it, and it goes on."""
    UNKNOWN = auto()
    """This process knows of no such drawing: the bot was started again since."""


class Drawing(NamedTuple):
    """A drawing under way."""

    token: int
    picture: asyncio.Task[bytes]


class Drawings:
    """Begins drawings in a studio, and stops them."""

    def __init__(self, studio: Studio, *, grace: float = GRACE) -> None:
        """Draw in `studio`. `grace` is how many seconds an answer waits for its picture."""
        self._studio, self.grace = studio, grace
        self._running: dict[int, tuple[Hashable, asyncio.Task[bytes]]] = {}
        self._done: deque[int] = deque(maxlen=REMEMBERED)

    def begin(self, owner: Hashable, chart: Chart) -> Drawing:
        """Begin a drawing for somebody. Raises BusyError if they have too many under way."""
        if Counter(one for one, _ in self._running.values())[owner] >= MOST_EACH:
            raise BusyError
        token, task = secrets.randbelow(MOST_TOKEN) + 1, asyncio.create_task(self._studio.draw(chart))
        self._running[token] = owner, task
        task.add_done_callback(lambda _: self._ended(token))
        return Drawing(token, task)

    def stop(self, owner: Hashable, token: int) -> Stop:
        """Stop a drawing of theirs."""
        if token not in self._running:
            return Stop.DRAWN if token in self._done else Stop.UNKNOWN
        whose, task = self._running[token]
        if whose != owner:
            return Stop.OTHERS
        task.cancel()
        return Stop.STOPPED

    async def close(self) -> None:
        """Stop all of them, because the bot ends."""
        tasks = [task for _, task in self._running.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _ended(self, token: int) -> None:
        _, task = self._running.pop(token)
        if not task.cancelled():
            self._done.append(token)
            task.exception()  # whoever waited has it, or nobody waits any more


@asynccontextmanager
async def open_drawings() -> AsyncGenerator[Drawings]:
    """Drawings in a process of their own. At the end of the block they are stopped, and the process ends."""
    studio = WorkerStudio()
    drawings = Drawings(studio)
    try:
        yield drawings
    finally:
        await drawings.close()
        await studio.close()
