"""Reads figures as people write them, in any digits and grouping: whole numbers, money, percentages.

A figure is read whole or not at all. "1 000" is one figure although a line's words are separated by blanks, so whoever
looks for one among words looks for the longest.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, NamedTuple

from babel.numbers import get_currency_precision

from bot.options.currencies import SHARED, currency_of

UNITS: Final = frozenset({"connect", "connects", "c"})
MOST_DIGITS: Final = 9
MOST_LETTERS: Final = 24
FINE: Final = 3  # the decimals of the dinar and a few others; all other currencies have two or none

FULL_WIDTH: Final = 0xFEE0  # how far the wide forms of ASCII characters are from them
MINUS: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2796\ufe58\ufe63\uff0d"
PLUS: Final = "\u2795\ufb29\ufe62\uff0b"
APOSTROPHES: Final = "\u2018\u2019\u02bc\u02b9\u066c\uff07_"
ALIKE: Final = str.maketrans(
    {
        **{chr(wide): chr(wide - FULL_WIDTH) for wide in range(0xFF01, 0xFF5F)},
        **dict.fromkeys(MINUS, "-"),
        **dict.fromkeys(PLUS, "+"),
        **dict.fromkeys(APOSTROPHES, "'"),
        "\u066b": ".",  # the Arabic decimal separator; the one for thousands is among the apostrophes
        "\u060c": ",",
        "\u066a": "%",
        "\ufe69": "$",
        "\uffe0": "\u00a2",
        "\uffe1": "\u00a3",
        "\uffe5": "\u00a5",
        "\uffe6": "\u20a9",
    }
)
SPACER: Final = "(?<=\\d)[\u00a0\u2007\u2008\u2009\u202f](?=\\d{3}(?!\\d))"
"""A blank that typesetting puts between groups of digits, and a person never between two figures."""

GROUPS: Final = r"[1-9]\d{0,2}(?P<group>[,.' ])\d{3}(?:(?P=group)\d{3})*|[1-9]\d?(?:,\d\d)+,\d{3}"
FIGURE: Final = re.compile(rf"(?P<whole>{GROUPS}|\d+|(?=[.,]\d{{1,2}}$))(?:(?P<point>[.,])(?P<decimals>\d*))?")
SIGN: Final = r"(?P<sign>[+-]|(?:plus|minus)(?=\s))?\s*"
BODY: Final = r"(?P<body>[\d.,](?:[\d.,' ]*[\d.,])?)"
UNIT: Final = r"F CFA|[^\d\s.,'+#%-]{1,8}(?:(?<=rp)\.|\.(?=\s|$))?"  # "Rp.90.000", but "$.50" is half a dollar
WHOLE: Final = re.compile(rf"(?:#\s*)?{SIGN}{BODY}\s*(?P<unit>[^\W\d_]+)?", re.IGNORECASE)
MONEY: Final = re.compile(rf"(?P<before>{UNIT})?\s*{BODY}-?\s*(?P<after>{UNIT})?", re.IGNORECASE)
EACH: Final = re.compile(
    r"^(?:@|each(?=\s))\s*|(?:\s*/\s*|\s+(?:per|a)\s+)(?:connects?|c|piece|unit)$|\s+(?:each|ea|apiece)$", re.IGNORECASE
)
DIGITS: Final = re.compile(r"[+-]?\d[\d.,']*")
PERCENT: Final = re.compile(r"(\d{1,3}(?:[.,]\d{1,4})?)\s*(?:%|percent|per cent)", re.IGNORECASE)
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


class Amount(NamedTuple):
    """An amount of money as written; the currency is None if none was named.

    each: it is the price of one Connect.

    figure: how it reads in a currency with two decimals or none, where "1.500" is 1,500.
    fine: how it may read in a currency with three decimals; None if that is the same.
    comma: what `fine` takes for a decimal point is a comma, so that there is a doubt.
    sign: a sign such as "$", which may stand for several currencies.
    """

    figure: Decimal
    currency: str | None
    fine: Decimal | None = None
    comma: bool = False
    sign: str = ""
    each: bool = False

    def times(self, connects: int) -> Amount:
        """The price of so many Connects, if this is the price of one."""
        return self._replace(
            figure=self.figure * connects, fine=None if self.fine is None else self.fine * connects, each=False
        )

    def minor(self, otherwise: str) -> int:
        """The amount in minor units (cents), rounded half up; `otherwise` is the currency if none was named."""
        decimals = get_currency_precision(self.currency or otherwise)
        figure = self.fine if decimals >= FINE and self.fine is not None else self.figure
        return rounded(figure.scaleb(decimals))


class Percent(NamedTuple):
    """A percentage: 20 for 20%."""

    figure: Decimal

    def of(self, whole: int) -> int:
        """This percentage of a whole, rounded half up."""
        return rounded(self.figure * whole / 100)


class Figure(NamedTuple):
    """The digits of a figure before and after its decimal point.

    thousand: the separator before the last three digits, if it is the only one: they may be decimals as well.
    certain: whether it is one figure even among other words; "16 100" may be two.
    """

    whole: str
    decimals: str
    thousand: str
    certain: bool


def rounded(figure: Decimal) -> int:
    """The nearest whole number; a half is rounded away from zero."""
    return int(figure.to_integral_value(ROUND_HALF_UP))


def plain(words: str) -> str:
    """The same words in ASCII digits, signs and blanks, without marks that cannot be seen."""
    seen = "".join(_digit(letter) for letter in words if unicodedata.category(letter) != "Cf")
    return " ".join(re.sub(SPACER, "'", seen.translate(ALIKE)).split())


def _digit(letter: str) -> str:
    return str(unicodedata.decimal(letter)) if letter.isdecimal() else letter


def _figure(body: str) -> Figure | None:
    """The figure in digits and separators; None if they make no sense, as in "1.50.00"."""
    found = FIGURE.fullmatch(body)
    if found is None or (found["group"] and found["group"] == found["point"]):
        return None
    whole, group = found["whole"], found["group"] or ""
    groups = whole.split(group) if group else [whole]
    pair = len(groups) == len(("12", "345"))
    single = group in {".", ","} and pair and found["point"] is None
    certain = group != " " or len(groups[0]) == 1 or groups[1].startswith("0")
    return Figure(re.sub(r"\D", "", whole), found["decimals"] or "", group if single else "", certain)


def whole_number(words: str) -> int | None:
    """The number in "16", "#16", "16.", "1,000", "1 000", "minus 3" or "16 connects"; None if it is not whole."""
    found = WHOLE.fullmatch(plain(words).rstrip(".,;:"))
    if found is None or (found["unit"] and found["unit"].casefold() not in UNITS):
        return None
    figure = _figure(found["body"])
    if figure is None or figure.decimals or not figure.certain or not 0 < len(figure.whole) <= MOST_DIGITS:
        return None
    sign = (found["sign"] or "").casefold()
    return -int(figure.whole) if sign in {"-", "minus"} else int(figure.whole)


def is_figure(words: str, *, spelled: bool = False) -> bool:
    """Whether this is a figure, such as "2.5"; with `spelled` also one in letters, such as "sixteen"."""
    return DIGITS.fullmatch(plain(words)) is not None or (spelled and words.casefold() in SPELLED)


def percent_in(words: str) -> Percent | None:
    """The percentage in "20%"; None if it is not one."""
    found = PERCENT.fullmatch(plain(words))
    return None if found is None else Percent(Decimal(found[1].replace(",", ".")))


def money_in(words: str) -> Amount | None:
    """The amount in "$9", "9.60 EUR", "1 234,50", "R$ 9" or "$0.15 each"; None if it is not money."""
    text = plain(words).rstrip(";:")
    total = EACH.sub("", text, count=1)
    found = MONEY.fullmatch(total)
    figure = None if found is None or len(found["body"]) > MOST_LETTERS else _figure(found["body"])
    if found is None or figure is None:
        return None
    units = [unit for unit in (found["before"], found["after"]) if unit]
    currency = _agreed(units)
    if units and currency is None:
        return None
    sign = units[0].casefold() if len(units) == 1 and units[0].casefold() in SHARED else ""
    value = Decimal(f"{figure.whole or 0}.{figure.decimals or 0}")
    fine = value.scaleb(-FINE) if figure.thousand else None
    return Amount(value, currency, fine, figure.thousand == ",", sign, total != text)


def _agreed(units: list[str]) -> str | None:
    """The one currency that is meant by what stands before and after a figure, as in "$9 CAD"."""
    codes = {currency_of(unit) for unit in units}
    for unit in units:
        narrower = codes & SHARED.get(unit.casefold(), frozenset())
        if len(codes) > 1 and len(narrower) == len(codes):
            codes -= {currency_of(unit)}
    return codes.pop() if len(codes) == 1 else None


def is_bare(words: str) -> bool:
    """Whether this is one figure beyond doubt, whole or not, without a sign or unit."""
    figure = _figure(plain(words))
    return figure is not None and figure.certain


def unknown_unit(words: str) -> str:
    """What stands where a currency should, but is none that is known; empty if there is no such word."""
    found = MONEY.fullmatch(plain(words))
    units = () if found is None else (found["before"], found["after"])
    return next((unit for unit in units if unit and currency_of(unit) is None), "")
