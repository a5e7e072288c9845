"""A clock that the processes of a trial share. What they do moves it; how fast the machine is does not."""

from __future__ import annotations

import asyncio
import math
import os
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Generator

BEGINNING: Final = datetime(2026, 1, 10, 9, 0, tzinfo=UTC)
TURN: Final = 0.03
"""Seconds that a turn of a sender takes, so that messages go out about as fast as the platforms take them."""
LOOK: Final = 0.05


@dataclass(frozen=True)
class SharedClock:
    """The time is the length of a file, in milliseconds.

    Appending is atomic, so that no process that is killed or stopped meanwhile can harm it. One process at a time moves
    the clock, the one that took it last; another only sees the time go by.
    """

    folder: Path

    def now(self) -> datetime:
        return BEGINNING + timedelta(milliseconds=self._time.stat().st_size if self._time.exists() else 0)

    def pass_(self, seconds: float) -> None:
        """Let time go by."""
        with self._time.open("ab", buffering=0) as file:
            file.write(bytes(math.ceil(seconds * 1000)))

    def take(self) -> None:
        """Let this process move the clock from now on, and no other."""
        self._mover.write_text(str(os.getpid()))

    async def rest(self, ended: Callable[[], Awaitable[None]], seconds: float) -> None:
        """Rest for a time after a turn. It goes by only once `ended` says that nothing is under way any more."""
        until = self.now() + timedelta(seconds=seconds)
        if self._moves():
            self.pass_(TURN)
        if seconds:
            await ended()
        while self.now() < until:
            if self._moves():
                self.pass_(seconds)
            else:
                await asyncio.sleep(LOOK)

    def _moves(self) -> bool:
        return self._mover.read_text() == str(os.getpid())

    @property
    def _time(self) -> Path:
        return self.folder / "time"

    @property
    def _mover(self) -> Path:
        return self.folder / "mover"


@contextmanager
def a_clock() -> Generator[SharedClock]:
    """A clock for the length of a block."""
    with TemporaryDirectory(prefix="clock-") as folder:
        yield SharedClock(Path(folder))
