"""Cron expressions for what recurs, by cron's own rules and in the time of one zone."""

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
    """The text is not a cron expression."""


def normal(cron: str) -> str:
    """A five-field expression in the form in which it is stored: lower case, weekdays as names, `last` for L.

    Raises CronError if it is not a valid one. Weekdays with a star, such as `*/2`, stay as they are beside a day of the
    month, because with a star cron requires both fields to match (`either_day`).
    """
    fields = cron.casefold().split()
    if len(fields) != FIELDS:
        raise CronError
    minute, hour, day, month, weekday = fields
    day = ",".join("last" if part == "l" else part for part in day.split(","))
    named = _weekdays(weekday)
    if weekday.startswith("*") and not day.startswith("*"):
        named = weekday
    try:  # the month is checked on its own: a day that it does not have is not an error, it just never comes
        CronSim(_spelled(f"{minute} {hour} {day} * {named}"), datetime.now(UTC))
        CronSim(f"0 0 * {month} *", datetime.now(UTC))
    except CronSimError as error:
        raise CronError from error
    return f"{minute} {hour} {day} {month} {named}"


def following(cron: str, zone: str, after: datetime) -> datetime | None:
    """The first time after a moment at which an expression matches the clocks of a zone; None if it never does.

    A time that a day skips, because clocks are set forward, is moved to the next one that exists. Of a time that a day
    has twice, because clocks are set back, the first counts.
    """
    try:
        times = CronSim(_spelled(cron), after.astimezone(ZoneInfo(zone)))
    except CronSimError:  # such as the 30th of February
        return None
    return next((at.astimezone(UTC) for at in times if at > after), None)


def _spelled(cron: str) -> str:
    """A stored expression in the library's own spelling.

    If a time of day begins with a star, the library counts elapsed hours, so an hour comes twice when clocks are set
    back. Here every expression follows what the clocks show.
    """
    minute, hour, day, month, weekday = cron.split()
    minute, hour = minute.replace("*", "0-59", 1), hour.replace("*", "0-23", 1)
    return f"{minute} {hour} {day.replace('last', 'L')} {month} {weekday}"


def _weekdays(field: str) -> str:
    """The fifth field as names of weekdays, from Monday on."""
    if field in {"*", "?"}:
        return "*"
    days = {day for part in field.split(",") for day in _span(part)}
    return ",".join(name for name in (*DAYS[1:], DAYS[0]) if DAYS.index(name) in days)


def _span(part: str) -> Iterator[int]:
    """The weekdays, Sunday being 0, of one part of the field: `1`, `mon-fri`, `5-7`, `*/2`."""
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
