"""Days and times as people write them ahead: "friday", "5 December", "tomorrow 9am", "3 days", "2026-12-01 09:00"."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, ClassVar, Final
from zoneinfo import ZoneInfo

from typing_extensions import override

from bot.command.declaration import Kind, Suggestion, UnfitError
from bot.options.numbers import Whole
from bot.options.times.zone import zones_of
from bot.reply.parts import say

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST_YEAR, LAST_YEAR = 2000, 2099
MOST_SPAN: Final = 366
PASSED: Final = timedelta(days=183)
"""A day without a year that passed this lately is a slip; one that passed longer ago is next year's."""
LAST_MOMENT: Final = time(23, 59, 59)
MONTHS: Final = tuple(name.casefold() for name in calendar.month_name)[1:]
WEEK: Final = tuple(name.casefold() for name in calendar.day_name)
SHORTEST: Final = 3
"""How many letters of a weekday or a month are enough."""
WHOLE_DAY: Final = 24
HALF: Final = 12
COUNTED: Final = ("a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
SPAN: Final = re.compile(
    r"(?:(\d{1,3})\s*|([a-z]+)\s+)(min(?:ute)?s?|h(?:(?:ou)?rs?)?|d(?:ays?)?|w(?:(?:ee)?ks?)?|months?|years?)"
)
LEADING: Final = re.compile(r"(?:in|until|till|by|on|through|this)\s+")
CLOCK: Final = re.compile(r"(?:at\s+)?(?:(\d\d?)(?:[:.h](\d\d)(?::\d\d)?)?\s?([ap]m)?|noon)")
CLEAR: Final = r"\d\d?[:h]\d\d(?::\d\d)?(?:\s?[ap]m)?|\d\d?\s?[ap]m|noon"
AT: Final = r"at\s+(?:\d\d?(?:[:.h]\d\d)?(?:\s?[ap]m)?|noon)"
CLOCKED: Final = (
    re.compile(rf"(?P<day>.*?)\s*\b(?P<clock>{AT}|{CLEAR})"),
    re.compile(rf"(?P<clock>{AT}|{CLEAR})\s+(?P<day>.+)"),
)
NUMERIC: Final = re.compile(r"(\d\d?)([./-])(\d\d?)(?:\2(\d{4})?)?")
YEAR_FIRST: Final = re.compile(r"(\d{4})([./-])(\d\d?)\2(\d\d?)")
YEAR: Final = r"(?:\s+(?P<year>\d{4}))?"
DAY_MONTH: Final = re.compile(rf"(?P<day>\d\d?)(?:st|nd|rd|th|\.)?\s+(?:of\s+)?(?P<month>[a-z]{{3,9}})\.?{YEAR}")
MONTH_DAY: Final = re.compile(rf"(?P<month>[a-z]{{3,9}})\.?\s+(?P<day>\d\d?)(?:st|nd|rd|th)?{YEAR}")

AHEAD: Final = re.compile(r"\b(?:in|within|for|over|during|the|this|next|coming|following|upcoming|expiring)\b|^<")
DAYS_OF_MONTH: Final = 30
DAYS_OF_YEAR: Final = 365
NEAR: Final = {"today": 1, "tomorrow": 1, "day": 1, "week": 7, "fortnight": 14, "month": 30, "quarter": 91, "year": 365}
"""Words for a time ahead, in days."""


@dataclass(frozen=True, slots=True)
class DayOf:
    """Which day is meant: a rule that takes these facts, and today."""

    rule: Callable[..., date]
    facts: tuple[object, ...] = ()

    def __call__(self, today: date) -> date:
        """The day, given today."""
        return self.rule(*self.facts, today)


@dataclass(frozen=True, slots=True)
class When:
    """A time as somebody wrote it; which one it is depends on the moment and the zone. All None stands for now.

    `zone`: the one that was written beside it, instead of the writer's own. `ending`: it ends something, so that a day
    alone means through that day.
    """

    day: DayOf | None = None
    clock: time | None = None
    span: timedelta = timedelta()
    at: datetime | None = None
    zone: str = ""
    ending: bool = False

    def of(self, now: datetime, zone: str) -> datetime:
        """The time in UTC, by the clocks of `zone`. Raises UnfitError if there is no such day."""
        if self.at is not None:
            return self.at
        if self.day is None and self.clock is None:
            return now + self.span
        there = now.astimezone(ZoneInfo(self.zone or zone))
        day = there.date() if self.day is None else self.day(there.date())
        clock = self.clock or (LAST_MOMENT if self.ending else time())
        found = datetime.combine(day, clock, there.tzinfo).replace(fold=there.fold)  # the hour that comes twice, now
        if found <= there and (self.day is None or self.day.rule is _next_weekday):  # "at 18:00", when it is later
            found = datetime.combine(day + timedelta(days=1 if self.day is None else len(WEEK)), clock, there.tzinfo)
        return found.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Time(Kind):
    """A day or a time ahead. `ending`: it ends something, so that a day alone means through that day."""

    ending: bool = False

    @override
    def read(self, words: str) -> When:
        text = plain_day(words)
        if text in {"now", "at once", "immediately"}:
            return When()
        found = _span(text) or _aware(text) or self._local(text) or self._elsewhere(text)
        if found is None and (days := either_day(text)):
            raise UnfitError(say("unfit-day-month", words=words[:40]), *days)
        if found is None and "midnight" in text.split():
            raise UnfitError(say("unfit-midnight"), *self._midnights(text))
        if found is None:
            raise UnfitError(say("unfit-time", words=words[:40]))
        return replace(found, ending=self.ending)

    def _midnights(self, text: str) -> tuple[Suggestion, ...]:
        """The beginning and the end of a day, either of which may be called its midnight."""
        day = re.sub(r"\s*\b(?:at\s+)?midnight\b\s*(?:on\s+)?", " ", text).strip() or "today"
        lines = (f"{day} 00:00", f"{day} 23:59") if _day(day) is not None else ()
        return tuple(Suggestion(line, say("raw", text=line)) for line in lines)

    def _local(self, text: str) -> When | None:
        """A day, a time of day, or both."""
        if (day := _day(text)) is not None:
            return When(day)
        for clocked in CLOCKED:
            found = clocked.fullmatch(text)
            clock = None if found is None else _clock(found["clock"])
            if found is None or clock is None:
                continue
            rest = LEADING.sub("", found["day"].strip(), count=1)
            if not rest or (day := _day(rest)) is not None:
                return When(day, clock)
        return None

    def _elsewhere(self, text: str) -> When | None:
        """A time by the clocks of a zone that is named after it: "18:00 UTC", "friday 18:00 Kyiv time"."""
        tokens = text.removesuffix(" time").split()
        for count in (1, 2, 3):
            zones = zones_of(" ".join(tokens[-count:])) if count < len(tokens) else ()
            local = self._local(" ".join(tokens[:-count])) if len(zones) == 1 else None
            if local is not None and local.clock is not None:
                return replace(local, zone=zones[0])
        return None


def plain_day(words: str) -> str:
    """Words in lower case with single blanks, without those that only lead up to a day."""
    text = " ".join(words.casefold().replace(",", " ").split()).rstrip("!?")
    text = re.sub(r"\b([ap])\.\s?m\b\.?", r"\1m", text)
    text = re.sub(r"\ban (?=hour)", "a ", text)
    text = re.sub(r"(\d{4}-\d\d-\d\d)t(?=\d\d:)", r"\1 ", text)
    text = re.sub(r"(?<=\d)-([a-z]{3,9})-(?=\d)", r" \1 ", text)  # 5-Dec-2026, as spreadsheets write it
    while LEADING.match(text):
        text = LEADING.sub("", text, count=1)
    return text.removesuffix(" from now")


def _span(text: str) -> When | None:
    """A span from now: "3 days", "12h", "a week"; months by the calendar."""
    found = SPAN.fullmatch(text)
    if found is None or (found[2] is not None and found[2] not in COUNTED):
        return None
    number = max(1, COUNTED.index(found[2])) if found[2] else int(found[1])
    if not 0 < number <= MOST_SPAN:
        return None
    if found[3].startswith(("month", "year")):
        return When(DayOf(_months_on, (number * (HALF if found[3].startswith("year") else 1),)))
    hours = {"m": 1 / 60, "h": 1, "d": WHOLE_DAY, "w": 7 * WHOLE_DAY}[found[3][0]]
    return When(span=timedelta(hours=number * hours))


def _months_on(number: int, today: date) -> date:
    """The same day some months later, or the last of that month."""
    years, month = divmod(today.month - 1 + number, HALF)
    year = min(today.year + years, LAST_YEAR)
    return date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))


