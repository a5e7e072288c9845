"""What is under way for people, each under a token by which whoever asked for it can stop it."""

from __future__ import annotations

import asyncio
import secrets
from collections import Counter, deque
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, Final, Generic, NamedTuple, TypeVar

from bot.processes.errors import BusyError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Hashable

T = TypeVar("T")
GRACE: Final = 0.8
"""Seconds that an answer waits for what it is about. Then it says that this is under way."""
MOST_EACH: Final = 4
"""How much one person may have under way or waiting, so that nobody keeps the others waiting."""
REMEMBERED: Final = 200
MOST_TOKEN: Final = 10**9


class Stop(Enum):
    """What became of the wish to stop something."""

    STOPPED = auto()
    DONE = auto()
    """It was done before."""
    OTHERS = auto()
    """Somebody else asked for it, and it goes on."""
    UNKNOWN = auto()
    """This process knows of nothing under that token: the bot was started again since."""


class Owned(NamedTuple, Generic[T]):
    """A task under way, and its token."""

    token: int
    task: asyncio.Task[T]


class OwnedTasks(Generic[T]):
    """Begins tasks for people, and stops them."""

    def __init__(self) -> None:
        self._running: dict[int, tuple[Hashable, asyncio.Task[T]]] = {}
        self._done: deque[int] = deque(maxlen=REMEMBERED)

    def begin(self, owner: Hashable, work: Callable[[], Coroutine[Any, Any, T]]) -> Owned[T]:
        """Begin a task for somebody. Raises BusyError if they have too many under way."""
        if self.under_way(owner) >= MOST_EACH:
            raise BusyError
        token, task = secrets.randbelow(MOST_TOKEN) + 1, asyncio.create_task(work())
        self._running[token] = owner, task
        task.add_done_callback(lambda _: self._ended(token))
        return Owned(token, task)

    def under_way(self, owner: Hashable) -> int:
        """How many tasks of theirs are under way."""
        return Counter(one for one, _ in self._running.values())[owner]

    def stop(self, owner: Hashable, token: int) -> Stop:
        """Stop a task of theirs."""
        if token not in self._running:
            return Stop.DONE if token in self._done else Stop.UNKNOWN
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
