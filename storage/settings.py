"""How a wallet wants to be spoken to, as its columns; what it wants to be told is one of them, in JSON."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from core.people import Alerts, Plan, Settings, Where

if TYPE_CHECKING:
    from storage.rows import Row

COLUMNS: Final = ("zone", "currency", "plan", "threshold", "budget", "quiet", "alerts")
USUAL: Final = asdict(Alerts())


def settings_row(settings: Settings) -> Row:
    """The values of the columns."""
    told = settings.zone, settings.currency, settings.plan.value, settings.threshold, settings.budget, settings.quiet
    return (*told, _text(settings.alerts))


def read_settings(row: Row) -> Settings:
    """Settings out of the values of the columns."""
    zone, currency, plan, threshold, budget, quiet, alerts = row
    return Settings(zone, currency, Plan(plan), threshold, budget, quiet, read_alerts(alerts))


def _text(alerts: Alerts) -> str:
    """What differs from the usual, so that who chose nothing hears what is usual from now on."""
    kept = {name: value for name, value in asdict(alerts).items() if value != USUAL[name]}
    if "snoozed" in kept:
        kept["snoozed"] = [(code, until.isoformat()) for code, until in alerts.snoozed]
    return json.dumps(kept, separators=(",", ":"))


@lru_cache(maxsize=1024)
def read_marks(text: str) -> tuple[int, ...]:
    """How many days before Connects expire a holder wants to be told, out of the same column."""
    return read_alerts(text).expiring


def read_alerts(text: str) -> Alerts:
    """What a holder wants to be told, out of its column."""
    kept: dict[str, Any] = json.loads(text)
    if "expiring" in kept:
        kept["expiring"] = tuple(kept["expiring"])
    if "where" in kept:
        kept["where"] = Where(kept["where"])
    if "snoozed" in kept:
        kept["snoozed"] = tuple((code, datetime.fromisoformat(until)) for code, until in kept["snoozed"])
    return Alerts(**kept)