def _aware(text: str) -> When | None:
    """A time with its distance from UTC: "2026-12-01 09:00+02:00"."""
    try:
        at = datetime.fromisoformat(text.upper())
    except ValueError:
        return None
    return When(at=at.astimezone(UTC)) if at.tzinfo is not None and FIRST_YEAR <= at.year <= LAST_YEAR else None


def _clock(words: str) -> time | None:
    """A time of day: "9:30", "9am", "at 18", "noon"."""
    found = CLOCK.fullmatch(words)
    if found is None:
        return None
    hour = hour_of(int(found[1] or HALF), found[3])
    try:
        return None if hour is None else time(hour, int(found[2] or 0))
    except ValueError:
        return None


def hour_of(number: int, half: str | None) -> int | None:
    """The hour of the day that "9", "9 am" or "9 pm" means; None if a clock of twelve hours does not have it."""
    if not half:
        return number
    return number % HALF + (HALF if half == "pm" else 0) if 1 <= number <= HALF else None


def _day(text: str) -> DayOf | None:
    """A day without a time."""
    named = {"today": 0, "tonight": 0, "eod": 0, "end of day": 0, "end of today": 0, "tomorrow": 1, "tmrw": 1}
    named |= {"day after tomorrow": 2, "the day after tomorrow": 2}
    if text in named:
        return DayOf(_days_on, (named[text],))
    if text in {"end of month", "end of the month", "month end"}:
        return DayOf(_end_of_month)
    month = index_of(text.removeprefix("end of "), MONTHS) if text.startswith("end of ") else None
    if month is not None:
        return DayOf(_end_of_named, (month + 1,))
    weekday, _, rest = text.removeprefix("end of ").partition(" ")
    at = index_of(weekday.rstrip("."), WEEK)
    if at is not None and not rest:
        return DayOf(_next_weekday, (at,))
    day = day_of_month(rest if at is not None else text, _next_of)
    return day if at is None or day is None else DayOf(checked, (at, day))


