"""When a reader is left in peace: what is not urgent waits for the morning where they live."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

EVENING: Final = time(22)
MORNING: Final = time(8)
NOTHING: Final = timedelta()


def until_morning(zone: str, now: datetime) -> timedelta:
    """How long the night in a zone still lasts; nothing by day. A night in which clocks change is as long as it is."""
    here = now.astimezone(ZoneInfo(zone))
    if MORNING <= here.time() < EVENING:
        return NOTHING
    day = here.date() + timedelta(days=here.time() >= EVENING)
    morning = datetime.combine(day, MORNING, here.tzinfo)
    return max(morning.astimezone(UTC) - now, NOTHING)  # within one zone, Python would subtract what the clocks show
