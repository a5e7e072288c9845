"""The plan's monthly lot that is due, or was missed, and is not booked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.forecast.coverage import Typing, spans_of
from core.forecast.monthly_lots import Facts, arrivals_of, monthly_lots
from core.reconciliation.causes import MonthlyLot

if TYPE_CHECKING:
    from datetime import datetime

    from core.ledger.ports import Record
    from core.ledger.rulebook import Rulebook
    from core.wallets.settings import Settings


def missing_lot(record: Record, settings: Settings, rulebook: Rulebook, now: datetime) -> MonthlyLot | None:
    """The latest such lot (None: none is missing, or nobody can know)."""
    arrivals = arrivals_of(record.head.lots)
    began = record.entries[0].at if record.entries else None
    typing = Typing(began, arrivals[-1].at.date() if arrivals else None)
    spans = spans_of(record.batches, typing, settings.zone, now)
    found = monthly_lots(Facts(arrivals, spans, settings, rulebook, now))
    last = next(iter([*([] if found.due is None else [found.due]), *reversed(found.missed)]), None)
    return None if last is None else MonthlyLot(last.connects, last.day)
