"""Telegram's own limits, in sliding windows, enforced when a test switches them on."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from tests.loopback.telegram.wire import too_many

if TYPE_CHECKING:
    from tests.loopback.telegram.chats import Chat

COUNTED = ("send", "edit")
UNCOUNTED = "sendchataction"


class Clock(Protocol):
    """What time it is."""

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's own."""

    def now(self) -> datetime:
        return datetime.now(UTC)


@dataclass
class Window:
    """At most so many messages in any span of so many seconds."""

    limit: int
    seconds: float
    times: deque[datetime] = field(default_factory=deque)

    def wait(self, now: datetime) -> float:
        """Seconds until one more fits; 0 if it fits now."""
        while self.times and (now - self.times[0]).total_seconds() >= self.seconds:
            self.times.popleft()
        if len(self.times) < self.limit:
            return 0.0
        return self.seconds - (now - self.times[0]).total_seconds()


class Limits:
    """Off until `enforce`. On a clock that stands still a limited message never gets through."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._on = False
        self._everywhere = Window(30, 1.0)
        self._per_chat = self._per_group = 0
        self._chats: dict[int, list[Window]] = {}

    def enforce(self, *, per_second: int = 30, per_chat: int = 1, per_group: int = 20) -> None:
        """So many a second over all chats, so many a second in one chat, so many a minute in one group."""
        self._on = True
        self._everywhere = Window(per_second, 1.0)
        self._per_chat, self._per_group = per_chat, per_group
        self._chats.clear()

    def relax(self) -> None:
        self._on = False

    def admit(self, method: str, chat: Chat | None) -> None:
        """A refused message does not count towards the limits."""
        name = method.lower()
        if not self._on or chat is None or not name.startswith(COUNTED) or name == UNCOUNTED:
            return
        now, windows = self._clock.now(), [self._everywhere, *self._windows(chat)]
        wait = max(window.wait(now) for window in windows)
        if wait > 0:
            raise too_many(max(math.ceil(wait), 1))
        for window in windows:
            window.times.append(now)

    def _windows(self, chat: Chat) -> list[Window]:
        if chat.id not in self._chats:
            windows = [Window(self._per_chat, 1.0)]
            if chat.is_group:
                windows.append(Window(self._per_group, 60.0))
            self._chats[chat.id] = windows
        return self._chats[chat.id]
