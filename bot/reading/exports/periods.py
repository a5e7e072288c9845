"""Periods as people write them for a document, in the words that `Period` understands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.options.times.days import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterator

ORDINALS: Final = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
QUARTERS: Final = re.compile(rf"\b(?:the )?({'|'.join(ORDINALS)}) quarter(?: of)?\b")
HALVES: Final = re.compile(
    r"\b(?:the )?(?:h([12])|(first|1st|second|2nd) half)(?: of(?: the year)?|[-/])?(?: ?(20\d\d))?\b"
)
MONTH: Final = rf"(?:{'|'.join((*MONTHS, *(name[:3] for name in MONTHS), 'sept'))})"
DAY: Final = r"(?:20\d\d-\d\d?-\d\d?|\d\d?[./]\d\d?(?:[./]\d{2,4})?)"
NUMERIC_RANGE: Final = re.compile(
    r"(?<![\d./-])(\d\d?)[./](\d\d?)(?:[./](\d\d(?:\d\d)?))?(?: ?[-\u2013\u2014] ?| (?:to|until|till|and) )"
    r"(\d\d?)[./](\d\d?)(?:[./](\d\d(?:\d\d)?))?(?![\d./-])"
)
MOST_MONTH: Final = 12
CENTURY: Final = 20
TIMELY: Final = re.compile(rf"{MONTH}\b|\d|q[1-4]\b|(?:this|last|today|yesterday|week|month|quarter|year)\b")
UNTIL: Final = "until"
SIGNS: Final = (
    (re.compile(r"(?<=[a-z])['\u2019]s\b"), ""),
    (re.compile(r" ?[&+] ?"), " and "),
    (re.compile(r"[:|()\[\]{}]"), " "),
    (re.compile(r"[\"'\u201c\u201d\u201e\u00ab\u00bb`](?!\d\d\b)"), " "),
    (re.compile(r"(?:^|(?<=\s))\*?\.(?=[a-z])"), ""),
    (re.compile(r"\b(csv|excel|xlsx|beancount|hledger)-(?=[a-z])"), r"\1 "),
    (re.compile(r"\b(\d\d?\.\d\d?)\.(?!\d)"), r"\1"),
    (re.compile(rf"({MONTH}|\d(?:st|nd|rd|th)?) (?:through|thru|up to|up until|bis)\b"), r"\1 to"),
)
"""Signs that say nothing, such as those of a quotation or of the kind of a file."""
SAID: Final = (
    (re.compile(r"\b(?:(?:the )?(?:last|past) )?fortnight\b"), "14 days"),
    (re.compile(r"\b(?:the )?month of (?=[a-z])"), ""),
    (re.compile(r"\b(?:calendar|tax|fiscal|financial|business|accounting) (?=(?:week|month|quarter|year)s?\b)"), ""),
    (re.compile(r"\bfy ?(20\d\d)\b"), r"\1"),
    (re.compile(r"\byears? (?=20\d\d\b)"), ""),
    (re.compile(r"\b(20\d\d) ?[-\u2013] ?(20\d\d)\b"), r"\1 to \2"),
    (re.compile(rf"\b({MONTH}) ?[-/\u2013] ?({MONTH})\b"), r"\1 to \2"),
    (re.compile(r"\b([1-4])q ?(20)?(\d\d)\b"), r"q\1 20\3"),
    (re.compile(rf"\b(q[1-4]|{MONTH})[ -]?['\u2019](\d\d)\b"), r"\1 20\2"),
    (re.compile(r"\b(\d{4})[ -]?q([1-4])\b"), r"q\2 \1"),
    (re.compile(r"\bq([1-4])(?: of |/|-)(\d{4})\b"), r"q\1 \2"),
    (re.compile(rf"(?<![\d./-])(?<![a-z] )\b(20\d\d) ({MONTH})\b(?! ?\d)"), r"\2 \1"),
    (re.compile(r"(?<![\d./-])(0?[1-9]|1[0-2])[-/.](20\d\d)\b(?![./-])"), r"\2-\1"),
    (re.compile(r"(?<![\d./])(20\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])\b"), r"\1-\2-\3"),
    (re.compile(r"(?<![\d./-])(20\d\d) ?(0[1-9]|1[0-2])\b(?![./-])"), r"\1-\2"),
    (re.compile(rf"\b({DAY}) ?[-\u2013\u2014] ?({DAY})\b"), r"\1 to \2"),
    (re.compile(r"\b(?:this and last|last and this) (week|month|quarter|year)\b"), r"last \1 to this \1"),
    (
        re.compile(r"\b(?:since|from) (?:(?:i|we) (?:started|began|joined|opened)|(?:the )?(?:very )?"
                   r"(?:day (?:one|1)|first day|start|beginning))(?: (?:on|to|until|till) (?:now|today))?\b"),
        "all time",
    ),
    (re.compile(rf"\b(?:from |since )?({MONTH}|20\d\d-\d\d)((?: 20\d\d)?) (?:onwards?|forward)\b"), r"since \1\2"),
    (re.compile(rf"\bfrom ({MONTH}|20\d\d-\d\d)((?: 20\d\d)?) on\b"), r"since \1\2"),
    (re.compile(r"(?<=[a-z])/(?=[a-z])"), " "),
    (re.compile(r"\b(?:to|until|till) now\b"), "to today"),
    (re.compile(r"\btax (?=returns?\b|office\b|advis[eo]r\b)|(?<=\btax )returns?\b"), ""),
)  # fmt: skip
"""Periods and recipients as people write them, in the words that are understood."""


def plain(text: str) -> str:
    """A folded text with its periods in the words that are understood."""
    for pattern, said in SIGNS:
        text = pattern.sub(said, text)
    text = NUMERIC_RANGE.sub(_in_order, text)
    text = QUARTERS.sub(lambda found: f"q{ORDINALS[found[1]]}", text)
    text = HALVES.sub(_months_of_half, text)
    for pattern, said in SAID:
        text = pattern.sub(said, text)
    return " ".join(_with_ends(text.split()))


def _with_ends(words: list[str]) -> Iterator[str]:
    """Words in which an end without a beginning is no recipient and no form: "to october", "to excel"."""
    for before, word, after in zip(["", *words], words, [*words[1:], ""], strict=False):
        ends = word == "to" and TIMELY.match(after) and not TIMELY.match(before)
        yield UNTIL if ends else word


def _months_of_half(half: re.Match[str]) -> str:
    number = int(half[1] or ORDINALS[half[2]])
    first, last = ("jan", "jun") if number == 1 else ("jul", "dec")
    year = f" {half[3]}" if half[3] else ""
    return f"{first}{year} to {last}{year}"


def _in_order(days: re.Match[str]) -> str:
    """Two days in numbers: day first where there are dots, or else where one of them can only be read so."""
    one, other, year, one_end, other_end, year_end = days.groups()
    day_first = max(int(one), int(one_end)) > MOST_MONTH
    month_first = max(int(other), int(other_end)) > MOST_MONTH
    if day_first == month_first and (day_first or "/" in days[0]):
        return days[0]
    if month_first:
        one, other, one_end, other_end = other, one, other_end, one_end
    return f"{_named(one, other, year or year_end)} to {_named(one_end, other_end, year_end or year)}"


def _named(day: str, month: str, year: str | None) -> str:
    """A day with its month by name; a year of two figures is of this century."""
    name = MONTHS[int(month) - 1] if 0 < int(month) <= MOST_MONTH else month
    return " ".join((day, name, *([f"{CENTURY}{year[-2:]}"] if year else [])))
