"""The plan's monthly lot that is due and not booked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.alerts.monthly import due_day, is_booked
from core.alerts.review_context import ReviewContext
from core.reconciliation.causes import MonthlyLot

if TYPE_CHECKING:
    from datetime import datetime

    from core.ledger.ports import Record
    from core.ledger.rulebook import Rulebook
    from core.wallets.settings import Settings


def missing_lot(record: Record, settings: Settings, rulebook: Rulebook, now: datetime) -> MonthlyLot | None:
    """The lot, by the same rule as the alert that it is missing (None: none is missing, or nobody can know)."""
    began = record.entries[0].when if record.entries else now
    context = ReviewContext(record.head, settings, rulebook, record.entries, began, None, now, now)
    due, connects = due_day(context), rulebook.monthly(settings.plan)
    return None if due is None or not connects or is_booked(context, due) else MonthlyLot(connects, due)
