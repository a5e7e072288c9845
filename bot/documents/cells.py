"""Cells of tables that other programs open: texts that run nothing, whole ids, plain decimals, ISO days and times."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from babel.numbers import get_currency_precision

from bot.base.cleaning import LINE_ENDS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, tzinfo

    from core.shared.money import Price

FORMULA: Final = re.compile(
    '(^\\s*+|(?<!["\\s;])(?=(?:"|[^\\S\t\r\n])*+[;\t\r\n])["\\s;]*+)'
    "(?=[=+\\-@|%\uff1d\uff0b\uff0d\uff20\uff5c\uff05\ufe66\ufe62\ufe63\ufe6b\ufe6a])|^(?=[\t\r\n])"
)
"""Where a formula may begin: at the start of a cell, and after the separator of another spreadsheet's lists.

Quotes beside a separator are those of another cell, which begins behind them. Each run of both is looked at once.
"""
APART: Final = re.compile("[;\t\r\n]")
"""What some spreadsheet takes for a separator. In a text without any, only the beginning can be a formula."""
UNSEEN: Final = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]"
)
"""Marks that steer the direction of text or show nothing, and what no file of text or XML may hold."""
NUMERIC: Final = re.compile(r"\s*[\d.]")
"""How an id begins that a spreadsheet may read as a number, of which it keeps 15 digits, or as a day."""


def plain(text: str) -> str:
    """Text without marks of direction and control characters, with line breaks as one character each."""
    if text.isascii() and text.isprintable():
        return text
    return UNSEEN.sub("", LINE_ENDS.sub("\n", text))


def harmless(text: str) -> str:
    """Text with an apostrophe before anything that a spreadsheet would run as a formula (OWASP, CSV injection).

    Where lists are separated by semicolons, a spreadsheet splits a cell at them although it is quoted, so what comes
    after one counts as well. So do full-width and small signs, which some programs read as the usual ones.
    """
    if text[:1].isalnum() and not APART.search(text):
        return text
    return FORMULA.sub(r"\1'", text)


def text_cell(text: str) -> str:
    """Somebody's text as a cell of CSV."""
    return harmless(plain(text))


def id_cell(name: str) -> str:
    """An id as a cell of CSV that stays text: with an apostrophe before it, if it could be read as a number.

    Quotes do not keep it whole, because spreadsheets read what is in them as they read everything.
    """
    text = text_cell(name)
    return f"'{text}" if NUMERIC.match(text) else text


@lru_cache(maxsize=256)
def digits_of(currency: str) -> int:
    """How many decimals a currency has; what is no money (empty) has none."""
    return int(get_currency_precision(currency)) if currency else 0


def amount(minor: int, currency: str) -> Decimal:
    """Money in minor units as a decimal number, which has as many decimals as the currency."""
    return Decimal(minor).scaleb(-digits_of(currency))


def price_cells(price: Price | None) -> tuple[object, object, str]:
    """Net amount, tax and currency; empty cells where there is no money, or nobody knows how much."""
    if price is None or not price.known:
        return "", "", ""
    return amount(price.net, price.currency), amount(price.tax, price.currency), price.currency


def moment_cell(at: datetime, zone: tzinfo) -> str:
    """A moment in a zone, to the second and with its offset."""
    return at.astimezone(zone).isoformat(timespec="seconds")


def csv_of(header: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    """UTF-8 with a byte order mark, without which spreadsheets guess another encoding."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC)  # a semicolon separates as well, on some machines
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")
