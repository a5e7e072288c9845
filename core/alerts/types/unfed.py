"""The alert that nothing was imported for some days, for those who import."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from core.alerts.alert_type import AlertType
from core.ledger.sightings import BatchKind, standing
from core.shared.calendar import day_in, nine_on

if TYPE_CHECKING:
    from datetime import datetime

    from core.alerts.review_context import ReviewContext
    from core.delivery.notice import Notice
    from core.ledger.model import Snapshot


def unfed(context: ReviewContext) -> tuple[Notice, ...]:
    """A notice if no history was imported for as many days as wanted: once, until a snooze of it ends."""
    histories, days = standing(context.batches, BatchKind.HISTORY), context.alerts.unfed
    if not histories or days is None or context.snoozed(UNFED.code):
        return ()
    last = histories[-1]
    due = nine_on(day_in(context.zone, last.at) + timedelta(days=days), context.zone)
    ended = context.snooze_over(UNFED.code)
    since = due if ended is None else max(due, ended)
    if not context.fell_due(since):
        return ()
    key = f"{last.number}" if since == due else f"{last.number}:{since.isoformat()}"
    return (context.notice(key, UNFED.code, {"last": last.at.isoformat(), "days": days}),)


def refresh_unfed(notice: Notice, made: datetime, wallet: Snapshot, _now: datetime) -> Notice | None:
    """The notice, or None if anything was booked since it was made: that may have been an import."""
    return None if wallet.at is not None and wallet.at > made else notice


UNFED: Final = AlertType("unfed", lambda settings: settings.alerts.unfed is not None, refresh_unfed, unfed)
