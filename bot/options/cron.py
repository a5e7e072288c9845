"""When something comes again: cron expressions, by cron's own rules and the clocks of a place."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

if TYPE_CHECKING:
    from collections.abc import Iterator

DAYS: Final = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
FIELDS: Final = 5


class CronError(ValueError):
    """An expression that is none."""


def normal(cron: str) -> str:
    """An expression of five fields as it is kept: in small letters, its weekdays as names. CronError where it is none.

    The last day of a month is kept as `last`. Weekdays with a star, such as `*/2`, stay as they are beside a day of
    the month, for with a star cron demands both (`either_day`).
    """
    fields = cron.casefold().split()
    if len(fields) != FIELDS:
        raise CronError
    minute, hour, day, month, weekday = fields
    day = ",".join("last" if part == "l" else part for part in day.split(","))
    named = _weekdays(weekday)
    if weekday.startswith("*") and not day.startswith("*"):
        named = weekday
    try:  # the month by itself, for a day that it does not have is no fault of the expression: it never comes
        CronSim(_spelled(f"{minute} {hour} {day} * {named}"), datetime.now(UTC))
        CronSim(f"0 0 * {month} *", datetime.now(UTC))
    except CronSimError as error:
        raise CronError from error
    return f"{minute} {hour} {day} {month} {named}"


def following(cron: str, zone: str, after: datetime) -> datetime | None:
    """The first time after a moment at which the clocks of a zone show what the expression says; None: never.

    A time that its day does not have, because clocks are set forward, is the next one that there is; one that comes
    twice, because they are set back, is the first of the two.
    """
    try:
        times = CronSim(_spelled(cron), after.astimezone(ZoneInfo(zone)))
    except CronSimError:  # such as the 30th of February
        return None
    return next((at.astimezone(UTC) for at in times if at > after), None)


def _spelled(cron: str) -> str:
    """A kept expression as the library reads it.

    Where a time of day begins with a star, the library counts the hours that pass, so that one comes twice when clocks
    are set back. Here all go by what the clocks show.
    """
    minute, hour, day, month, weekday = cron.split()
    minute, hour = minute.replace("*", "0-59", 1), hour.replace("*", "0-23", 1)
    return f"{minute} {hour} {day.replace('last', 'L')} {month} {weekday}"


def _weekdays(field: str) -> str:
    """The days of the week of the fifth field, as names from Monday on."""
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
