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
    """Beats at every change on the server; whoever waits looks again at each beat."""

    def __init__(self) -> None:
        self._sleepers: set[asyncio.Future[None]] = set()

    def beat(self) -> None:
        for sleeper in self._sleepers:
            if not sleeper.done():
                sleeper.set_result(None)

    async def next(self) -> None:
        sleeper: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._sleepers.add(sleeper)
        try:
            await sleeper
        finally:
            self._sleepers.discard(sleeper)

    async def until(self, probe: Callable[[], T | None], what: str, patience: float = PATIENCE) -> T:
        """The first answer of probe that is neither None nor False."""
        try:
            async with asyncio.timeout(patience):
                while (found := probe()) is None or found is False:
                    await self.next()
                return found
        except TimeoutError:
            raise NothingHappenedError(f"waited {patience} s in vain for {what}") from None