def day_of_month(text: str, of_any_year: Callable[[int, int, date], date]) -> DayOf | None:
    """A day of a month; None if there is no such day.

    Where no year is named, `of_any_year` chooses one, by month, day and today.
    """
    if (found := YEAR_FIRST.fullmatch(text)) is not None:
        return _of_year(int(found[1]), int(found[3]), int(found[4]), of_any_year)
    if (found := NUMERIC.fullmatch(text)) is not None:
        first, second = int(found[1]), int(found[3])
        if first != second and max(first, second) <= len(MONTHS):
            return None  # see `either_day`
        day, month = (second, first) if second > len(MONTHS) else (first, second)
        return _of_year(int(found[4]) if found[4] else None, month, day, of_any_year)
    found = DAY_MONTH.fullmatch(text) or MONTH_DAY.fullmatch(text)
    at = None if found is None else index_of(found["month"], MONTHS)
    if found is None or at is None:
        return None
    return _of_year(int(found["year"]) if found["year"] else None, at + 1, int(found["day"]), of_any_year)


def _of_year(year: int | None, month: int, day: int, of_any_year: Callable[[int, int, date], date]) -> DayOf | None:
    """A day of this year, or of one that is chosen if none is named; None if no such day exists."""
    try:
        found = date(year or 2000, month, day)  # 2000 has every day
    except ValueError:
        return None
    if year is None:
        return DayOf(of_any_year, (month, day))
    return DayOf(_fixed, (found,)) if FIRST_YEAR <= year <= LAST_YEAR else None


def _fixed(day: date, _today: date) -> date:
    return day


def _days_on(number: int, today: date) -> date:
    return today + timedelta(days=number)


def _end_of_month(today: date) -> date:
    return today.replace(day=calendar.monthrange(today.year, today.month)[1])


