"""The period in a question: "last month", "in the next 14 days", "since january", wherever it stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.options.times.days import COUNTED
from bot.options.times.past import Past
from bot.options.times.period import Period
from bot.reading.pairs import fits

if TYPE_CHECKING:
    from collections.abc import Iterator

LEADING: Final = frozenset(["in", "on", "at", "during", "for", "within", "over", "the", "of", "from"])
MOST_PERIOD: Final = 9
NUMBERS: Final = {word: number for number, word in enumerate(COUNTED) if number > 1} | {"twelve": 12}
COUNT: Final = re.compile(rf"\b({'|'.join(NUMBERS)})(?= (?:days?|weeks?|months?|years?)\b)")
YEARS: Final = re.compile(r"\b(\d) years?\b")
SAID: Final = (
    (re.compile(r"\b(?:a|one) (?=(?:day|week|month) ago\b)"), "1 "),
    (re.compile(r"\b(?:half a|half) year\b"), "6 months"),
    (
        re.compile(r"\bthe (?:whole |full )?year(?= for (?:my|our|the) (?:accountant|bookkeeper|partner)\b)"),
        "last 12 months",
    ),
    (re.compile(r"(?<=accountant )the (?:whole |full )?year\b"), "last 12 months"),
    (re.compile(r"\b(?:in|over|for) an? (?:whole )?year\b"), "12 months"),
    (re.compile(r"\b(?:in|over|for) an? (?:whole )?month\b"), "30 days"),
    (re.compile(r"\b(?:in|over|for) an? (?:whole )?week\b"), "7 days"),
    (re.compile(r"\b(?:year to date|ytd)\b"), "this year"),
    (re.compile(r"\b(?:month to date|mtd)\b"), "this month"),
    (
        re.compile(r"\b(?:of |for )?all time\b|\b(?:ever|in total|altogether|since the (?:start|beginning))\b"),
        "all time",
    ),
    (re.compile(r"\bmay (?=i\b|we\b)"), ""),
)
"""Periods as people say them, in the words that `Period` knows."""
AHEAD: Final = re.compile(
    r"\b(?:(?:in|within|during|over|for) )?(?:the )?(?:next|coming) "
    r"(?:(?P<count>\d{1,3}) )?(?P<unit>day|week|month)s?\b"
)
TIMELY: Final = re.compile(
    r"\d|^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|to|yester|day|week|month|quarter|"
    r"year|time|ago|night|morning|evening|afternoon)"
)
"""What a period has at least one of."""
DAYS: Final = {"day": 1, "week": 7, "month": 31}
LASTLY: Final = re.compile(r"\b(?:last|past|previous|this) (?=(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))")


def without_days_ahead(text: str) -> tuple[str, int]:
    """A text without the days to come in it, and how many these are."""
    text = COUNT.sub(lambda count: str(NUMBERS[count[1]]), text)
    found = AHEAD.search(text)
    if found is None:
        return text, 0
    return f"{text[: found.start()]} soon {text[found.end() :]}", DAYS[found["unit"]] * int(found["count"] or 1)


def without_period(text: str) -> tuple[str, str]:
    """A text without the longest period in it, and that period."""
    text = LASTLY.sub("", text)
    for pattern, plain in SAID:
        text = pattern.sub(plain, text)
    text = YEARS.sub(lambda years: f"{12 * int(years[1])} months", text)
    words = text.split()
    timely = [TIMELY.search(word) is not None for word in words]
    for start, stop in _spans(len(words)):
        period = " ".join(words[start:stop])
        if any(timely[start:stop]) and _is_period(period):
            return " ".join((*words[:start], *words[stop:])), _plain(period)
    return text, ""


def _plain(period: str) -> str:
    """A period without the words that lead up to it, unless they say that it goes on until today."""
    while (shorter := period.partition(" ")[2]) and _is_period(shorter) and period.split(maxsplit=1)[0] in LEADING:
        period = shorter
    return period


def _spans(count: int) -> Iterator[tuple[int, int]]:
    for length in range(min(MOST_PERIOD, count), 0, -1):
        for start in range(count - length + 1):
            yield start, start + length


def _is_period(words: str) -> bool:
    """Whether words are a period; a figure alone is one only as a year."""
    return (not words.isdecimal() or len(words) == len("2026")) and fits(Period(), words)


def is_day(period: str) -> bool:
    """Whether a period is a single day."""
    return fits(Past(), period)
