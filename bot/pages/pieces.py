"""The pieces of a row as they stand in copied text: a day, a title, an amount with the same amount in words."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import Final

from bot.base.cleaning import cleaned_line
from core.imports.undated import TODAY, YESTERDAY

MONTHS: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
LONGEST: Final = 500
"""No wording, title or name is longer."""
LONGEST_DAY: Final = 40
NUMBER: Final = r"(?:[0-9]{1,3}(?:[,.'\u2019 \u00a0\u2009\u202f][0-9]{3}){1,2}+|[0-9]{1,7}+)(?![0-9])"
B: Final = r"[^\S\n]"
END: Final = re.compile(
    rf"(?:^{B}*+|\t[^\S\n\t]*+)(?:(?P<sign>[+\-\u2212\u2013]){B}*+)?+(?P<amount>{NUMBER})(?:{B}++Connects?+)?+"
    rf"{B}*+(?:\n{B}*+)*+"
    rf"(?P<verb>Spent|Added|Refunded){B}++(?P<again>{NUMBER}){B}++Connects?{B}*+$",
    re.MULTILINE | re.IGNORECASE,
)
"""The end of a row: its amount, and the same amount in words, which the page hides for screen readers."""
AMOUNT: Final = re.compile(rf"(?P<sign>[+\-\u2212\u2013])\s*(?P<amount>{NUMBER})(?:\s+Connects?)?", re.IGNORECASE)
BALANCE: Final = re.compile(
    rf"^{B}*+My{B}+balance{B}*+:?{B}*+(?:\n{B}*+)*+(?P<amount>{NUMBER})(?:\n{B}*+)*+{B}*+Connects?{B}*+$",
    re.MULTILINE | re.IGNORECASE,
)
UNSEEN: Final = re.compile("[\x00-\x08\x0e-\x1f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
DAY: Final = re.compile(r"(?P<month>[a-z]{3,9})\.?\s+(?P<day>[0-9]{1,2}),?\s+(?P<year>20[0-9]{2})", re.IGNORECASE)
NAMED: Final = {"today": TODAY, "yesterday": YESTERDAY}
DASHES: Final = frozenset("\u2014\u2013-\u2212")


def tidied(text: str) -> str:
    """A text with line ends of one kind, and without marks that cannot be seen."""
    return UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def day_in(line: str) -> date | None:
    """The day that a line consists of, if it does. Today and yesterday are `TODAY` and `YESTERDAY`."""
    return _day(line) if len(line) < LONGEST_DAY else None


@lru_cache(maxsize=4096)
def _day(line: str) -> date | None:
    said = line.strip().casefold()
    if said in NAMED:
        return NAMED[said]
    found = DAY.fullmatch(said)
    month = found and month_of(found["month"])
    if not found or not month:
        return None
    try:
        return date(int(found["year"]), month, int(found["day"]))
    except ValueError:
        return None


def month_of(name: str) -> int | None:
    """The number of a month by its English name, which may be shortened to three letters."""
    fitting = [
        number for number, month in enumerate(MONTHS, 1) if name in (month, month[:3]) or name == month[:4] == "sept"
    ]
    return fitting[0] if fitting else None


def number_in(digits: str) -> int:
    """A number that was written with or without separators between its thousands."""
    return int(digits if digits.isdecimal() else re.sub(r"\D", "", digits))


def connects_in(end: re.Match[str]) -> int | None:
    """The Connects of a row by its end: spent are negative. None if its amount and its words differ."""
    connects = number_in(end["amount"])
    spent = end["verb"].casefold() == "spent"
    if connects != number_in(end["again"]) or (end["sign"] and (end["sign"] != "+") != spent):
        return None
    return -connects if spent else connects


def one_line(text: str) -> str:
    """A wording, a title or a name, with single blanks."""
    return _cleaned(text) if len(text) <= LONGEST else cleaned_line(text[: LONGEST + 1])


@lru_cache(maxsize=8192)
def _cleaned(text: str) -> str:
    return cleaned_line(text)
