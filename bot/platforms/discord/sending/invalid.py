"""Counts the answers for which Discord bans an address: 10,000 of 401, 403 or 429 in ten minutes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import structlog

from bot.base.platform_registry import Limit
from bot.delivery.limits.windows import EVERYWHERE, Window

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from core.shared.ports import Clock

log = structlog.get_logger()

SPAN: Final = timedelta(minutes=10)
FOR_NOTICES: Final = 5_000
FOR_ANSWERS: Final = 9_000
COUNTED: Final = frozenset({401, 403, 429})


class InvalidAnswers:
    """Stops the calls well before the ban: notices first, answers to people later."""

    def __init__(self, clock: Clock, notices: int = FOR_NOTICES, answers: int = FOR_ANSWERS) -> None:
        """Allow so many invalid answers in ten minutes before notices wait, and before everything waits."""
        self._clock = clock
        self._notices, self._answers = Window(Limit(notices, SPAN)), Window(Limit(answers, SPAN))
        self._paused_until: datetime | None = None

    def count(self, status: int, headers: Mapping[str, str]) -> None:
        """Count an answer if it is one of those. A limit that many bots share is nobody's fault."""
        if status in COUNTED and headers.get("X-RateLimit-Scope") != "shared":
            now = self._clock.now()
            self._notices.sent(EVERYWHERE, now)
            self._answers.sent(EVERYWHERE, now)

    def pause(self, *, notice: bool) -> timedelta:
        """How long to make no call, be it for a notice or for an answer."""
        now = self._clock.now()
        wait = (self._notices if notice else self._answers).wait(EVERYWHERE, now)
        if wait and (self._paused_until is None or self._paused_until <= now):
            self._paused_until = now + SPAN
            log.error("too_many_invalid_answers", platform="discord", pause=str(wait))
        return wait
