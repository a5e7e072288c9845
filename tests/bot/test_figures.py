"""A figure is read whole or not at all, in whatever digits, signs and grouping it is written."""

from __future__ import annotations

import re
import sys
import unicodedata
from decimal import Decimal
from itertools import product
from typing import Final

import pytest
from babel.localedata import locale_identifiers
from hypothesis import given
from hypothesis import strategies as st

from bot.options.currencies import CURRENCIES, SHARED, currency_of
from bot.options.figures import Amount, Percent, is_figure, money_in, percent_in, unknown_unit, whole_number
from bot.options.numbers import Whole
from bot.options.spans import money_span, percent_span, tokens_of, whole_span
from bot.reply.words import voice
from bot.views.entries import signed
from core.shared.money import Price

ZEROS: Final = [digit for digit in re.findall(r"\d", "".join(map(chr, range(sys.maxunicode)))) if int(digit) == 0]
"""The digit zero of every script; the digits from 1 to 9 follow it."""
ENGLISH: Final = sorted(tag.replace("_", "-") for tag in locale_identifiers() if tag.partition("_")[0] == "en")


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("1 000", 1000),
        ("1\u00a0000", 1000),
        ("1\u202f000", 1000),
        ("12\u2009345", 12_345),
        ("1,000", 1000),
        ("1.000", 1000),
        ("1'000", 1000),
        ("1\u2019000", 1000),
        ("1_000", 1000),
        ("1,23,456", 123_456),
        ("12,34,567", 1_234_567),
        ("1 000 000", 1_000_000),
        ("10 000", 10_000),
        ("\u0661\u0666", 16),
        ("\u06f1\u066c\u06f0\u06f0\u06f0", 1000),
        ("\u0967\u096c", 16),
        ("\uff11\uff16", 16),
        ("\U0001d7cf\U0001d7d4", 16),
        ("\u22123", -3),
        ("\u20133", -3),
        ("\uff0d\uff13", -3),
        ("- 3", -3),
        ("minus 3", -3),
        ("Minus 1 000 connects", -1000),
        ("+13", 13),
        ("+ 13", 13),
        ("plus 13", 13),
        ("16.", 16),
        ("16,", 16),
        ("#12", 12),
        ("# 12", 12),
        ("16c", 16),
        ("16 Connects", 16),
        ("\u200f16\u200f", 16),
        ("007", 7),
    ],
)
def test_a_whole_number(words: str, number: int) -> None:
    assert whole_number(words) == number


@pytest.mark.parametrize(
    "words",
    [
        *(
            "16 10 8",
            "20 13",
            "60 150",
            "16 100",
            "60 145 000",
            "1 00",
            "1 0000",
            "0 500",
            "1,00",
            "1,0000",
            "1,5",
            "16.5",
            "1.5.0",
        ),
        *("1,234,56", "1.234.56", "1.000,000.0", "16\u00b2", "16\u00bd", "\u2460", "x2", "2x", "3D", "16-20", "1/2"),
        *("--3", "-+3", "minus", "minus minus 3", "(3)", "1e3", "0x10", "\u216b", "16 pounds", "", " ", "9" * 30),
    ],
)
def test_what_is_no_whole_number(words: str) -> None:
    assert whole_number(words) is None


@given(st.integers(-(10**9) + 1, 10**9 - 1), st.sampled_from(ZEROS), st.sampled_from("-\u2212\u2013\uff0d\u2796"))
def test_any_digits_and_any_minus(number: int, zero: str, minus: str) -> None:
    digits = "".join(chr(ord(zero) + int(digit)) for digit in str(abs(number)))
    assert whole_number(f"{minus if number < 0 else ''}{digits}") == number


@given(st.integers(0, 10**9 - 1), st.sampled_from([*",.'_", "\u2019", "\u00a0", "\u202f", "\u2009", "\u066c"]))
def test_any_grouping(number: int, group: str) -> None:
    assert whole_number(f"{number:,}".replace(",", group)) == number
    assert tokens_of(f"{number:,}".replace(",", group)) == [f"{number:,}".replace(",", group)]


@given(st.text(alphabet="0123456789., '-+$\u20ac\u00a0\u2212\u0661\u0967KUSDWx%", max_size=14))
def test_digits_that_are_read_are_all_that_were_written(words: str) -> None:
    """No part of a figure is ever taken for the whole of it."""
    digits = "".join(str(unicodedata.decimal(letter)) for letter in words if letter.isdecimal())
    number, amount = whole_number(words), money_in(words)
    assert number is None or abs(number) == int(digits)
    for value in () if amount is None else (amount.figure, amount.fine):
        assert value is None or int(value.scaleb(12)) in {int(digits) * 10**power for power in range(13)}


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading(text: str) -> None:
    number, money, percent = whole_number(text), money_in(text), percent_in(text)
    assert number is None or isinstance(number, int)
    assert money is None or isinstance(money.minor("USD"), int)
    assert percent is None or isinstance(percent.of(900), int)
    assert isinstance(is_figure(text), bool)


