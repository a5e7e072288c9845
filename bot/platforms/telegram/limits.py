"""Whose limit was hit, of which Telegram says nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from core.delivery.outcome import Later

if TYPE_CHECKING:
    from datetime import datetime

    from core.shared.ports import Clock


class Limits:
    """A limit counts as one chat's own, until another chat hits one within its time: then it is the whole bot's."""

    def __init__(self, clock: Clock) -> None:
        """Tell the time by `clock`."""
        self._clock = clock
        self._last: tuple[int, datetime] | None = None

    def hit(self, chat: int, seconds: float) -> Later:
        """A message to a chat was refused for so many seconds."""
        now, wait, before = self._clock.now(), timedelta(seconds=seconds), self._last
        self._last = chat, now + wait
        return Later(wait, all=before is not None and before[0] != chat and now < before[1])

    def passed(self) -> None:
        """A message went through, so that no limit holds the whole bot."""
        self._last = None
