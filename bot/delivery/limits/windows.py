"""Windows that slide: they count what was sent within the last span.

A token bucket would let twice as much through in its first span, and platforms answer that with 429.
"""

from __future__ import annotations

from bisect import insort
from collections import OrderedDict, deque
from typing import TYPE_CHECKING, Final

from bot.delivery.limits.holds import NOTHING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta

    from bot.base.platform_registry import Limit

EVERYWHERE: Final = ""  # the key of a window over all chats


class Window:
    """One limit, applied to each key separately. It remembers only what was sent within its span."""

    def __init__(self, limit: Limit) -> None:
        """Start with nothing sent."""
        self._limit = limit
        self._sent: OrderedDict[str, deque[datetime]] = OrderedDict()

    def __len__(self) -> int:
        """How many messages are remembered."""
        return sum(map(len, self._sent.values()))

    def room(self, key: str, now: datetime) -> int:
        """How many more messages the limit allows now."""
        return self._limit.most - len(self._recent(key, now))

    def wait(self, key: str, now: datetime, more: int = 1) -> timedelta:
        """How long until the limit allows so many more."""
        recent = self._recent(key, now)
        over = len(recent) + more - self._limit.most
        return recent[over - 1] + self._limit.span - now if over > 0 else NOTHING

    def sent(self, key: str, now: datetime, more: int = 1) -> None:
        """Count a message, or the calls that it takes."""
        self._recent(key, now)
        self._sent.setdefault(key, deque()).extend([now] * more)
        self._sent.move_to_end(key)
        while not self._counts(next(iter(self._sent.values()))[-1], now):
            self._sent.popitem(last=False)

    def recount(self, key: str, at: datetime, later: datetime) -> None:
        """Count a message later than it was counted at first, even if it has been forgotten meanwhile."""
        times = self._sent.setdefault(key, deque())
        if at in times:
            times.remove(at)
        insort(times, later)

    def _recent(self, key: str, now: datetime) -> Sequence[datetime]:
        """What was sent within the span. Times in the future, left from before the clock was set back, do not count."""
        times = self._sent.get(key)
        if times is None:
            return ()
        while times and not self._counts(times[0], now):
            times.popleft()
        if not times:
            del self._sent[key]
        return times

    def _counts(self, at: datetime, now: datetime) -> bool:
        return now - self._limit.span < at <= now
