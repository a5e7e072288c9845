"""The rate limits of a platform: so many messages in any span of time, overall, in each chat and in each group.

The windows slide: they count what was sent within the last span. A token bucket would let twice as much through in its
first span, and platforms answer that with 429.
"""

from __future__ import annotations

from bisect import insort
from collections import OrderedDict, deque
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.base.platform_registry import limits_of
from core.shared.clock_steps import was_ahead

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.base.platform_registry import Limit, Limits

NOTHING: Final = timedelta()
EVERYWHERE: Final = ""  # the key of a window over all chats
OF_LATE: Final = 100  # the number of latest answers, of which the quickest shows the shortest round trip
SLACK: Final = timedelta(milliseconds=10)  # how much the one-way delay may vary within an equal round trip


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


class Hold(NamedTuple):
    """A pause that the platform asked for."""

    since: datetime
    until: datetime

    def left(self, now: datetime) -> timedelta:
        """How much of it is left. One that begins in the future does not count: the clock was ahead then."""
        return NOTHING if was_ahead(self.since, now) else max(self.until - now, NOTHING)


class RateLimiter:
    """Says how long a message must wait for a platform's limits, and for holds that the platform asked for."""

    def __init__(self, limits: Limits) -> None:
        """Start with nothing sent and no holds."""
        self._overall, self._chat = Window(limits.overall), Window(limits.chat)
        self._group = None if limits.group is None else Window(limits.group)
        self._held: dict[str | None, Hold] = {}
        self._took = deque([NOTHING], OF_LATE)  # at first the way may be of any length

    def __len__(self) -> int:
        """How many messages and holds are remembered."""
        groups = 0 if self._group is None else len(self._group)
        return len(self._overall) + len(self._chat) + groups + len(self._held)

    def room(self, now: datetime) -> int:
        """How many messages the overall limit allows now."""
        return 0 if self._hold(None, now) else self._overall.room(EVERYWHERE, now)

    def pause(self, now: datetime) -> timedelta:
        """How long no chat at all may be written to. Forgets the holds that have ended."""
        self._held = {chat: hold for chat, hold in self._held.items() if hold.left(now)}
        return max(self._hold(None, now), self._overall.wait(EVERYWHERE, now))

    def wait(self, chat: str, now: datetime, *, group: bool, calls: int = 1) -> timedelta:
        """How long a message to a chat must wait; `calls` is what it counts against the overall limit."""
        waits = [window.wait(key, now) for window, key in self._windows(chat, group=group)]
        waits.append(self._overall.wait(EVERYWHERE, now, calls))
        return max(self._hold(None, now), self._hold(chat, now), *waits)

    def sent(self, chat: str, now: datetime, *, group: bool, calls: int = 1) -> None:
        """Count a message as it is sent. The platform counts it too, whatever becomes of it."""
        for window, key in self._windows(chat, group=group):
            window.sent(key, now)
        self._overall.sent(EVERYWHERE, now, calls - 1)  # the calls before the one that counts as the message

    def answered(
        self, chat: str, sent: datetime, began: datetime, now: datetime, *, group: bool, calls: int = 1
    ) -> None:
        """Correct the time of a message that was counted at `sent`, now that its calls, since `began`, are answered.

        The platform counts a message when it arrives. If the answer took longer than the quickest recent one, nobody
        knows whether the message or the answer was delayed, so it counts from the latest time it can have arrived.
        """
        self._took.append((now - began) / calls)
        arrived = max(now - max(min(self._took) - SLACK, NOTHING), sent)
        for window, key in self._windows(chat, group=group):
            window.recount(key, sent, arrived)

    def _windows(self, chat: str, *, group: bool) -> tuple[tuple[Window, str], ...]:
        """The windows in which a message to a chat counts, each with its key there."""
        windows = ((self._overall, EVERYWHERE), (self._chat, chat))
        return windows if self._group is None or not group else (*windows, (self._group, chat))

    def hold(self, chat: str | None, now: datetime, wait: timedelta) -> None:
        """Send nothing to a chat (None: to any chat) for a time, as the platform asked. The longest hold counts."""
        if wait > self._hold(chat, now):
            self._held[chat] = Hold(now, now + wait)

    def _hold(self, chat: str | None, now: datetime) -> timedelta:
        return self._held[chat].left(now) if chat in self._held else NOTHING


def rate_limiter_for(platform: str) -> RateLimiter:
    """Make the rate limiter of a platform, with the usual limits if it has none of its own."""
    return RateLimiter(limits_of(platform))
