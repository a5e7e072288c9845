"""Quiet hours, in which only urgent notices are sent. The others wait for the morning in the reader's time zone.

They are written as "22-8" or "22:30-7". "off" means none, and an empty text means the default night.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

NONE: Final = "off"
NIGHT: Final = "22-8"
NOTHING: Final = timedelta()
CLOCK: Final = r"(\d\d?)(?::?([0-5]\d))?"
WRITTEN: Final = re.compile(rf"{CLOCK}\s*(?:-|\u2013|to)\s*{CLOCK}", re.IGNORECASE)


class Hours(NamedTuple):
    """From one time of day to another, across midnight if the end is earlier than the beginning."""

    evening: time
    morning: time

    def holds(self, at: time) -> bool:
        """Whether a time of day lies within these hours."""
        if self.evening < self.morning:
            return self.evening <= at < self.morning
        return at >= self.evening or at < self.morning

    def __str__(self) -> str:
        """Write them as a person does, such as 22-8."""
        return "-".join(f"{one.hour}:{one.minute:02}" if one.minute else str(one.hour) for one in self)


@lru_cache
def hours_of(written: str) -> Hours | None:
    """Read quiet hours. None if they are off; raises ValueError if the text is not understood."""
    if written == NONE:
        return None
    found = WRITTEN.fullmatch((written or NIGHT).strip())
    if found is None:
        raise ValueError("these are no hours")
    hours = Hours(_time(found[1], found[2]), _time(found[3], found[4]))
    if hours.evening == hours.morning:
        raise ValueError("they would never begin, or never end")
    return hours


def _time(hour: str, minute: str | None) -> time:
    return time(0 if hour == "24" else int(hour), int(minute or 0))


def until_morning(zone: str, now: datetime, quiet: str = "") -> timedelta:
    """How long quiet hours last from now, or zero outside them. A night in which the clocks change is counted right."""
    hours = hours_of(quiet)
    here = now.astimezone(ZoneInfo(zone))
    if hours is None or not hours.holds(here.time()):
        return NOTHING
    day = here.date() + timedelta(days=here.time() >= hours.morning)
    morning = datetime.combine(day, hours.morning, here.tzinfo)
    return max(morning.astimezone(UTC) - now, NOTHING)  # within one zone, Python would subtract wall times
