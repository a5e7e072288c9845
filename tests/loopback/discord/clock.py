"""The server's clock, and the ids that are made from it."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol

DISCORD_EPOCH = 1_420_070_400_000


class Clock(Protocol):
    """What time it is, in seconds since 1970."""

    def now(self) -> float: ...


class ManualClock:
    """Stands still at the time of its making until a test moves it."""

    def __init__(self, start: float | None = None) -> None:
        self._now = time.time() if start is None else start

    def now(self) -> float:
        return self._now

    def advance(self, seconds: float) -> None:
        self._now += seconds


class SystemClock:
    """The machine's own: for tests in which the library itself waits out a limit."""

    def now(self) -> float:
        return time.time()


class Snowflakes:
    """Ids as Discord makes them: the time above, a counter below."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._count = 0

    def make(self) -> int:
        self._count += 1
        return ((int(self._clock.now() * 1000) - DISCORD_EPOCH) << 22) | (self._count & 0x3FFFFF)


def iso(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat()
