"""The cells of a list of transactions: days and amounts, as Upwork and spreadsheets write them.

A cell that can be read in two ways is not read.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from babel.numbers import get_currency_precision, get_currency_symbol

from bot.pages.pieces import month_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

MINUS: Final = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212\ufe63\uff0d", "-"))
BLANKS: Final = re.compile(r"\s+")
LONGEST: Final = 40
AMOUNT: Final = re.compile(
    r"(?P<open>\()?(?P<first>[+-])?(?P<before>[^\d+().,-]{1,4})?(?P<second>[+-])?"
    r"(?P<figure>\d[\d.,]*)(?P<after>[^\d+().,-]{1,4})?(?P<third>-)?(?P<close>\))?"
)
FIGURE: Final = re.compile(r"(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<decimals>\d+))?")
COMMA: Final = re.compile(r"(?P<whole>\d{1,3}(?:\.\d{3})+|\d+),(?P<decimals>\d{1,2})")
"""As spreadsheets write it where the comma separates decimals."""
ALSO: Final = {"US$": "USD", "$US": "USD"}
FINE: Final = 2
"""More decimals may as well be thousands."""

YEAR: Final = r"(?P<year>20\d\d|\d\d)"
CLOCK: Final = r"(?:[ T,]+\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?(?:\s*[ap]m)?(?:\s*(?:Z|UTC|\+00:?00))?)?"
NAMED: Final = (
    re.compile(
        rf"(?P<month>[a-z]{{3,9}})\.?[\s-]+(?P<day>\d{{1,2}})(?:,\s*|[\s-]+)(?P<year>20\d\d){CLOCK}", re.IGNORECASE
    ),
    re.compile(rf"(?P<day>\d{{1,2}})[\s-]+(?P<month>[a-z]{{3,9}})\.?,?[\s-]+{YEAR}{CLOCK}", re.IGNORECASE),
)
CERTAIN: Final = (
    re.compile(
        rf"(?P<year>20\d\d)(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}}){CLOCK}", re.IGNORECASE
    ),
    re.compile(rf"(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?{YEAR}{CLOCK}", re.IGNORECASE),
)
EITHER: Final = re.compile(rf"(?P<one>\d{{1,2}})(?P<mark>[/-])(?P<two>\d{{1,2}})(?P=mark){YEAR}{CLOCK}", re.IGNORECASE)
MONTHS: Final = 12


def amount_in(cell: str, currency: str) -> int | None:
    """An amount in minor units of a currency; what was paid is negative. None: it is not certain what it says."""
    found = AMOUNT.fullmatch(BLANKS.sub("", cell.lstrip("'")).translate(MINUS)) if len(cell) <= LONGEST else None
    if found is None or bool(found["open"]) != bool(found["close"]):
        return None
    units = [unit for unit in (found["before"], found["after"]) if unit]
    signs = [sign for sign in (found["first"], found["second"], found["third"], found["open"]) if sign]
    figure = _minor_units(found["figure"], get_currency_precision(currency))
    if figure is None or len(units) > 1 or len(signs) > 1 or not all(_is_unit(unit, currency) for unit in units):
        return None
    return -figure if signs and signs[0] != "+" else figure


def _is_unit(unit: str, currency: str) -> bool:
    unit = unit.upper()
    return currency in {unit, ALSO.get(unit)} or unit == get_currency_symbol(currency, locale="en")


def _minor_units(figure: str, precision: int) -> int | None:
    found = FIGURE.fullmatch(figure) or COMMA.fullmatch(figure)
    if found is None:
        return None
    decimals = found["decimals"] or ""
    if len(decimals) > max(precision, FINE) or decimals[precision:].strip("0"):
        return None
    return int(re.sub(r"\D", "", found["whole"]) + decimals[:precision].ljust(precision, "0"))


def day_reader(cells: Iterable[str]) -> Callable[[str], date | None]:
    """Reads the days of a file: one such as 03/05/2026 only if other days of the file tell what it means."""
    pairs = [(int(found["one"]), int(found["two"])) for cell in cells if (found := EITHER.fullmatch(_plain(cell)))]
    month_first = all(one <= MONTHS for one, _ in pairs)
    day_first = all(two <= MONTHS for _, two in pairs)

    def read(cell: str) -> date | None:
        plain = _plain(cell)
        if found := EITHER.fullmatch(plain):
            if month_first == day_first and found["one"] != found["two"]:
                return None
            month, day = ("one", "two") if month_first else ("two", "one")
            return _date(found["year"], int(found[month]), found[day])
        return _certain(plain)

    return read


def is_unclear_day(cell: str) -> bool:
    """Whether a cell is a day whose month may be its day."""
    return EITHER.fullmatch(_plain(cell)) is not None


def _certain(plain: str) -> date | None:
    if found := next(filter(None, (form.fullmatch(plain) for form in NAMED)), None):
        return _date(found["year"], month_of(found["month"].casefold()) or 0, found["day"])
    found = next(filter(None, (form.fullmatch(plain) for form in CERTAIN)), None)
    return _date(found["year"], int(found["month"]), found["day"]) if found else None


def _plain(cell: str) -> str:
    return BLANKS.sub(" ", cell.strip(" '\t\u00a0")) if len(cell) <= LONGEST else ""


def _date(year: str, month: int, day: str) -> date | None:
    try:
        return date(int(year) % 100 + 2000, month, int(day))
    except ValueError:
        return None
