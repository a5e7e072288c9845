"""Retention: old notices, old records of the audit log and old updates are deleted."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from core.shared.clock_steps import SLACK

if TYPE_CHECKING:
    from core.audit_log import AuditLog
    from core.delivery.ports import Outbox
    from core.inbox import Inbox
    from core.shared.ports import Clock

BATCH: Final = 50
UPDATES: Final = 500  # far smaller than notices
KEPT: Final = timedelta(days=90)
"""How long a notice is kept after its last delivery has ended.

After that its key counts as new, but nothing makes the same notice again. The keys of `low` and `expired` contain the
number of the entry that caused them, which is booked once; that of `expiring` contains a lot, which is announced at
most 60 days before it expires and never after. Keys of the daily review contain a day or a lot; only a runway that
stays short for that long is announced once more. An announcement is sent from one stage only, and the key of one that a
series makes contains the minute of the occurrence. A promotion's keys contain its id, and its tasks run once.
"""
UNKNOWN_KEPT: Final = timedelta(days=365)
AUDIT_LOG_KEPT: Final = timedelta(days=365)
FINISHED_KEPT: Final = timedelta(days=2)
"""How long the number of a finished update is kept. Telegram sends an update again for a day at most.

It must be shorter than a week: after a week without updates, Telegram goes on with a number chosen at random.
"""
UNFINISHED_KEPT: Final = timedelta(days=30)
"""How long an update is kept for a platform that does not run any more."""


class Retention:
    """Gives up stale deliveries and deletes old rows, in batches, so that no booking waits for all of it."""

    def __init__(self, outbox: Outbox, audit_log: AuditLog, inbox: Inbox, clock: Clock) -> None:
        """Tidy these three; `clock` is the only source of time."""
        self._outbox, self._audit_log, self._inbox, self._clock = outbox, audit_log, inbox, clock

    async def tidy(self) -> None:
        """Give up stale deliveries, even on platforms with no sender, and delete what is too old. Idempotent."""
        now = self._clock.now()
        while await self._outbox.give_up(now, BATCH) == BATCH:
            pass
        while await self._audit_log.forget(now - AUDIT_LOG_KEPT, BATCH) == BATCH:
            pass
        while await self._outbox.forget(now - KEPT, BATCH, doubts=now - UNKNOWN_KEPT) == BATCH:
            pass
        finished, unfinished = now - FINISHED_KEPT, now - UNFINISHED_KEPT
        while await self._inbox.forget(finished, unfinished, now + SLACK, UPDATES) == UPDATES:
            pass
