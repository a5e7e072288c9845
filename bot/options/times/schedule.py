"""Options that say when something recurs: reads them into a cron expression, and describes one in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from bot.command.declaration import Kind, Suggestion, UnfitError
from bot.options.times.cron import CronError, normal
from bot.options.times.days import SHORTEST, WEEK, hour_of
from bot.options.times.zone import zone_name, zones_of
from bot.reply.parts import Say, enumerated, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DAYS: Final = tuple(day[:SHORTEST] for day in WEEK)
ALL_WEEKDAYS: Final = ",".join(DAYS[:5])
HOURS: Final = 24
NOON: Final = 12
MOST_ZONE_WORDS: Final = 3
EVERY_MONTH: Final = 28
"""The last day that every month has."""
TIME: Final = r"\d{1,2}(?:[:.]\d\d)?\s*(?:am|pm)?|noon|midnight"
TIMES: Final = rf"(?:{TIME})(?:(?:\s*,\s*|\s+and\s+|\s*,\s*and\s+)(?:at\s+)?(?:{TIME}))*"
CLOCKED: Final = (
    re.compile(rf"(?P<days>.*?)\s*(?P<at>\bat)?\s*\b(?P<times>{TIMES})"),
    re.compile(
        rf"(?P<at>at)?\s*(?P<times>{TIMES}),?\s+(?P<days>(?:every|each|on|daily|week|month|mon|tue|wed|thu|fri|sat|sun).*)"
    ),
)
ONE_TIME: Final = re.compile(r"(?:at\s+)?(\d{1,2})(?:[:.](\d\d))?\s*(am|pm)?")
WORDS: Final = {
    "day": "* * *",
    "daily": "* * *",
    "once day": "* * *",
    **dict.fromkeys(("weekday", "workday", "working day", "business day", "work day"), f"* * {ALL_WEEKDAYS}"),
    "weekend": "* * sat,sun",
    **dict.fromkeys(
        ("last day month", "month last day", "monthly last day", "last month", "end month", "month end"), "last * *"
    ),
}
NUMBERS: Final = "two|three|four|five|six|seven|eight|nine|ten|twelve"
UNIT: Final = r"(?:hour|hr|day|night|week|month|quarter|year)s?"
INTERVAL: Final = re.compile(
    rf"\b(?:\d+\s+|(?:{NUMBERS})\s+){UNIT}\b"
    rf"|\b(?:every|each)\s+(?:other|second|third|fourth|\d+(?:st|nd|rd|th))\s+(?:{UNIT}|(?:{'|'.join(DAYS)})\w*)\b(?!\s+of\b)"
    r"|\b(?:fortnight|fortnightly|bi-?weekly|bi-?monthly|alternate|quarterly|yearly|annually|every (?:year|quarter))\b"
)
OFTEN: Final = re.compile(r"\b(?:twice|thrice|\d+ times|(?:two|three|four|several) times)\b")
HOURLY: Final = re.compile(rf"every\s+(\d{{1,2}}|{NUMBERS})\s+h(?:ou)?rs?")
TOO_OFTEN: Final = re.compile(r"\b(?:minute|min)s?\b|\bhalf (?:an )?hour\b|\bevery half\b")
WEEKLY: Final = re.compile(r"(?:every\s+(?:7|seven)\s+days|every\s+week|each\s+week|weekly|once\s+a\s+week)\b")
MONTHLY: Final = re.compile(r"(?:every|each)\s+month|monthly|once\s+a\s+month")
NOISE: Final = re.compile(r"\b(?:every|each|on|the|and|of|in|a|once)\b|[,&/]")
DAY_OF_MONTH: Final = re.compile(r"(\d{1,2})(st|nd|rd|th)?")
USUAL: Final = ("9:00", "12:00", "18:00")


@dataclass(frozen=True, slots=True)
class Recurrence(Kind):
    """When something recurs: "every monday at 9", "daily 09:00", "1st of the month at 10:00" or "0 9 * * 1"."""

    @override
    def read(self, words: str) -> str:
        text = re.sub(r"\bfirst\b", "1st", " ".join(words.casefold().split()))
        try:
            cron = normal(_from_words(text, words) or text)
        except CronError:
            _refuse_zone(words.split())
            raise UnfitError(say("unfit-cron", words=words[:40])) from None
        if not cron.partition(" ")[0].isdecimal():
            raise UnfitError(say("unfit-cron-often"))
        return cron


def _from_words(text: str, words: str) -> str | None:
    """The cron expression for plain words; None if they are none. UnfitError if words are clear and cannot be kept."""
    if text in {"hourly", "every hour"}:
        return "0 * * * *"
    if TOO_OFTEN.search(text):
        raise UnfitError(say("unfit-cron-often"))
    if (hourly := HOURLY.fullmatch(text)) is not None:
        return _hourly(hourly[1], words)
    days, clock = _apart(text)
    fields = "" if clock is None else _fields(clock)
    _refuse_intervals(days or text, clock, words)
    if clock is None:
        if NOISE.sub(" ", text).strip() and _days(text) is not None:
            raise UnfitError(say("unfit-cron-time", words=words[:40]), *_at_usual_times(text))
        return None
    found = _days(days)
    if found is None:
        _ask_for_days(days, clock, words)
        return None
    _ask_about_short_months(found, days, clock)
    return f"{fields} {found}"


def _refuse_zone(tokens: Sequence[str]) -> None:
    """Raise UnfitError for a schedule with a zone at its end, which has an option of its own: "daily 9:00 EST"."""
    for count in range(1, min(MOST_ZONE_WORDS, len(tokens) - 1) + 1):
        schedule, zone = " ".join(tokens[:-count]), " ".join(tokens[-count:])
        if zones_of(zone) and _from_words(schedule.casefold(), schedule) is not None:
            raise UnfitError(say("unfit-cron-zone", words=schedule[:40], zone=zone[:40]))


def _apart(text: str) -> tuple[str, str | None]:
    """The words for the days, and those for the times of day (None: there are none), in whichever order they come."""
    for clocked in CLOCKED:
        found = clocked.fullmatch(text)
        if found is None:
            continue
        days, times = found["days"].strip(), found["times"]
        bare = found["at"] is None and times.isdecimal()
        if bare and not NOISE.sub("", days).strip():
            continue  # "every 2" is no time of day
        return days, times
    return text, None


def _refuse_intervals(days: str, clock: str | None, words: str) -> None:
    """Raise UnfitError for what no calendar can keep: what counts from one time to the next."""
    if (weekly := WEEKLY.match(days)) is not None and not days[weekly.end() :].strip():
        at = clock or USUAL[0]
        offers = (Suggestion(f"every {day} at {at}", say(f"weekday-{day}")) for day in DAYS)
        raise UnfitError(say("unfit-cron-weekday", words=words[:40]), *offers)
    if OFTEN.search(days):
        raise UnfitError(say("unfit-cron-times", words=words[:40]))
    if INTERVAL.search(days):
        raise UnfitError(say("unfit-cron-interval", words=words[:40]))


def _ask_for_days(days: str, clock: str, words: str) -> None:
    if MONTHLY.fullmatch(days):
        offers = (f"1st of the month at {clock}", f"last day of the month at {clock}")
        raise UnfitError(say("unfit-cron-day", words=words[:40]), *(_offer(line) for line in offers))


def _ask_about_short_months(found: str, days: str, clock: str) -> None:
    """Raise UnfitError if some months do not have such a day: it would be left out, or the last one is meant."""
    listed = found.partition(" ")[0].split(",")
    if not any(day.isdecimal() and int(day) > EVERY_MONTH for day in listed):
        return
    offers = [Suggestion(f"{_fields(clock)} {found}", say("cron-months-with", day=max(listed, key=int)))]
    if len(listed) == 1:
        offers.insert(0, _offer(f"last day of the month at {clock}"))
    raise UnfitError(say("unfit-cron-short", words=days[:40]), *offers)


def _offer(line: str) -> Suggestion:
    return Suggestion(line, say("raw", text=line))


def _at_usual_times(text: str) -> Iterator[Suggestion]:
    return (_offer(f"{text} at {time}") for time in USUAL)


def _hourly(number: str, words: str) -> str:
    """Every so many hours, if a day has a whole number of them; otherwise the times would shift from day to day."""
    step = int(number) if number.isdecimal() else NUMBERS.split("|").index(number) + 2
    if not step or HOURS % step:
        raise UnfitError(say("unfit-cron-interval", words=words[:40]))
    return f"0 {','.join(map(str, range(0, HOURS, step)))} * * *"


def _fields(times: str) -> str:
    """The minute and hour fields for one or several times of day. CronError if there is no such time.

    UnfitError if their minutes differ: an expression has one for all of its hours.
    """
    found = [_clock(one) for one in re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+", times)]
    if len({minute for _, minute in found}) > 1:
        raise UnfitError(say("unfit-cron-minutes", words=times[:40]))
    hours = sorted({hour for hour, _ in found})
    return f"{found[0][1]} {','.join(map(str, hours))}"


def _clock(text: str) -> tuple[int, int]:
    """The hour and the minute of a time of day."""
    named = {"noon": (NOON, 0), "midnight": (0, 0)}
    if text.removeprefix("at ") in named:
        return named[text.removeprefix("at ")]
    found = ONE_TIME.fullmatch(text)
    if found is None:
        raise CronError
    hour = hour_of(int(found[1]), found[3])
    if hour is None:
        raise CronError
    return hour, int(found[2] or 0)


def _days(text: str) -> str | None:
    """The three day fields for words such as "every monday", "mon, wed and fri", "monday to friday", "the 15th"."""
    plain = " ".join(NOISE.sub(" ", text).split())
    if not plain:
        return "* * *"
    known = WORDS.get(plain) or WORDS.get(plain.removesuffix("s"))
    if known is not None:
        return known
    plain = re.sub(r"^(?:weekly|week)\s+", "", plain)
    span = re.fullmatch(r"(?:from\s+)?(\w+)\s*(?:-|\u2013|to|till|until|through)\s*(\w+)", plain)
    if span is not None and (first := _weekday(span[1])) and (last := _weekday(span[2])):
        return f"* * {first}-{last}"
    names = [_weekday(word) for word in plain.split()]
    if all(names):
        return f"* * {','.join(name for name in names if name)}"
    return _of_month(plain)


def _of_month(plain: str) -> str | None:
    """The day fields for days of the month. A bare number needs a word beside it that says what it counts."""
    words = plain.replace("monthly", "month").split()
    numbers = [found for word in words if (found := DAY_OF_MONTH.fullmatch(word))]
    rest = {word for word in words if not DAY_OF_MONTH.fullmatch(word)}
    clear = bool(rest) or all(found[2] for found in numbers)
    if not numbers or not clear or not rest <= {"month", "day", "days"}:
        return None
    return f"{','.join(found[1] for found in numbers)} * *"


def _weekday(word: str) -> str | None:
    """The weekday that a word names, also abbreviated or in the plural."""
    singular = word.removesuffix("s") if len(word) > len("sunday") - 1 else word
    return next(
        (day for day, name in zip(DAYS, WEEK, strict=True) if len(word) >= len(day) and name.startswith(singular)), None
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
    return say("every-at", days=days, times=enumerated(times), zone=place)


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
    return say("every-named", days=enumerated([say(f"weekday-{name}") for name in weekday.split(",")]))


def _month_days_in_words(day: str) -> Say | None:
    if day == "last":
        return say("every-last-day")
    days = day.split(",")
    if not all(one.isdecimal() for one in days):
        return None
    return say("every-month", count=len(days), days=enumerated([say("raw", text=one) for one in days]))


def _zone_in_words(zone: str) -> Say:
    name = zone_name(zone).rpartition("/")[2].replace("_", " ")
    return say("raw", text=name) if name.startswith("UTC") else say("zone-of", city=name)