@pytest.mark.parametrize(
    ("words", "currency", "minor"),
    [
        ("90.000 IDR", "USD", 9_000_000),
        ("Rp 90.000", "USD", 9_000_000),
        ("Rp. 90.000", "USD", 9_000_000),
        ("250.000", "VND", 250_000),
        ("250 000 \u20ab", "USD", 250_000),
        ("1.500 JPY", "USD", 1500),
        ("\uffe5\uff11\uff15\uff10\uff10", "USD", 1500),
        ("\u20ac1.500", "USD", 150_000),
        ("1,23,456 INR", "USD", 12_345_600),
        ("\u20b91,23,456.50", "USD", 12_345_650),
        ("1 234,50 EUR", "USD", 123_450),
        ("1\u202f234,50\u00a0\u20ac", "USD", 123_450),
        ("CHF 1\u2019234.50", "USD", 123_450),
        ("R$ 45,90", "USD", 4590),
        ("45,90 z\u0142", "USD", 4590),
        ("C$12.50", "USD", 1250),
        ("A$ 12.50", "USD", 1250),
        ("$12.50 CAD", "USD", 1250),
        ("US$ 9", "EUR", 900),
        ("9 dollars", "EUR", 900),
        ("9 Euro", "USD", 900),
        ("370 \u0433\u0440\u043d.", "USD", 37_000),
        ("9,-", "EUR", 900),
        (".50", "USD", 50),
        ("15\u00a2", "USD", 15),
        ("15 cents", "USD", 15),
        ("$.50", "USD", 50),
        ("Rp.90.000", "USD", 9_000_000),
        ("0.150", "USD", 15),
        ("9.", "USD", 900),
        ("9.60", "USD", 960),
        ("1500", "JPY", 1500),
        ("1,500", "JPY", 1500),
        ("1.5", "KWD", 1500),
        ("1.500", "KWD", 1500),
        ("1.500 KWD", "USD", 1500),
        ("1,234.567", "KWD", 1_234_567),
        ("\u20ac1.50", "JPY", 150),
        ("\u0669\u066b\u0665\u0660", "USD", 950),
    ],
)
def test_the_scale_of_an_amount_is_its_own_currencys_else_the_wallets(words: str, currency: str, minor: int) -> None:
    amount = money_in(words)
    assert amount is not None
    assert amount.minor(currency) == minor


@pytest.mark.parametrize(
    "words",
    [
        *("9 XXX", "9 XTS", "9 XAU", "XAG 9", "9 XDR", "9 DEM", "9 BTC", "9 kr", "Rs 900", "9 points", "\u20ac9 USD"),
        *("\u22129", "-$9", "1.50.00", "1,5,0", "1 2 3", "$", "USD", "\u00bd", "9\u00b2", "9-10", "9-", "9%", "9 $ 1"),
    ],
)
def test_what_is_no_money(words: str) -> None:
    assert money_in(words) is None


@pytest.mark.parametrize("code", ["XXX", "XTS", "XAU", "XAG", "XPT", "XPD", "XDR", "XUA", "XBA", "USN", "CHE", "DEM"])
def test_a_currency_is_money_of_today(code: str) -> None:
    assert currency_of(code) is None


@pytest.mark.parametrize("minor", [5, 1_500_000])
def test_a_price_that_the_bot_writes_reads_back(minor: int) -> None:
    """A sign that several currencies share is asked about in a wallet that has another of them; or it is not read."""
    for locale, currency in product(ENGLISH, CURRENCIES):
        amount = money_in(voice(locale, "UTC").text(Price(minor, 0, currency)))
        if amount is not None and amount.currency == currency:
            assert amount.minor(currency) == minor
        elif amount is not None:
            assert currency in SHARED[amount.sign]


@given(st.sampled_from(ENGLISH), st.integers(0, 10**9 - 1))
def test_a_number_that_the_bot_writes_reads_back(locale: str, number: int) -> None:
    assert whole_number(voice(locale, "UTC").text(number)) == number
    assert whole_number(signed(-number)) == -number


def test_what_an_amount_says_about_itself() -> None:
    assert money_in("$9") == Amount(Decimal(9), "USD", sign="$")
    assert money_in("$9 CAD") == Amount(Decimal(9), "CAD")
    assert money_in("US$9") == Amount(Decimal(9), "USD")
    assert money_in("1.500") == Amount(Decimal(1500), None, fine=Decimal("1.5"))
    assert money_in("1,500") == Amount(Decimal(1500), None, fine=Decimal("1.5"), comma=True)
    assert money_in("1 500") == Amount(Decimal(1500), None)
    assert money_in("1,500.00") == Amount(Decimal(1500), None)
    assert money_in("$0.155 each") == Amount(Decimal("0.155"), "USD", sign="$", each=True)
    assert money_in("90 cents") == Amount(Decimal("0.9"), None, sign="cents")
    assert money_in("1" * 24) is not None
    assert money_in("1" * 25) is None


