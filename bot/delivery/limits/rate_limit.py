"""The rate limits of a platform: so many messages in any span of time, overall, in each chat and in each group."""

from __future__ import annotations

from collections import deque
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.base.platform_registry import limits_of
from bot.delivery.limits.holds import NOTHING, Hold
from bot.delivery.limits.openings import Openings
from bot.delivery.limits.windows import EVERYWHERE, Window

if TYPE_CHECKING:
    from datetime import datetime

    from bot.base.platform_registry import Limits

OF_LATE: Final = 100  # the number of latest answers, of which the quickest shows the shortest round trip
SLACK: Final = timedelta(milliseconds=10)  # how much the one-way delay may vary within an equal round trip


class RateLimiter:
    """Says how long a message must wait for a platform's limits, and for holds that the platform asked for."""

    def __init__(self, limits: Limits) -> None:
        """Start with nothing sent and no holds."""
        self._overall, self._chat = Window(limits.overall), Window(limits.chat)
        self._group = None if limits.group is None else Window(limits.group)
        self._openings = None if limits.openings is None else Openings(limits.openings)
        self._held: dict[str | None, Hold] = {}
        self._took = deque([NOTHING], OF_LATE)  # at first the way may be of any length

    def __len__(self) -> int:
        """How many messages and holds are remembered."""
        groups = 0 if self._group is None else len(self._group)
        opened = 0 if self._openings is None else len(self._openings)
        return len(self._overall) + len(self._chat) + groups + opened + len(self._held)

    def room(self, now: datetime) -> int:
        """How many messages the overall limit allows now."""
        return 0 if self._hold(None, now) else self._overall.room(EVERYWHERE, now)

    def pause(self, now: datetime) -> timedelta:
        """How long no chat at all may be written to. Forgets the holds that have ended."""
        self._held = {chat: hold for chat, hold in self._held.items() if hold.left(now)}
        return max(self._hold(None, now), self._overall.wait(EVERYWHERE, now))

    def wait(self, chat: str, now: datetime, *, group: bool, calls: int = 1, urgent: bool = False) -> timedelta:
        """How long a message to a chat must wait; `calls` is what it counts against the overall limit.

        One that takes more than one call opens its chat first, and waits for its turn if openings have a limit.
        """
        waits = [window.wait(key, now) for window, key in self._windows(chat, group=group)]
        waits.append(self._overall.wait(EVERYWHERE, now, calls))
        if calls > 1 and self._openings is not None:
            waits.append(self._openings.wait(chat, now, urgent=urgent))
        return max(self._hold(None, now), self._hold(chat, now), *waits)

    def sent(self, chat: str, now: datetime, *, group: bool, calls: int = 1) -> None:
        """Count a message as it is sent. The platform counts it too, whatever becomes of it."""
        for window, key in self._windows(chat, group=group):
            window.sent(key, now)
        self._overall.sent(EVERYWHERE, now, calls - 1)  # the calls before the one that counts as the message
        if calls > 1 and self._openings is not None:
            self._openings.opening(chat, now)

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
        if calls > 1 and self._openings is not None:
            self._openings.succeeded(sent)

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

    def hold_openings(self, began: datetime, now: datetime) -> None:
        """Open no chat for a time, longer each time, as the platform refused an opening that `began` then."""
        if self._openings is not None:
            self._openings.refused(began, now)


def rate_limiter_for(platform: str, openings: int | None = None) -> RateLimiter:
    """Make the rate limiter of a platform, with the usual limits if it has none of its own.

    `openings` is how many private chats may be opened in the platform's span for that, if not as many as usual.
    """
    limits = limits_of(platform)
    if limits.openings is not None and openings is not None:
        limits = limits._replace(openings=limits.openings._replace(most=openings))
    return RateLimiter(limits)
