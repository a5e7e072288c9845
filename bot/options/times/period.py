"""Periods that have passed, as people write them: "november", "2026-11", "last month", "30 days", "1 Nov to 15 Nov"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from typing_extensions import override

from bot.command.declaration import Kind, UnfitError
from bot.options.times.days import COUNTED, FIRST_YEAR, HALF, LAST_YEAR, MONTHS, PASSED, WEEK, index_of
from bot.options.times.past import LONG_AGO, Past, PastDay
from bot.reply.parts import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.options.times.days import DayOf

LEADING: Final = re.compile(r"(?:in|during|for|within|over|the|of)\s+")
TWO: Final = re.compile(
    r"(?:from |between |since )?(?P<first>.+?)(?:\s*(?:\u2013|\u2014|\.\.+)\s*| (?:-|to|and|until|till) )(?P<last>.+)"
)
TO: Final = r"(?:st|nd|rd|th)?(?: ?[-\u2013\u2014] ?| (?:to|and|until|till) )(?P<last>\d\d?)(?:st|nd|rd|th)?"
IN_MONTH: Final = tuple(
    re.compile(rf"(?:from |between )?{pattern}(?P<year> \d{{4}})?")
    for pattern in (
        rf"(?P<first>\d\d?){TO}(?: of)? (?P<month>[a-z]{{3,9}})\.?",
        rf"(?P<month>[a-z]{{3,9}})\.? (?P<first>\d\d?){TO}",
    )
)
"""Two days of one month, which is said once."""
SINCE: Final = re.compile(r"(?:since|from|after) (?P<first>.+)")
MONTH: Final = re.compile(r"(?P<month>[a-z]{3,9})\.?(?: (?:of )?(?:(?P<year>\d{4})|(?P<which>this|last) year))?")
QUARTER: Final = re.compile(r"q(?P<quarter>[1-4])(?: (?P<year>\d{4}))?")
NUMBERED: Final = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d\d?)|(?P<alone>\d{4})")
NUMBERS: Final = {word: number for number, word in enumerate(COUNTED) if number > 1}
SOME: Final = re.compile(
    rf"(?:(?:last|past|previous) )?(?:(?P<count>\d{{1,3}}) ?|(?P<word>{'|'.join(NUMBERS)}) )"
    r"(?P<unit>days?|d|weeks?|w|months?|years?)"
)
ALONE: Final = re.compile(r"(?:an? |one |last |past )?(?P<unit>week|month|quarter|year)")
ALL_TIME: Final = "all time"
ALWAYS: Final = frozenset({"all", "all of it", "everything", "ever", "always", "from the start", "from the beginning"})
ONE: Final = timedelta(days=1)
EVER: Final = date(FIRST_YEAR, 1, 1) - ONE
"""The first day of the period that has everything; nobody can write it."""
LATEST: Final = {"week": 7, "month": 30, "quarter": 90, "year": 365}
NAMED: Final = re.compile(r"(?P<which>this|last|past|previous) (?P<unit>week|month|quarter|year)")


class Days(NamedTuple):
    """The first and the last day of a period."""

    first: date
    last: date


class DaysOf(NamedTuple):
    """Which days are meant: a rule that takes these facts, and today."""

    rule: Callable[..., Days]
    facts: tuple[object, ...] = ()

    def __call__(self, today: date) -> Days:
        """The days, given today."""
        return self.rule(*self.facts, today)


@dataclass(frozen=True, slots=True)
class Span:
    """A period as somebody wrote it; which days it has depends on the day on which they did."""

    rule: DaysOf
    words: str

    def of(self, today: date) -> Days:
        """Its days, given today. Raises UnfitError for days that are unclear or still to come."""
        return self.rule(today)


@dataclass(frozen=True, slots=True)
class Period(Kind):
    """A period, up to today.

    alone: a unit alone is so many days up to today, as in "year" or "a month", and "all" is all time. Where titles
        stand beside the period these may be words of theirs.
    """

    alone: bool = False

    @override
    def read(self, words: str) -> Span:
        text = " ".join(words.casefold().replace(",", " ").split()).strip("?!. ")
        while LEADING.match(text):
            text = LEADING.sub("", text, count=1)
        rule = DaysOf(_ever) if text == ALL_TIME else _between(text) or _whole(text)
        if rule is None and self.alone:
            rule = _alone(text)
        if rule is None:
            raise UnfitError(say("unfit-period", words=words[:40]))
        return Span(rule, words)


def _alone(text: str) -> DaysOf | None:
    """A unit of time without a number, or everything in a word."""
    if text in ALWAYS:
        return DaysOf(_ever)
    found = ALONE.fullmatch(text)
    return None if found is None else DaysOf(_latest, (LATEST[found["unit"]], "d"))


def _ever(today: date) -> Days:
    return Days(EVER, today)


def _between(text: str) -> DaysOf | None:
    """From one day to another, or to today."""
    for pattern in IN_MONTH:
        if (days := pattern.fullmatch(text)) is not None and index_of(days["month"], MONTHS) is not None:
            month = f"{days['month']}{days['year'] or ''}"
            text = f"{days['first']} {month} to {days['last']} {month}"
    found = TWO.fullmatch(text)
    since = SINCE.fullmatch(text) if found is None else None
    if since is not None:
        start = _whole(since["first"])
        return None if start is None else DaysOf(_until_today, (start,))
    first, last = (None, None) if found is None else (_whole(found["first"]), _whole(found["last"]))
    return None if first is None or last is None else DaysOf(_from_to, (first, last))


def _until_today(start: DaysOf, today: date) -> Days:
    return _checked(start(today).first, today)


def _from_to(first: DaysOf, last: DaysOf, today: date) -> Days:
    """From one day to another, which may be still to come: as in "this month", what has passed by then is meant."""
    begin = first(today).first
    coming = _end_after(begin, last)
    ahead = coming is not None and coming > today
    try:
        end = last(today).last
    except UnfitError:
        if coming is None or not ahead:
            raise
        return Days(begin, coming)
    if coming is not None and ahead and end < begin and coming - begin < PASSED:
        end = coming
    return _checked(begin, end)


def _end_after(begin: date, last: DaysOf) -> date | None:
    """The first such day from another one on; None if there is none in that year and the next."""
    for year in (begin.year, begin.year + 1):
        try:
            end = last(date(year, HALF, 31)).last
        except UnfitError:
            continue
        if end >= begin:
            return end
    return None


def _checked(first: date, last: date) -> Days:
    if last < first:
        raise UnfitError(say("unfit-period-order", first=first, last=last))
    return Days(first, last)


def _whole(text: str) -> DaysOf | None:
    """A month, a quarter, a week, a year, so many days, or one day."""
    found = _named(text) or _of_calendar(text)
    if found is not None:
        return found
    try:
        return DaysOf(_one, (Past().read(text).rule,))
    except UnfitError:
        return None


def _named(text: str) -> DaysOf | None:
    """A period that is counted from today."""
    if (named := NAMED.fullmatch(text)) is not None:
        rule = {"week": _week, "month": _month, "quarter": _quarter, "year": _year}[named["unit"]]
        return DaysOf(rule, (0 if named["which"] == "this" else 1,))
    if (some := SOME.fullmatch(text)) is not None and (count := NUMBERS.get(some["word"]) or int(some["count"])):
        return DaysOf(_latest, (count, some["unit"][0]))
    return None


def _of_calendar(text: str) -> DaysOf | None:
    """A year, a quarter or a month by its name or number."""
    if (numbered := NUMBERED.fullmatch(text)) is not None:
        return _numbered(numbered)
    if (quarter := QUARTER.fullmatch(text)) is not None and _is_likely(quarter["year"]):
        return DaysOf(_of_quarter, (int(quarter["quarter"]), int(quarter["year"]) if quarter["year"] else None))
    month = MONTH.fullmatch(text)
    at = None if month is None else index_of(month["month"], MONTHS)
    if month is None or at is None or not _is_likely(month["year"]):
        return None
    if month["which"] is not None:
        return DaysOf(_of_year, (at + 1, 0 if month["which"] == "this" else 1))
    return DaysOf(_of_name, (at + 1, int(month["year"]) if month["year"] else None))


def _one(day: DayOf, today: date) -> Days:
    """One day. Nothing is booked on it, so that the latest such day is meant, however long ago it was."""
    try:
        found = PastDay(day, "").of(today)
    except UnfitError as doubt:
        if doubt.sentence.id != LONG_AGO:
            raise
        found = date.fromisoformat(doubt.answers[0].words)
    return Days(found, found)


def _latest(count: int, unit: str, today: date) -> Days:
    """So many days, weeks, months or years that end today, as far as there are any that concern Upwork."""
    if unit == "y":
        return Days(max(today - timedelta(days=LATEST["year"] * count - 1), EVER), today)
    if unit == "m":
        return Days(_months_back(today.replace(day=1), count - 1), today)
    days = count * (len(WEEK) if unit == "w" else 1)
    return Days(today - timedelta(days=days - 1), today)


def _is_likely(year: str | None) -> bool:
    """Whether a year may be meant, or none is said."""
    return year is None or FIRST_YEAR <= int(year) <= LAST_YEAR


def _numbered(found: re.Match[str]) -> DaysOf | None:
    year, month = int(found["year"] or found["alone"]), int(found["month"] or 0)
    if not FIRST_YEAR <= year <= LAST_YEAR or month > HALF:
        return None
    if found["alone"]:
        return DaysOf(_calendar_year, (year,))
    return DaysOf(_of_name, (month, year)) if month else None


def _calendar_year(year: int, _today: date) -> Days:
    return Days(date(year, 1, 1), date(year, HALF, 31))


def _of_name(month: int, year: int | None, today: date) -> Days:
    """A month of a year, or the latest one that has begun."""
    first = date(year or today.year - (month > today.month), month, 1)
    return Days(first, _end_of(first))


def _of_year(month: int, back: int, today: date) -> Days:
    return _of_name(month, today.year - back, today)


def _of_quarter(number: int, year: int | None, today: date) -> Days:
    """A quarter of a year, or the latest one that has begun."""
    first = _of_name(3 * number - 2, year, today).first
    return Days(first, _end_of(_months_back(first, -2)))


def _quarter(back: int, today: date) -> Days:
    first = _months_back(today.replace(day=1), (today.month - 1) % 3 + 3 * back)
    return Days(first, _end_of(_months_back(first, -2)))


def _week(back: int, today: date) -> Days:
    first = today - timedelta(days=today.weekday() + back * len(WEEK))
    return Days(first, first + timedelta(days=len(WEEK) - 1))


def _month(back: int, today: date) -> Days:
    first = _months_back(today.replace(day=1), back)
    return Days(first, _end_of(first))


def _year(back: int, today: date) -> Days:
    return _calendar_year(today.year - back, today)


def _months_back(first: date, count: int) -> date:
    """The first of a month so many months before."""
    years, month = divmod(first.year * HALF + first.month - 1 - count, HALF)
    return date(years, month + 1, 1)


def _end_of(first: date) -> date:
    """The last day of the month that begins then."""
    return _months_back(first, -1) - ONE
