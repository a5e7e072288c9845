"""Waiting for something to become true, woken by what happens on the server and by nothing else."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

from tests.patience import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class NothingHappenedError(AssertionError):
    """What a test waited for did not come."""


class Pulse:
    """Beats at every change of the server; whoever waits looks again at each beat."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def beat(self) -> None:
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)

    async def until(self, probe: Callable[[], T | None], what: str, patience: float = PATIENCE) -> T:
        """The first answer of probe that counts as true."""
        try:
            async with asyncio.timeout(patience):
                while not (found := probe()):
                    await self._next_beat()
                return found
        except TimeoutError:
            raise NothingHappenedError(f"waited {patience} s in vain for {what}") from None

    async def _next_beat(self) -> None:
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(waiter)
        try:
            await waiter
        finally:
            self._waiting.discard(waiter)
