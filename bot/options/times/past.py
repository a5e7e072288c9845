"""Days that have passed, as people write them: "yesterday", "last friday", "28.11", "2026-11-20", "3 days ago"."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from typing_extensions import override

from bot.command.declaration import Kind, Suggestion, UnfitError
from bot.options.times.days import COUNTED, PASSED, WEEK, DayOf, checked, day_of_month, either_day, index_of, plain_day
from bot.reply.parts import say
from core.shared.calendar import LONGEST_MONTH

TODAY: Final = re.compile(r"today|tonight|(?:just|right) now|earlier today|(?:morning|afternoon|evening)")
YESTERDAY: Final = re.compile(r"yesterday(?: (?:morning|afternoon|evening|night))?|last (?:night|evening)")
BEFORE: Final = re.compile(r"(?:the )?day before yesterday")
AHEAD: Final = re.compile(r"(?:the )?day after tomorrow|tomorrow|next \w+")
UNTIL: Final = re.compile(r"\s*(?:until|till|by|through|in|this(?! (?:morning|afternoon|evening)))\b", re.IGNORECASE)
"""What leads up to a day that is hardly one on which something has happened."""
BACK: Final = re.compile(r"(?:(\d{1,3}) ?|([a-z]+) )(d|days?|w|weeks?) (?:ago|back|earlier)")
LAST: Final = re.compile(r"(?:last|past|previous) ")
NTH: Final = re.compile(r"(?:the )?(\d\d?)(?:st|nd|rd|th)")
SHORT_YEAR: Final = re.compile(r"^(\d\d?)([./-])(\d\d?)\2(\d\d)$")
CENTURY: Final = 2000
LONG_AGO: Final = "past-day-year"
"""The doubt about a day of last year that is long over. Its answer is that day."""


@dataclass(frozen=True, slots=True)
class PastDay:
    """A day as somebody wrote it; which one it is depends on the day on which they did."""

    rule: DayOf
    words: str

    def of(self, today: date) -> date:
        """The day, given today. Raises UnfitError for one that is still to come, or that may be two."""
        found = self.rule(today)
        if found > today:
            raise UnfitError(say("past-day-ahead", day=found), _suggested(today))
        return found


@dataclass(frozen=True, slots=True)
class Past(Kind):
    """A day on which something happened, up to today."""

    @override
    def read(self, words: str) -> PastDay:
        text = plain_day(words)
        if AHEAD.fullmatch(text):
            raise UnfitError(say("past-day-words", words=words[:40]))
        rule = None if UNTIL.match(words) else _rule(text)
        if rule is None and (days := either_day(text)):
            raise UnfitError(say("unfit-day-month", words=words[:40]), *days)
        if rule is None:
            raise UnfitError(say("past-day-unread", words=words[:40]))
        return PastDay(rule, words)


def _suggested(day: date) -> Suggestion:
    return Suggestion(day.isoformat(), say("day", at=day))


def _rule(text: str) -> DayOf | None:
    """What decides which day is meant; None if nothing does."""
    for pattern, number in ((TODAY, 0), (YESTERDAY, 1), (BEFORE, 2)):
        if pattern.fullmatch(text):
            return DayOf(_days_back, (number,))
    if (back := BACK.fullmatch(text)) is not None:
        return _back(back)
    if (nth := NTH.fullmatch(text)) is not None:
        return DayOf(_last_of_number, (int(nth[1]),)) if 0 < int(nth[1]) <= LONGEST_MONTH else None
    weekday, _, rest = LAST.sub("", text, count=1).partition(" ")
    at = index_of(weekday.rstrip("."), WEEK)
    if at is None:
        return _date(text)
    if rest in {"", "morning", "afternoon", "evening", "night"}:
        return DayOf(_last_weekday, (at, LAST.match(text) is not None))
    day = _date(rest)
    return None if day is None else DayOf(checked, (at, day))


def _back(found: re.Match[str]) -> DayOf | None:
    """Some days or weeks ago."""
    if found[2] is not None and found[2] not in {*COUNTED, "an"}:
        return None
    number = int(found[1]) if found[1] else max(1, COUNTED.index(found[2]))
    return DayOf(_days_back, (number * (len(WEEK) if found[3].startswith("w") else 1),))


def _date(text: str) -> DayOf | None:
    """A day of a month: of the latest year that has reached it, if none is named. A year may have two figures."""
    text = SHORT_YEAR.sub(lambda short: f"{short[1]}{short[2]}{short[3]}{short[2]}{CENTURY + int(short[4])}", text)
    return day_of_month(text, _last_of_date)


def _days_back(number: int, today: date) -> date:
    return today - timedelta(days=number)


def _last_weekday(weekday: int, last: bool, today: date) -> date:  # noqa: FBT001 - a fact of `DayOf`
    """The latest such weekday before today. UnfitError if it is today's, and nobody said "last"."""
    back = (today.weekday() - weekday) % len(WEEK)
    if back or last:
        return today - timedelta(days=back or len(WEEK))
    week_ago = today - timedelta(days=len(WEEK))
    raise UnfitError(say("past-day-weekday"), _suggested(today), _suggested(week_ago))


def _last_of_number(number: int, today: date) -> date:
    """The latest day with this number in its month."""
    day = today
    while day.day != number:
        day -= timedelta(days=1)
    return day


def _last_of_date(month: int, day: int, today: date) -> date:
    """The latest such day of a year. UnfitError if the next one is nearer, because last year's is hardly meant."""
    for year in range(today.year, today.year - 9, -1):
        if (month, day) == (2, 29) and not calendar.isleap(year):
            continue
        found = date(year, month, day)
        if found > today:
            continue
        if year < today.year and today - found > PASSED:
            raise UnfitError(say(LONG_AGO, day=found), _suggested(found))
        return found
    raise AssertionError  # pragma: no cover - there is a leap year among nine
