"""Days for which a target is set, as people write them: "till the 15th", "this week", "by friday", "in november"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from bot.command.declaration import Kind, UnfitError
from bot.options.times.days import MONTHS, Time, index_of
from bot.options.times.days import WEEK as WEEKDAYS
from bot.options.times.past import Past
from bot.options.times.period import Days, DaysOf
from bot.reply.parts import say
from core.shared.calendar import DAY, LONGEST_MONTH, WEEK, last_monday

if TYPE_CHECKING:
    from collections.abc import Callable

UNTIL: Final = re.compile(
    r"(?P<word>until|till|til|by|through|thru|up to|up until|to|before|not later than|no later than)\s+(?P<day>.+)"
)
BEFORE: Final = "before"
TWO: Final = re.compile(
    r"(?:from |between |starting |since )?(?P<first>.+?)"
    r"(?:\s*[\u2013\u2014]\s*| (?:-|to|and|until|till|through|thru|by) )(?P<last>.+)"
)
NTH: Final = re.compile(r"(?:the )?(?P<day>\d\d?)(?:st|nd|rd|th)(?P<next> of next month)?(?: of (?:the|this) month)?")
UNIT: Final = re.compile(
    r"(?:in |during |for |over |within )?(?:the )?(?P<which>this|current|next|coming|following) (?P<unit>week|month)"
)
END: Final = re.compile(r"(?:the )?(?:end of (?:the |this )?(?P<unit>week|month)|(?P<other>week|month)[- ]?end)")
AHEAD: Final = re.compile(r"(?:(?:in|within|for|over|during) )?(?:the )?(?:(?:next|coming|following) )?(?P<span>.+)")
IN_MONTH: Final = re.compile(r"(?:in |during |for )(?P<month>[a-z]{3,9})\.?(?: (?P<year>20\d\d))?")
TODAY: Final = frozenset({"today", "tonight", "for today"})
NOW: Final = frozenset({"this", "current"})
LONGEST: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class DaysAhead:
    """Days as somebody wrote them; which they are depends on the day on which they did."""

    rule: DaysOf
    words: str

    def of(self, today: date) -> Days:
        """The days, given today. UnfitError if they are over, end before they begin, or are too many."""
        days = self.rule(today)
        if days.first > days.last:
            raise UnfitError(say("target-backwards", first=days.first, last=days.last))
        if days.last < today:
            raise UnfitError(say("target-past", day=days.last))
        if days.last - days.first > LONGEST:
            raise UnfitError(say("target-long", days=LONGEST.days))
        return days


@dataclass(frozen=True, slots=True)
class Ahead(Kind):
    """Days of which the last is still to come. A day alone is the last one, and the first is today."""

    @override
    def read(self, words: str) -> DaysAhead:
        text = " ".join(words.casefold().replace(",", " ").split()).strip("?!. ")
        rule = _named(text) or _between(text) or _until(text)
        if rule is None:
            raise UnfitError(say("unfit-ahead", words=words[:40]))
        return DaysAhead(rule, words)

    @override
    def find(self, tokens: list[str]) -> slice | None:
        for size in range(len(tokens), 0, -1):
            try:
                self.read(" ".join(tokens[:size]))
            except UnfitError:
                continue
            return slice(0, size)
        return None


def _named(text: str) -> DaysOf | None:
    """A day, a week or a month by its name, all of it or until its end."""
    if text in TODAY:
        return DaysOf(_today)
    if (unit := UNIT.fullmatch(text)) is not None:
        return DaysOf(_unit, (unit["unit"], unit["which"] in NOW))
    if (end := END.fullmatch(text)) is not None:
        return DaysOf(_rest, (end["unit"] or end["other"],))
    month = IN_MONTH.fullmatch(text)
    number = None if month is None else index_of(month["month"], MONTHS)
    if month is None or number is None:
        return None
    return DaysOf(_month, (number + 1, int(month["year"]) if month["year"] else 0))


def _between(text: str) -> DaysOf | None:
    """From one day to another. The first may have passed: it is the latest such day before the last one."""
    found = None if UNTIL.fullmatch(text) else TWO.fullmatch(text)
    first = None if found is None else _first(found["first"])
    last = None if found is None or first is None else _day(found["last"])
    return None if first is None or last is None else DaysOf(_from_to, (first, last))


def _until(text: str) -> DaysOf | None:
    """Up to a day, or for a span of days: "till friday", "before the 15th", "in 10 days"."""
    until = UNTIL.fullmatch(text)
    if until is None:
        span = AHEAD.fullmatch(text)
        last = None if span is None else _day(span["span"])
        return None if last is None else DaysOf(_up_to, (last, 0))
    if (end := END.fullmatch(until["day"])) is not None:
        return DaysOf(_rest, (end["unit"] or end["other"],))
    last = _day(until["day"])
    return None if last is None else DaysOf(_up_to, (last, 1 if until["word"] == BEFORE else 0))


def _day(text: str) -> Callable[[date], date] | None:
    """A day, to come where the words leave that open; None if they are none. UnfitError if they may be two."""
    if (nth := NTH.fullmatch(text)) is not None:
        number = int(nth["day"])
        return _Nth(number, following=nth["next"] is not None) if 0 < number <= LONGEST_MONTH else None
    try:
        when = Time().read(text)
    except UnfitError as error:
        if error.answers:
            raise
        return _past(text)
    if when.clock is not None or when.at is not None:
        return None
    if when.day is not None:
        return when.day
    return _Span(when.span.days) if when.span >= DAY else None


def _past(text: str) -> Callable[[date], date] | None:
    """A day that has passed, which is then said to be over."""
    try:
        return Past().read(text).of
    except UnfitError:
        return None


@dataclass(frozen=True, slots=True)
class _Nth:
    """The next day with a number in its month."""

    number: int
    following: bool = False

    def __call__(self, today: date) -> date:
        first = day = _next_month(today) if self.following else today
        while day.day != self.number:
            day += DAY
        if self.following and day.month != first.month:
            raise UnfitError(say("unfit-ahead", words=f"{self.number}"))
        return day


@dataclass(frozen=True, slots=True)
class _Span:
    """So many days from today."""

    days: int

    def __call__(self, today: date) -> date:
        return today + timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class _Latest:
    """The latest day with a number in its month, or with a weekday, up to another day."""

    number: int = 0
    weekday: int = -1

    def __call__(self, last: date) -> date:
        day = last
        while self.number not in {0, day.day} or self.weekday not in {-1, day.weekday()}:
            day -= DAY
        return day


def _first(text: str) -> Callable[[date], date] | None:
    """The first day of several. It is given the last one where that decides which it is."""
    if (nth := NTH.fullmatch(text)) is not None and 0 < int(nth["day"]) <= LONGEST_MONTH:
        return _Latest(number=int(nth["day"]))
    weekday = index_of(text.rstrip("."), WEEKDAYS)
    return _day(text) if weekday is None else _Latest(weekday=weekday)


def _today(today: date) -> Days:
    return Days(today, today)


def _unit(unit: str, now: bool, today: date) -> Days:  # noqa: FBT001 - a fact of `DaysOf`
    """This week or month, or the next."""
    if unit == "week":
        monday = last_monday(today) + timedelta(days=0 if now else WEEK)
        return Days(monday, monday + timedelta(days=WEEK - 1))
    first = today.replace(day=1) if now else _next_month(today)
    return Days(first, _next_month(first) - DAY)


def _rest(unit: str, today: date) -> Days:
    """From today to the end of this week or month."""
    return Days(today, _unit(unit, True, today).last)  # noqa: FBT003 - as above


def _month(number: int, year: int, today: date) -> Days:
    """A month of a year, or the next one of its name; this month, if it has it."""
    first = date(year or today.year + (number < today.month), number, 1)
    return Days(first, _next_month(first) - DAY)


def _next_month(day: date) -> date:
    return (day.replace(day=1) + LONGEST_MONTH * DAY).replace(day=1)


def _up_to(last: Callable[[date], date], less: int, today: date) -> Days:
    """From today to a day. One that has passed already is what it is called."""
    day = last(today) - timedelta(days=less)
    return Days(min(today, day), day)


def _from_to(first: Callable[[date], date], last: Callable[[date], date], today: date) -> Days:
    end = last(today)
    return Days(first(end) if isinstance(first, _Latest) else first(today), end)
