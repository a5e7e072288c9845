"""When something comes again: cron expressions, reckoned by the scheduler's own trigger on the clock of a place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterator

DAYS: Final = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
FIELDS: Final = 5
LONGEST_STEP_BACK: Final = timedelta(hours=3)
"""How far clocks are set back at most when summer ends, and a little more."""
MINUTE: Final = timedelta(minutes=1)
INSTANT: Final = timedelta(microseconds=1)


class CronError(ValueError):
    """An expression that is none."""


def normal(cron: str) -> str:
    """An expression of five fields in small letters, its weekdays as names; CronError where it is none.

    Names, for a number means another day to the scheduler (0 is Monday) than it means to cron (0 is Sunday).
    """
    fields = cron.casefold().split()
    if len(fields) != FIELDS:
        raise CronError
    expression = " ".join((*fields[:4], _weekdays(fields[4])))
    _trigger(expression)
    return expression


def following(cron: str, zone: str, after: datetime) -> datetime | None:
    """The first time after a moment at which the clocks of a zone show what the expression says; None: never.

    A time that its day does not have, because clocks are set forward, is the next one that there is; one that comes
    twice, because they are set back, is the first of the two.
    """
    place, trigger = ZoneInfo(zone), _trigger(cron)
    shown = after.astimezone(place).replace(tzinfo=UTC) - LONGEST_STEP_BACK
    while (found := trigger.get_next_fire_time(None, shown)) is not None:
        at = _moment(found.replace(tzinfo=None), place)
        if at > after:
            return at
        shown = found + INSTANT
    return None


@lru_cache(maxsize=64)
def _trigger(cron: str) -> Any:
    """The scheduler's trigger, on a clock that is never set: what that clock shows is put in its place afterwards."""
    from apscheduler.triggers.cron import CronTrigger

    try:
        return CronTrigger.from_crontab(cron, timezone=UTC)
    except ValueError as error:
        raise CronError from error


def _moment(shown: datetime, place: ZoneInfo) -> datetime:
    """When the clocks of a place show a time, the first time that they do."""
    while not _exists(shown, place):
        shown += MINUTE
    return shown.replace(tzinfo=place).astimezone(UTC)


def _exists(shown: datetime, place: ZoneInfo) -> bool:
    there = shown.replace(tzinfo=place).astimezone(UTC).astimezone(place)
    return there.replace(tzinfo=None, fold=0) == shown


def _weekdays(field: str) -> str:
    """The days of the week of cron's fifth field, as names from Monday on."""
    if field in {"*", "?"}:
        return "*"
    days = {day for part in field.split(",") for day in _span(part)}
    return ",".join(name for name in (*DAYS[1:], DAYS[0]) if DAYS.index(name) in days)


def _span(part: str) -> Iterator[int]:
    """The days, from Sunday as 0, of one part: `1`, `mon-fri`, `5-7`, `*/2`."""
    days, _, step = part.partition("/")
    first, _, last = ("0-6" if days == "*" else days).partition("-")
    start, end = _day(first), _day(last or ("sat" if step else first))
    if step and not (step.isdecimal() and int(step)):
        raise CronError
    while end < start:
        end += len(DAYS)
    yield from (day % len(DAYS) for day in range(start, end + 1, int(step or 1)))


def _day(name: str) -> int:
    if name in DAYS:
        return DAYS.index(name)
    if name.isdecimal() and int(name) <= len(DAYS):
        return int(name)
    raise CronError
