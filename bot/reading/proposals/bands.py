"""Reads prices and ages of jobs: "bids of up to 8 connects", "jobs under an hour old", "unknown price"."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING, Final

from bot.reading.parser import ASK_ME
from core.proposals.card_groups import AGES, BANDS
from core.shared.calendar import DAY
from core.stats.model import JobAge, PriceBand

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HOURS_A_DAY: Final = DAY / timedelta(hours=1)
COUNT: Final = r"(?:\d{1,3}|an?|one)"
UNIT: Final = r" ?(?P<unit>connects?|hours?|hrs?|days?)(?: old)?"
FIRST_UNIT: Final = r"(?: (?:connects?|hours?|hrs?|days?))?"
TO: Final = r"(?: (?:to|and|till|until) | ?[-\u2013] ?)"
BOUNDS: Final = tuple(
    re.compile(rf"\b{pattern}(?!\w)", re.IGNORECASE)
    for pattern in (
        rf"(?:between |from )?(?P<least>{COUNT}){FIRST_UNIT}{TO}(?P<most>{COUNT}){UNIT}",
        rf"(?:up to|at most|no more than|not more than) (?P<most>{COUNT}){UNIT}",
        rf"(?P<most>{COUNT}){UNIT} (?:or|and) (?:less|fewer|younger|newer|under)",
        rf"(?:under|below|less than|fewer than|cheaper than|younger than|newer than) (?P<below>{COUNT}){UNIT}",
        rf"(?:at least|from|no less than|not less than) (?P<least>{COUNT}){UNIT}",
        rf"(?P<least>{COUNT}){UNIT} (?:or|and) (?:more|older|over|up)",
        rf"(?P<least>\d{{1,3}})\+{UNIT}",
        rf"(?:over|above|more than|older than|dearer than) (?P<above>{COUNT}){UNIT}",
        rf"(?P<least>(?P<most>{COUNT})){UNIT}",
    )
)
"""From so many on, up to so many, or both."""
NAMED: Final = re.compile(
    r"\b(?:(?P<what>price|age) (?P<word>unknown|low|middle|high)"
    r"|(?:an? |the )?(?P<such>unknown|low|middle|high) (?P<one>price|age)(?: of the job)?)\b",
    re.IGNORECASE,
)
OLD: Final = re.compile(r"\b(?:old|older|younger|newer)\b", re.IGNORECASE)
"""Days without one of these are a period."""


def _groups(least: Sequence[float], words: Sequence[str]) -> Mapping[tuple[float, float], str]:
    """The words for groups by their least and by the least of the next one."""
    return dict(zip(pairwise((*least, inf)), words, strict=True))


PRICES: Final = _groups(BANDS[1:], [band for band in PriceBand if band is not PriceBand.UNKNOWN])
JOB_AGES: Final = _groups(
    [age / timedelta(hours=1) for age in AGES], [age for age in JobAge if age is not JobAge.UNKNOWN]
)


def banded(words: list[str], found: dict[str, str]) -> list[str]:
    """Take a price and an age of jobs out of words, whatever stands around them.

    What is none of the groups is asked about.
    """
    text = " ".join(words)
    for named in NAMED.finditer(text):
        what, word = (named["what"] or named["one"]).lower(), (named["such"] or named["word"]).lower()
        found[what] = word if what == "price" or word == JobAge.UNKNOWN else ASK_ME
    text = NAMED.sub("", text)
    for pattern in BOUNDS:
        for bound in pattern.finditer(text):
            if (group := _group(bound)) is not None:
                what, found[what] = group
                text = text.replace(bound[0], "", 1)
    return text.split()


def _group(bound: re.Match[str]) -> tuple[str, str] | None:
    """The option and its word that a bound stands for; None if it is rather a period."""
    unit, numbers = bound["unit"].lower(), {name: _number(bound[name]) for name in {*bound.groupdict()} - {"unit"}}
    alone = numbers.get("least") == numbers.get("most")
    if unit.startswith("connect"):
        least = numbers["above"] + 1 if "above" in numbers else max(numbers.get("least", 1), 1)
        return "price", PRICES.get((least, numbers.get("below", numbers.get("most", inf) + 1)), ASK_ME)
    if OLD.search(bound[0]) is None and (alone or unit.startswith("d")):
        return None
    hours = HOURS_A_DAY if unit.startswith("d") else 1
    least, end = numbers.get("above", numbers.get("least", 0)), numbers.get("below", numbers.get("most", inf))
    return "age", JOB_AGES.get((hours * least, hours * end), ASK_ME)


def _number(words: str) -> float:
    return float(words) if words.isdecimal() else 1
