"""Reads figures as people write them: whole numbers, money, percentages."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Final, NamedTuple

from babel.numbers import get_currency_precision, list_currencies

UNITS: Final = frozenset({"connect", "connects", "c"})
SYMBOLS: Final = {"$": "USD", "€": "EUR", "£": "GBP", "₴": "UAH", "₹": "INR", "¥": "JPY", "₽": "RUB", "₦": "NGN"}
NUMBER: Final = re.compile(r"#?([+-]?\d{1,9})\s*(\w+)?")
FIGURE: Final = re.compile(r"[+-]?\d[\d.,]*")
SPELLED: Final = frozenset(
    [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "sixty",
        "seventy",
        "eighty",
        "ninety",
        "hundred",
    ]
)
PERCENT: Final = re.compile(r"(\d{1,3}(?:[.,]\d{1,4})?)\s*%")
AMOUNT: Final = re.compile(
    r"(?P<sign>[^\w\s.,-]|[A-Za-z]{3})?\s*(?P<figure>-?\d[\d.,]{0,20})\s*(?P<code>[^\w\s.,-]|[A-Za-z]{3})?"
)
THOUSANDS_COMMA: Final = re.compile(r"(?<=\d),(?=\d{3}(?:\D|$))")
THOUSANDS: Final = re.compile(r"(?<=\d)[,.'\u00a0](?=\d{3}(?:\D|$))")


class Amount(NamedTuple):
    """An amount of money as written; the currency is None if none was named."""

    figure: Decimal
    currency: str | None

    def minor(self, otherwise: str) -> int:
        """The amount in minor units (cents), rounded half up; `otherwise` is the currency if none was named."""
        return rounded(self.figure.scaleb(get_currency_precision(self.currency or otherwise)))


class Percent(NamedTuple):
    """A percentage: 20 for 20%."""

    figure: Decimal

    def of(self, whole: int) -> int:
        """This percentage of a whole, rounded half up."""
        return rounded(self.figure * whole / 100)


def rounded(figure: Decimal) -> int:
    """The nearest whole number; a half is rounded away from zero."""
    return int(figure.to_integral_value(ROUND_HALF_UP))


def whole_number(words: str) -> int | None:
    """The number in "16", "#16", "16.", "1,000" or "16 connects"; None if it is not a whole number."""
    found = NUMBER.fullmatch(THOUSANDS.sub("", words.strip().removesuffix(".")))
    if found is None or (found[2] and found[2].casefold() not in UNITS):
        return None
    return int(found[1])


def is_figure(words: str, *, spelled: bool = False) -> bool:
    """Whether this is a figure, such as "2.5"; with `spelled` also one in letters, such as "sixteen"."""
    return FIGURE.fullmatch(words) is not None or (spelled and words.casefold() in SPELLED)


def percent_in(words: str) -> Percent | None:
    """The percentage in "20%"; None if it is not one."""
    found = PERCENT.fullmatch(words.strip())
    return None if found is None else Percent(Decimal(found[1].replace(",", ".")))


def money_in(words: str) -> Amount | None:
    """The amount in "$9", "9.60 EUR" or "9,60"; None if it is not money."""
    found = AMOUNT.fullmatch(words.strip())
    if found is None or (found["sign"] and found["code"]):
        return None
    unit = found["sign"] or found["code"]
    currency = None if unit is None else SYMBOLS.get(unit, unit.upper())
    if currency is not None and currency not in list_currencies():
        return None
    try:
        return Amount(Decimal(_decimal_point(found["figure"])), currency)
    except InvalidOperation:
        return None


def _decimal_point(figure: str) -> str:
    """The figure with a decimal point and no thousands separators: "1,234.56" and "1.234,56" are the same."""
    comma, point = figure.rfind(","), figure.rfind(".")
    if comma > point >= 0:
        return figure.replace(".", "").replace(",", ".")
    return THOUSANDS_COMMA.sub("", figure).replace(",", ".")
