"""Days in a time zone: which day it is there, when it begins, and when it is nine in the morning."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

EARLIEST: Final = datetime(1990, 1, 1, tzinfo=UTC)
"""Nothing that concerns Upwork happened before."""
LATEST: Final = datetime(9999, 1, 1, tzinfo=UTC)
"""Whatever happens, happens before."""
NINE: Final = time(9)
DAY: Final = timedelta(days=1)
WEEK: Final = 7
SHORTEST_MONTH: Final = 28
LONGEST_MONTH: Final = 31


@lru_cache
def tzinfo_of(zone: str) -> tzinfo:
    """A time zone by name. An unknown one counts as UTC, so that it neither fails a spend nor leaves a wallet out."""
    try:
        return ZoneInfo(zone)
    except (LookupError, OSError, ValueError):
        return UTC


def day_in(zone: str, at: datetime) -> date:
    """The date in a zone at a moment."""
    return at.astimezone(tzinfo_of(zone)).date()


def month_in(zone: str, at: datetime) -> str:
    """The month in a zone at a moment, such as "2026-01"."""
    return f"{day_in(zone, at):%Y-%m}"


def beginning(day: date, zone: str) -> datetime:
    """The start of a day in a zone, in UTC."""
    return datetime.combine(day, time(), tzinfo_of(zone)).astimezone(UTC)


def nine_on(day: date, zone: str) -> datetime:
    """Nine in the morning of a day in a zone, in UTC, by local time whether or not it is summer time."""
    return datetime.combine(day, NINE, tzinfo_of(zone)).astimezone(UTC)


def next_nine(zone: str, now: datetime) -> datetime:
    """The next nine in the morning in a zone, strictly after now, in UTC."""
    today = day_in(zone, now)
    at = nine_on(today, zone)
    return at if at > now else nine_on(today + DAY, zone)


def last_monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def last_of_cycle(cycle: int, day: date) -> date:
    """The latest date, up to `day`, on which a monthly cycle renews; cycles of the 29th to 31st renew on the 1st."""
    renewal = cycle if cycle <= SHORTEST_MONTH else 1
    month = day if day.day >= renewal else day.replace(day=1) - DAY
    return month.replace(day=renewal)


def next_of_cycle(cycle: int, day: date) -> date:
    """The first date after `day` on which a monthly cycle renews."""
    return last_of_cycle(cycle, last_of_cycle(cycle, day) + LONGEST_MONTH * DAY)
