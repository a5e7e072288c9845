"""Options that say when something recurs: reads them into a cron expression, and describes one in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from bot.command.declaration import Kind, UnfitError
from bot.options.cron import CronError, normal
from bot.options.zone import zone_name
from bot.reply.parts import Say, say

if TYPE_CHECKING:
    from collections.abc import Sequence

WEEK: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CLOCK: Final = re.compile(r"(.*?)(?:\bat\b)?\s*(?:(\d{1,2})(?:[:.](\d\d))?\s*(am|pm)?|(noon)|(midnight))", re.DOTALL)
WORDS: Final = {
    "": "* * *",
    "day": "* * *",
    "daily": "* * *",
    "weekday": "* * mon,tue,wed,thu,fri",
    "working day": "* * mon,tue,wed,thu,fri",
    "weekend": "* * sat,sun",
    "last day month": "last * *",
}
ALL_WEEKDAYS: Final = ",".join(WEEK[:5])
NOISE: Final = re.compile(r"\b(?:every|each|on|the|and|of|in)\b|,")
DAY_OF_MONTH: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?")


@dataclass(frozen=True, slots=True)
class Recurrence(Kind):
    """When something recurs: "every monday at 9", "daily 09:00", "1st of the month at 10:00" or "0 9 * * 1"."""

    @override
    def read(self, words: str) -> str:
        text = " ".join(words.casefold().split())
        try:
            cron = normal(_from_words(text) or text)
        except CronError:
            raise UnfitError(say("unfit-cron", words=words[:40])) from None
        if not cron.partition(" ")[0].isdecimal():
            raise UnfitError(say("unfit-cron-often"))
        return cron


def _from_words(text: str) -> str | None:
    """The cron expression for plain words; None if they are not understood."""
    if text in {"hourly", "every hour"}:
        return "0 * * * *"
    found = CLOCK.fullmatch(text)
    if found is None:
        return None
    days, clock = _days(found[1]), _clock(*found.groups()[1:])
    return None if days is None or clock is None else f"{clock} {days}"


def _clock(hour: str | None, minute: str | None, half: str | None, noon: str | None, _night: str | None) -> str | None:
    """The minute and hour fields for a time of day; None if there is no such time."""
    if hour is None:
        return "0 12" if noon else "0 0"
    number = int(hour)
    if half is not None:
        if not 1 <= number <= 12:  # noqa: PLR2004 - the hours on a clock face
            return None
        number = number % 12 + (12 if half == "pm" else 0)
    return f"{int(minute or 0)} {number}"


def _days(text: str) -> str | None:
    """The three day fields for words such as "every monday", "mon, wed and fri", "monday to friday", "the 15th"."""
    plain = " ".join(NOISE.sub(" ", text).split())
    known = WORDS.get(plain) or WORDS.get(plain.removesuffix("s"))
    if known is not None:
        return known
    span = re.fullmatch(r"(\w+)\s*(?:-|\u2013|to|till|until|through)\s*(\w+)", plain)
    if span is not None and (first := _weekday(span[1])) and (last := _weekday(span[2])):
        return f"* * {first}-{last}"
    names = [_weekday(word) for word in plain.split()]
    if all(names):
        return f"* * {','.join(name for name in names if name)}"
    return _of_month(plain)


def _of_month(plain: str) -> str | None:
    words = plain.replace("monthly", "month").split()
    numbers = [found[1] for word in words if (found := DAY_OF_MONTH.fullmatch(word))]
    rest = {word for word in words if not DAY_OF_MONTH.fullmatch(word)}
    return f"{','.join(numbers)} * *" if numbers and rest <= {"month", "day", "days"} else None


def _weekday(word: str) -> str | None:
    """The weekday that a word names, also abbreviated or in the plural."""
    full = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    singular = word.removesuffix("s") if len(word) > len("sunday") - 1 else word
    return next(
        (day for day, name in zip(WEEK, full, strict=True) if len(word) >= len(day) and name.startswith(singular)), None
    )


def explained(cron: str, zone: str) -> Say:
    """A cron expression in words: "every Monday at 09:00 Kyiv time"."""
    minute, hour, day, month, weekday = cron.split()
    place = _zone_in_words(zone)
    if month == "*" and hour == "*" and day == weekday == "*":
        return say("every-hour", minute=f"{int(minute):02}", zone=place)
    days = _days_in_words(day, weekday) if month == "*" else None
    hours = hour.split(",")
    if days is None or not all(one.isdecimal() for one in hours):
        return say("every-cron", cron=cron, zone=place)
    times = [say("raw", text=f"{int(one):02}:{int(minute):02}") for one in hours]
    return say("every-at", days=days, times=_listed(times), zone=place)


def _days_in_words(day: str, weekday: str) -> Say | None:
    """The days in words; None if only the expression itself is clear, such as when both fields must match."""
    if day == "*":
        return _weekdays_in_words(weekday)
    month = _month_days_in_words(day)
    if month is None or weekday == "*":
        return month
    return None if weekday.startswith("*") else say("every-either", month=month, week=_weekdays_in_words(weekday))


def _weekdays_in_words(weekday: str) -> Say:
    known = {"*": "every-day", ALL_WEEKDAYS: "every-weekday", "sat,sun": "every-weekend"}
    if weekday in known:
        return say(known[weekday])
    return say("every-named", days=_listed([say(f"weekday-{name}") for name in weekday.split(",")]))


def _month_days_in_words(day: str) -> Say | None:
    if day == "last":
        return say("every-last-day")
    days = day.split(",")
    if not all(one.isdecimal() for one in days):
        return None
    return say("every-month", count=len(days), days=_listed([say("raw", text=one) for one in days]))


def _listed(items: Sequence[Say]) -> Say:
    """A list with commas and an "and" before the last item."""
    if len(items) == 1:
        return items[0]
    listed = items[0]
    for item in items[1:-1]:
        listed = say("list-more", first=listed, next=item)
    return say("list-last", first=listed, last=items[-1])


def _zone_in_words(zone: str) -> Say:
    name = zone_name(zone).rpartition("/")[2].replace("_", " ")
    return say("raw", text=name) if name.startswith("UTC") else say("zone-of", city=name)