def _end_of_named(month: int, today: date) -> date:
    """The last day of the next month of this name; of this month, if it has it."""
    return _end_of_month(date(today.year + (month < today.month), month, 1))


def _next_weekday(weekday: int, today: date) -> date:
    """The next such weekday; today, if it is one."""
    return today + timedelta(days=(weekday - today.weekday()) % len(WEEK))


def _next_of(month: int, day: int, today: date) -> date:
    """The next such day of a year. UnfitError if it passed lately, because next year's is hardly meant."""
    for year in range(today.year, today.year + 9):
        if (month, day) == (2, 29) and not calendar.isleap(year):
            continue
        found = date(year, month, day)
        if found >= today:
            return found
        if today - found <= PASSED:
            raise UnfitError(say("unfit-day-passed", day=found, next=f"{year + 1}-{month:02}-{day:02}"))
    raise AssertionError  # pragma: no cover - there is a leap year among nine


def checked(weekday: int, day: DayOf, today: date) -> date:
    """A day with its weekday. UnfitError if they do not go together."""
    found = day(today)
    if found.weekday() != weekday:
        raise UnfitError(say("unfit-weekday", day=found, weekday=say(f"weekday-{WEEK[found.weekday()][:SHORTEST]}")))
    return found


def either_day(text: str) -> tuple[Suggestion, ...]:
    """Both readings of a day such as 05.12., in which either number may be the month, with its time if it has one."""
    for clocked in (re.compile(r"(?P<day>\S+)"), *CLOCKED):
        parts = clocked.fullmatch(text)
        found = None if parts is None else NUMERIC.fullmatch(parts["day"].strip())
        if parts is None or found is None:
            continue
        clock = f" {parts['clock']}" if "clock" in parts.groupdict() else ""
        year = f" {found[4]}" if found[4] else ""
        lines = [f"{one} {MONTHS[int(other) - 1].capitalize()}{year}{clock}" for one, other in _orders(found)]
        return tuple(Suggestion(line, say("raw", text=line)) for line in lines)
    return ()


def _orders(found: re.Match[str]) -> list[tuple[int, int]]:
    first, second = int(found[1]), int(found[3])
    return [(first, second), (second, first)] if min(first, second) > 0 and max(first, second) <= len(MONTHS) else []


def index_of(word: str, names: tuple[str, ...]) -> int | None:
    """Which of the names begins with a word of at least three letters."""
    found = [at for at, name in enumerate(names) if len(word) >= SHORTEST and name.startswith(word)]
    return found[0] if found else None


@dataclass(frozen=True, slots=True)
class Days(Whole):
    """A number of days, such as "7", "7 days" or "2 weeks"."""

    longest: ClassVar[bool] = False  # the unit is a part of it too

    @override
    def read(self, words: str) -> int:
        found = SPAN.fullmatch(" ".join(words.casefold().split()))
        if found is None or found[3][0] not in {"d", "w"} or (found[2] or "a") not in COUNTED:
            return Whole.read(self, words)
        number = max(1, COUNTED.index(found[2])) if found[2] else int(found[1])
        return Whole.read(self, str(number * (7 if found[3][0] == "w" else 1)))


@dataclass(frozen=True, slots=True)
class Within(Days):
    """How many days ahead somebody wants to look: "14", "in 2 weeks", "next month", "tomorrow"."""

    @override
    def read(self, words: str) -> int:
        text = " ".join(AHEAD.sub(" ", words.casefold()).strip(" .,!?").split())
        if text in NEAR:
            return NEAR[text]
        found = SPAN.fullmatch(text)
        try:
            if found is not None and found[3].startswith(("month", "year")) and (found[2] or "a") in COUNTED:
                number = max(1, COUNTED.index(found[2])) if found[2] else int(found[1])
                return Whole.read(self, str(number * (DAYS_OF_YEAR if found[3][0] == "y" else DAYS_OF_MONTH)))
            return Days.read(self, text)
        except UnfitError as error:
            if any(letter.isdigit() for letter in text) and not any(letter.isalpha() for letter in text):
                raise
            raise UnfitError(say("unfit-within", words=words[:40])) from error

    @override
    def find(self, tokens: list[str]) -> slice | None:
        return slice(0, len(tokens)) if tokens else None
