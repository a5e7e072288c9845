"""Currencies as people write them: by their ISO 4217 code, or by a sign or word."""

from __future__ import annotations

from typing import Final

from babel.core import get_global
from babel.numbers import get_currency_symbol

CURRENCIES: Final = frozenset(
    code
    for periods in get_global("territory_currencies").values()
    for code, _, until, tender in periods
    if until is None and tender
)
"""What is legal tender somewhere today: no metals, no units of account, and no money of the past."""

DOLLARS: Final = frozenset(
    {
        "USD",
        "ARS",
        "AUD",
        "BBD",
        "BMD",
        "BND",
        "BSD",
        "BZD",
        "CAD",
        "CLP",
        "COP",
        "CUP",
        "DOP",
        "FJD",
        "GYD",
        "HKD",
        "JMD",
        "KYD",
        "LRD",
        "MXN",
        "NAD",
        "NZD",
        "SBD",
        "SGD",
        "SRD",
        "TTD",
        "TWD",
        "UYU",
        "XCD",
    }
)
"""The currencies whose people write their own as "$"."""

LOCAL_SIGNS: Final = {
    "US$": "USD",
    "$US": "USD",
    "$CA": "CAD",
    "BR$": "BRL",
    "GB\u00a3": "GBP",
    "GH\u20b5": "GHS",
    "USh": "UGX",
    "TSh": "TZS",
    "C$": "CAD",
    "AU$": "AUD",
    "S$": "SGD",
    "JP\u00a5": "JPY",
    "\u5186": "JPY",
    "\u5143": "CNY",
    "RMB": "CNY",
    "R": "ZAR",
    "RM": "MYR",
    "Rp": "IDR",
    "z\u0142": "PLN",
    "K\u010d": "CZK",
    "Ft": "HUF",
    "lei": "RON",
    "\u20b4": "UAH",
    "\u0433\u0440\u043d": "UAH",
    "\u20bd": "RUB",
    "\u0440\u0443\u0431": "RUB",
    "\u20a6": "NGN",
    "\u20ba": "TRY",
    "\u20b8": "KZT",
    "\u20be": "GEL",
    "\u058f": "AMD",
    "\u20bc": "AZN",
    "\u0e3f": "THB",
    "\u09f3": "BDT",
    "\u20b5": "GHS",
    "\u20a1": "CRC",
    "\u20b2": "PYG",
    "\u20ae": "MNT",
    "\u20ad": "LAK",
    "\u17db": "KHR",
    "KSh": "KES",
    "CFA": "XOF",
    "F CFA": "XOF",
    "dollar": "USD",
    "dollars": "USD",
    "bucks": "USD",
    "euro": "EUR",
    "euros": "EUR",
    "hryvnia": "UAH",
    "hryvnias": "UAH",
    "zloty": "PLN",
    "rupiah": "IDR",
    "naira": "NGN",
    "yen": "JPY",
    "yuan": "CNY",
    "dong": "VND",
    "reais": "BRL",
}
ENGLISH_SIGNS: Final = {" ".join(get_currency_symbol(code, "en").split()): code for code in CURRENCIES}
SIGNS: Final = {sign.casefold(): code for sign, code in (ENGLISH_SIGNS | LOCAL_SIGNS).items()}
SHARED: Final = {
    "$": DOLLARS,
    "dollar": DOLLARS,
    "dollars": DOLLARS,
    "\u00a5": frozenset({"JPY", "CNY"}),
    "\u00a3": frozenset({"GBP", "EGP", "FKP", "GIP", "SHP", "SSP"}),
}
"""Signs that stand for the first currency that one thinks of, but at home for another."""


def currency_of(words: str) -> str | None:
    """The currency meant by "usd", "$", "zł" or "euros"; None if none is, or if it may be one of many, as by "kr"."""
    word = " ".join(words.split()).casefold()
    found = SIGNS.get(word) or SIGNS.get(word.removesuffix("."))
    return found or (word.upper() if word.upper() in CURRENCIES else None)
