"""The days of a time zone: which day it is there, when it begins, and when it is nine in the morning."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

NINE: Final = time(9)
DAY: Final = timedelta(days=1)
WEEK: Final = 7
SHORTEST_MONTH: Final = 28


@lru_cache
def clock_of(zone: str) -> tzinfo:
    """A time zone; one that this machine does not know counts as UTC: it must leave nobody out, nor stop a spend."""
    try:
        return ZoneInfo(zone)
    except (LookupError, OSError, ValueError):
        return UTC


def day_in(zone: str, at: datetime) -> date:
    """Which day it is in a zone."""
    return at.astimezone(clock_of(zone)).date()


def beginning(day: date, zone: str) -> datetime:
    """When a day begins in a zone, in UTC."""
    return datetime.combine(day, time(), clock_of(zone)).astimezone(UTC)


def nine_on(day: date, zone: str) -> datetime:
    """Nine in the morning of a day in a zone, in UTC: nine by the clocks there, whenever they were changed."""
    return datetime.combine(day, NINE, clock_of(zone)).astimezone(UTC)


def next_nine(zone: str, now: datetime) -> datetime:
    """The first nine in the morning after a time."""
    today = day_in(zone, now)
    at = nine_on(today, zone)
    return at if at > now else nine_on(today + DAY, zone)


def last_monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def last_of_cycle(cycle: int, day: date) -> date:
    """The latest day up to a day on which a monthly cycle comes round; one of the 29th to 31st does on the 1st."""
    on = cycle if cycle <= SHORTEST_MONTH else 1
    month = day if day.day >= on else day.replace(day=1) - DAY
    return month.replace(day=on)
