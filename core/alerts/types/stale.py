"""The alert that asks what became of a proposal without news."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.alerts.alert_type import AlertType
from core.shared.calendar import DAY, day_in

if TYPE_CHECKING:
    from datetime import datetime

    from core.alerts.review_context import ReviewContext
    from core.delivery.notice import Notice
    from core.ledger.model import Snapshot


def stale(context: ReviewContext) -> tuple[Notice, ...]:
    """A question about the proposal that has waited longest: one a day, whatever else waits."""
    if not context.waiting or context.snoozed(STALE.code):
        return ()
    first = context.waiting[0]
    facts: dict[str, str | int] = {
        "ref": first.ref,
        "title": first.title,
        "sent": first.sent.isoformat(),
        "days": (context.today - day_in(context.zone, first.sent)).days,
        "others": len(context.waiting) - 1,
    }
    return (context.notice(context.today, STALE.code, facts),)


def refresh_stale(notice: Notice, made: datetime, _wallet: Snapshot, now: datetime) -> Notice | None:
    """The notice, or None if it is a day old: the next review asks anew."""
    return notice if now - made < DAY else None


STALE: Final = AlertType("stale", lambda settings: settings.alerts.stale, refresh_stale, stale)