def test_the_price_of_one_makes_the_price_of_all() -> None:
    one = Amount(Decimal("0.155"), "USD", each=True)
    assert one.times(60) == Amount(Decimal("9.3"), "USD")
    assert Amount(Decimal(1500), "KWD", fine=Decimal("1.5"), each=True).times(3).minor("USD") == 4500
    assert [Percent(Decimal(20)).of(whole) for whole in (0, 2, 3, 900)] == [0, 0, 1, 180]


@pytest.mark.parametrize("words", ["16", "2.5", "-3", "\u22123", "+13", "1'000", "1,00", "\u0661\u0666"])
def test_a_figure_is_known_as_one(words: str) -> None:
    assert is_figure(words)
    assert is_figure(words, spelled=True)


@pytest.mark.parametrize(("words", "spelled"), [("Sixteen", True), ("logo", False), ("3D", False), ("", False)])
def test_a_word_is_no_figure_unless_it_spells_one(words: str, *, spelled: bool) -> None:
    assert not is_figure(words)
    assert is_figure(words, spelled=True) is spelled


@pytest.mark.parametrize(("words", "unit"), [("9 XAU", "XAU"), ("kr 9", "kr"), ("9 USD", ""), ("9", ""), ("nine", "")])
def test_what_is_no_currency_is_named(words: str, unit: str) -> None:
    assert unknown_unit(words) == unit


@pytest.mark.parametrize(
    ("line", "words"), [("60 $9 20%", "20%"), ("20 % 60", "20 %"), ("x 7,5 %", "7,5 %"), ("60 $9", None), ("%", None)]
)
def test_a_percentage_is_found(line: str, words: str | None) -> None:
    tokens = tokens_of(line)
    span = percent_span(tokens)
    assert (None if span is None else " ".join(tokens[span])) == words


@pytest.mark.parametrize(("words", "figure"), [("20 %", "20"), ("\u0662\u0660\u066a", "20"), ("7,5 percent", "7.5")])
def test_a_percentage(words: str, figure: str) -> None:
    percent = percent_in(words)
    assert percent is not None
    assert percent.figure == Decimal(figure)


@pytest.mark.parametrize(
    ("line", "kind", "words"),
    [
        ("1 000 logos", Whole(), "1 000"),
        ("10 000 logos", Whole(), "10 000"),
        ("16 100 logos", Whole(), "16"),
        ("16 10 8", Whole(), "16"),
        ("20 13", Whole(), "20"),
        ("Logo 1 000", Whole(), "1 000"),
        ("Logo - 16", Whole(), "16"),
        ("wrong by - 3", Whole(low=-9), "- 3"),
        ("minus 1 000 000 connects more", Whole(low=-9), "minus 1 000 000 connects"),
        ("minus 1 000 connects too many", Whole(low=-9), "minus 1 000 connects"),
        ("1 234,50 EUR 60", Whole(), "60"),
        ("1 234,50 EUR", Whole(), None),
        ("60 1 234,50 EUR", Whole(), "60"),
        ("9 EUR 60", Whole(), "9"),
        ("60 connects EUR 9", Whole(), "60 connects"),
        ("16.5 hours", Whole(), None),
        ("3D logo", Whole(), None),
        ("logo 16", Whole(trails=False), None),
        ("", Whole(), None),
    ],
)
def test_a_number_is_found_whole(line: str, kind: Whole, words: str | None) -> None:
    tokens = tokens_of(line)
    span = whole_span(tokens, trails=kind.trails, signed=kind.low < 0)
    assert (None if span is None else " ".join(tokens[span])) == words
    assert kind.find(tokens) == span


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("1 234,50 EUR", "1 234,50 EUR"),
        ("1 234,50", "1 234,50"),
        ("for 250 000 VND please", "250 000 VND"),
        ("R$ 45,90 20%", "R$ 45,90"),
        ("9 60", "9"),
        ("60 150", "60"),
        ("$9 USD each", "$9 USD each"),
        ("for 0.15 per connect", "0.15 per connect"),
        ("@ 0.15", "@ 0.15"),
        ("x 0.15", "x 0.15"),
        ("x 40", None),
        ("15 cents each", "15 cents each"),
        ("nothing", None),
        ("20%", None),
        ("9 XXX", "9"),
    ],
)
def test_money_is_found_whole(line: str, words: str | None) -> None:
    tokens = tokens_of(line)
    span = money_span(tokens)
    assert (None if span is None else " ".join(tokens[span])) == words


@given(st.lists(st.from_regex(r"(?:[0-9]{1,4}|[0-9]{3}|[a-z]{3}|USD|-|[0-9],[0-9]{2})", fullmatch=True), max_size=6))
def test_what_is_found_reads_as_what_it_was_found_for(tokens: list[str]) -> None:
    for kind in (Whole(), Whole(low=-9), Whole(trails=False)):
        span = kind.find(tokens)
        assert span is None or whole_number(" ".join(tokens[span])) is not None
    span = money_span(tokens)
    assert span is None or money_in(" ".join(tokens[span])) is not None
