"""Retention: what was sent or done long ago is forgotten."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from core.audit_log import Actions
    from core.delivery.ports import Outbox
    from core.shared.ports import Clock

SLICE: Final = 50
KEPT: Final = timedelta(days=90)
"""How long after its end a notice is kept.

After that its key would be new, but it is not made again: those of `low` and `expired` have the number of the entry
that caused them, which is booked once, and that of `expiring` a lot, which is told of up to 60 days before it expires
and never after. Those of the daily look name a day, or a lot likewise; only a runway that stays short for so long is
told of once more.
That of an announcement is the name of a note, which ends 90 days after it was written, or has the minute at which it
came again. Those of a promotion have its number, and what they tell falls due once.
"""
DOUBTS_KEPT: Final = timedelta(days=365)
ACTIONS_KEPT: Final = timedelta(days=365)


class Retention:
    """Gives up what is stale and forgets what is old, a slice at a time: nobody who books meanwhile waits for all."""

    def __init__(self, outbox: Outbox, audit_log: Actions, clock: Clock) -> None:
        """Tidy these two; the time is asked of `clock` and of nothing else."""
        self._outbox, self._audit_log, self._clock = outbox, audit_log, clock

    async def tidy(self) -> None:
        """Give up what waits and is stale, also where nobody sends any more, and forget what was long ago."""
        now = self._clock.now()
        while await self._outbox.give_up(now, SLICE) == SLICE:
            pass
        while await self._audit_log.forget_actions(now - ACTIONS_KEPT, SLICE) == SLICE:
            pass
        while await self._outbox.forget(now - KEPT, SLICE, doubts=now - DOUBTS_KEPT) == SLICE:
            pass
