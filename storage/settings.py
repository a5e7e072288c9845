"""How a wallet wants to be spoken to, as its columns; what it wants to be told is one of them, in JSON."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from core.people import Plan, Settings
from storage.codec import ALERTS

if TYPE_CHECKING:
    from storage.rows import Row

COLUMNS: Final = ("zone", "currency", "plan", "threshold", "budget", "quiet", "alerts")


def settings_row(settings: Settings) -> Row:
    """The values of the columns."""
    told = settings.zone, settings.currency, settings.plan.value, settings.threshold, settings.budget, settings.quiet
    return (*told, ALERTS.text(settings.alerts))


def read_settings(row: Row) -> Settings:
    """Settings out of the values of the columns."""
    zone, currency, plan, threshold, budget, quiet, alerts = row
    return Settings(zone, currency, Plan(plan), threshold, budget, quiet, ALERTS.value(alerts))


@lru_cache(maxsize=1024)
def read_marks(text: str) -> tuple[int, ...]:
    """How many days before Connects expire a holder wants to be told, out of the same column."""
    return ALERTS.value(text).expiring
