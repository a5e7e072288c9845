"""Discord's own rate limits, enforced when a test switches them on."""

from __future__ import annotations

import math
import zlib
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.loopback.discord.clock import Clock

INVALID = (401, 403, 429)
EXEMPT = ("/interactions/", "/webhooks/")


@dataclass
class Window:
    """So many calls in so many seconds, counted from the first."""

    limit: int
    seconds: float
    used: int = 0
    ends: float = 0.0

    def admit(self, now: float) -> bool:
        if now >= self.ends:
            self.used, self.ends = 0, now + self.seconds
        self.used += 1
        return self.used <= self.limit

    def left(self, now: float) -> float:
        return max(self.ends - now, 0.001)


@dataclass
class Sliding:
    """So many calls in any span of so many seconds; one that is refused does not count."""

    limit: int
    seconds: float
    times: deque[float] = field(default_factory=deque)

    def admit(self, now: float) -> bool:
        while self.times and now - self.times[0] >= self.seconds:
            self.times.popleft()
        if len(self.times) >= self.limit:
            return False
        self.times.append(now)
        return True

    def left(self, now: float) -> float:
        return max(self.times[0] + self.seconds - now, 0.001)


class Invalid:
    """Counts the answers of 401, 403 and 429. Too many of them get the bot's address banned by the firewall."""

    def __init__(self, limit: int = 10_000, seconds: float = 600.0) -> None:
        self.limit, self.seconds = limit, seconds
        self._times: deque[float] = deque()

    def count(self, status: int, now: float) -> None:
        if status in INVALID:
            self._times.append(now)

    def is_banned(self, now: float) -> bool:
        while self._times and now - self._times[0] >= self.seconds:
            self._times.popleft()
        return len(self._times) >= self.limit

    def __len__(self) -> int:
        return len(self._times)


@dataclass(frozen=True)
class Verdict:
    """What the limits say to one call: the headers of its answer, and how long to wait if it is not let through."""

    headers: dict[str, str] = field(default_factory=dict)
    retry_after: float | None = None
    is_global: bool = False


class Limits:
    """Off until `enforce`. With a clock that stands still, a limited call never comes through: use SystemClock."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._per_route: tuple[int, float] | None = None
        self._routes: dict[str, tuple[int, float]] = {}
        self._global: Sliding | None = None
        self._windows: dict[tuple[str, str], Window] = {}

    def enforce(
        self,
        *,
        per_route: tuple[int, float] = (5, 5.0),
        routes: dict[str, tuple[int, float]] | None = None,
        per_second: int = 50,
    ) -> None:
        """So many calls in so many seconds for each route and channel, and 50 in any second in all."""
        self._per_route = per_route
        self._routes = routes or {}
        self._global = Sliding(per_second, 1.0)
        self._windows.clear()

    def admit(self, route: str, major: str) -> Verdict:
        if self._per_route is None or self._global is None:
            return Verdict()
        now = self._clock.now()
        exempt = any(part in route for part in EXEMPT)
        if not exempt and not self._global.admit(now):
            return Verdict(global_headers(), self._global.left(now), is_global=True)
        allowed = self._routes.get(route, self._per_route)
        window = self._windows.setdefault((route, major), Window(*allowed))
        admitted = window.admit(now)
        headers = bucket_headers(route, window, now)
        return Verdict(headers, None if admitted else window.left(now))


def spent_headers(route: str, ends: float, left: float) -> dict[str, str]:
    """The headers of a bucket that is spent, for a 429 that a test scripted."""
    return bucket_headers(route, Window(limit=5, seconds=left, used=5, ends=ends), ends - left)


def bucket_headers(route: str, window: Window, now: float) -> dict[str, str]:
    return {
        "X-RateLimit-Limit": str(window.limit),
        "X-RateLimit-Remaining": str(max(window.limit - window.used, 0)),
        "X-RateLimit-Reset": f"{window.ends:.3f}",
        "X-RateLimit-Reset-After": f"{window.left(now):.3f}",
        "X-RateLimit-Bucket": f"{zlib.crc32(route.encode()):08x}",
    }


def global_headers() -> dict[str, str]:
    return {"X-RateLimit-Global": "true", "X-RateLimit-Scope": "global"}


def limited_headers(retry_after: float, *, is_global: bool) -> dict[str, str]:
    """What a 429 carries besides the bucket's headers."""
    headers = {"Retry-After": str(math.ceil(retry_after))}
    return headers | (global_headers() if is_global else {"X-RateLimit-Scope": "user"})
