"""Guesses whether a rate limit is a chat's or the whole bot's, which Telegram does not say."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from core.delivery.outcome import Later
from core.shared.clock_steps import has_passed

if TYPE_CHECKING:
    from datetime import datetime

    from core.shared.ports import Clock


class Limits:
    """A limit counts as the chat's own, unless another chat hit one that still lasts: then it is the whole bot's."""

    def __init__(self, clock: Clock) -> None:
        """Start without limits."""
        self._clock = clock
        self._last: tuple[int, datetime, timedelta] | None = None

    def hit(self, chat: int, seconds: float) -> Later:
        """The outcome of a message that was refused for this many seconds."""
        now, wait, before = self._clock.now(), timedelta(seconds=seconds), self._last
        self._last = chat, now, wait
        if before is None:
            return Later(wait)
        other, since, span = before
        return Later(wait, all=other != chat and not has_passed(span, since, now))

    def passed(self) -> None:
        """A message went through, so the bot as a whole is not limited."""
        self._last = None
