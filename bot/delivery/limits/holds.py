"""Pauses that a platform asks for: nothing is sent until they are over."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from core.shared.backoff import backed_off
from core.shared.clock_steps import was_ahead

if TYPE_CHECKING:
    from datetime import datetime

NOTHING: Final = timedelta()


class Hold(NamedTuple):
    """A pause that the platform asked for."""

    since: datetime
    until: datetime

    def left(self, now: datetime) -> timedelta:
        """How much of it is left. One that begins in the future does not count: the clock was ahead then."""
        return NOTHING if was_ahead(self.since, now) else max(self.until - now, NOTHING)


class GrowingHold:
    """A pause after a refusal, twice as long after each further one, until a call succeeds."""

    def __init__(self, first: timedelta, longest: timedelta) -> None:
        """Pause for `first` after the first refusal, and never for more than `longest`."""
        self._first, self._longest = first, longest
        self._refusals = 0
        self._hold: Hold | None = None

    def left(self, now: datetime) -> timedelta:
        """How long the pause still lasts."""
        return NOTHING if self._hold is None else self._hold.left(now)

    def refused(self, began: datetime, now: datetime) -> timedelta:
        """How long to pause now that a call was refused which `began` then.

        Calls that were under way at the first refusal tell nothing new, so they do not make the pause longer.
        """
        if self._hold is None or began >= self._hold.until or was_ahead(self._hold.since, now):
            self._hold = Hold(now, now + backed_off(self._first, self._refusals, self._longest))
            self._refusals += 1
        return self._hold.left(now)

    def succeeded(self, began: datetime) -> None:
        """A call that `began` then was not refused. If it began after the pause, the next one will be short again."""
        if self._hold is not None and began >= self._hold.until:
            self._hold, self._refusals = None, 0
