"""Words are read into values, and found in a line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.command.declaration import Kind, UnfitError
from bot.commands import by_name
from bot.dispatch.parser import read_values, words_of
from bot.options.choice import Choice
from bot.options.figures import Amount, Percent, money_in, percent_in, whole_number
from bot.options.money import Currency, Money, Tax
from bot.options.numbers import Whole
from bot.options.text import Link, Text
from bot.options.time import Day
from bot.options.zone import Zone
from bot.reply.parts import say
from bot.reply.words import voice
from core.ledger.model import Purpose

if TYPE_CHECKING:
    from collections.abc import Mapping

SPEAK = voice("en", "UTC")


@pytest.mark.parametrize(
    ("kind", "words", "value"),
    [
        (Whole(), "16", 16),
        (Whole(), " 16 connects ", 16),
        (Whole(), "1 Connect", 1),
        (Whole(), "1,000", 1000),
        (Whole(), "#12", 12),
        (Whole(low=-5), "-3", -3),
        (Money(), "$9", Amount(Decimal(9), "USD")),
        (Money(), "9", Amount(Decimal(9), None)),
        (Money(), "9.60 EUR", Amount(Decimal("9.6"), "EUR")),
        (Money(), "€9,60", Amount(Decimal("9.6"), "EUR")),
        (Money(), "1,234.56", Amount(Decimal("1234.56"), None)),
        (Money(), "1.234,56", Amount(Decimal("1234.56"), None)),
        (Money(), "1,234", Amount(Decimal(1234), None)),
        (Money(), "¥900", Amount(Decimal(900), "JPY")),
        (Money(), "usd 9.005", Amount(Decimal("9.005"), "USD")),
        (Tax(), "1.80", Amount(Decimal("1.8"), None)),
        (Tax(), "20%", Percent(Decimal(20))),
        (Tax(), "7,5 %", Percent(Decimal("7.5"))),
        (Choice(of=Purpose), "Profile ad", Purpose.PROFILE_AD),
        (Choice(of=Purpose), "bad", Purpose.BADGE),
        (Day(), "2026-01-31", date(2026, 1, 31)),
        (Zone(), "Kyiv", "Europe/Kyiv"),
        (Zone(), "europe/kyiv", "Europe/Kyiv"),
        (Zone(), "New York", "America/New_York"),
        (Zone(), "port-au-prince", "America/Port-au-Prince"),
        (Zone(), "utc", "UTC"),
        (Zone(), "UTC+3", "Etc/GMT-3"),
        (Zone(), "GMT+2", "Etc/GMT-2"),
        (Zone(), "gmt -5", "Etc/GMT+5"),
        (Zone(), "+05:30", "Asia/Kolkata"),
        (Zone(), "-0300", "Etc/GMT+3"),
        (Zone(), "UTC\u22128", "Etc/GMT+8"),
        (Zone(), "+00:00", "UTC"),
        (Currency(), "eur", "EUR"),
        (Currency(), "$", "USD"),
        (Text(), "  Logo\n redesign ", "Logo redesign"),
        (Text(), ' "Logo redesign" ', "Logo redesign"),
        (Text(), "\u201cLogo redesign\u201d", "Logo redesign"),
        (Text(lines=True), '"Logo\n redesign"', "Logo\n redesign"),
        (Text(), '"Logo" and "Shop"', '"Logo" and "Shop"'),
        (Text(), 'the "Logo"', 'the "Logo"'),
    ],
)
def test_words_become_values(kind: Kind, words: str, value: object) -> None:
    assert kind.read(words) == value


@pytest.mark.parametrize(
    ("kind", "words", "said"),
    [
        (Whole(), "many", '"many" is not a whole number'),
        (Whole(), "16.5", '"16.5" is not a whole number'),
        (Whole(), "16 pounds", '"16 pounds" is not a whole number'),
        (Whole(), "0", "It takes a number from 1 to 5,000, not 0."),
        (Whole(), "9" * 30, "is not a whole number"),
        (Money(), "nine", '"nine" is not an amount'),
        (Money(), "-9", '"-9" is not an amount'),
        (Money(), "$9 USD", '"$9 USD" is not an amount'),
        (Money(), "9 XXA", '"9 XXA" is not an amount'),
        (Money(), "$" + "9" * 400, "is not an amount"),
        (Money(), "9.9.9", '"9.9.9" is not an amount'),
        (Money(), "9" * 30, "is not an amount"),
        (Tax(), "much", '"much" is not a tax, such as $1.80 or 20%.'),
        (Choice(of=Purpose), "b", '"b" is not one of: proposal, boost, badge'),
        (Choice(of=Purpose), "", "is not one of"),
        (Day(), "31.01.2026", '"31.01.2026" is not a day'),
        (Day(), "9999-12-31", "9999-12-31 is out of range: use 2000 to 2099."),
        (Day(), "0001-01-01", "0001-01-01 is out of range: use 2000 to 2099."),
        (Zone(), "Atlantis", 'I do not know the time zone "Atlantis"'),
        (Zone(), "", "I do not know the time zone"),
        (Zone(), "UTC+25", 'I do not know the time zone "UTC+25". Try a large city in it'),
        (Zone(), "+05:50", 'I do not know the time zone "+05:50". Try a large city in it'),
        (Currency(), "dollars", '"dollars" is not a currency code'),
        (Text(), "   ", "Please write something."),
        (Text(), '""', "Please write something."),
        (Text(most=5), "123456", "That has 6 characters; the limit is 5."),
        (Link(), "https://example.org", "That is not a link to an Upwork job."),
    ],
)
def test_unfit_words_are_answered_with_what_would_fit(kind: Kind, words: str, said: str) -> None:
    with pytest.raises(UnfitError) as unfit:
        kind.read(words)
    assert said in SPEAK.say(unfit.value.sentence)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("spend 16 Logo redesign", {"connects": "16", "title": "Logo redesign"}),
        ("spend 16 connects boost Logo", {"connects": "16 connects", "purpose": "boost", "title": "Logo"}),
        ("spend Logo redesign 16", {"connects": "16", "title": "Logo redesign"}),
        ('spend 16 title="3 logos" purpose=badge', {"connects": "16", "purpose": "badge", "title": "3 logos"}),
        ("spend 16 rate=high logo", {"connects": "16", "title": "rate=high logo"}),
        ("spend Logo", {"title": "Logo"}),
        ("buy $9 60", {"connects": "60", "price": "$9"}),
        ("buy 60 for 9 USD", {"connects": "60", "price": "9 USD"}),
        ("buy 60 $9 tax=1.80", {"connects": "60", "price": "$9", "tax": "1.80"}),
        ("buy 60 $9 tax 20%", {"connects": "60", "price": "$9", "tax": "20%"}),
        ("buy 60 $9 20%", {"connects": "60", "price": "$9", "tax": "20%"}),
        ("earn reward 30 Rising Talent", {"source": "reward", "amount": "30", "name": "Rising Talent"}),
        ("earn Monthly Connects", {"source": "Monthly Connects"}),
        ("earn feedback five", {"source": "feedback", "amount": "five"}),
        ("earn assessment 3D modelling", {"source": "assessment", "name": "3D modelling"}),
        ("spend 3D logo", {"title": "3D logo"}),
        ("earn assessment Python 3", {"source": "assessment", "name": "Python 3"}),
        ("return #12 8", {"spend": "#12 8"}),
        ("settings zone Kyiv low 20", {"zone": "Kyiv", "low": "20"}),
        ("settings zone=new york low=20", {"zone": "new york", "low": "20"}),
        ("settings zone new york", {"zone": "new york"}),
        ("settings new york", {"zone": "new york"}),
        ("settings low=?", {"low": "?"}),
        ("adjust -2 as Upwork shows it", {"by": "-2 as Upwork shows it"}),
        ("balance 2026-01-31", {"on": "2026-01-31"}),
        ("start from-a-link", {}),
        ("expiring plenty", {"days": "plenty"}),
        (
            "promote Autumn bonus gives=20 text=Welcome back to all ends=5 days",
            {"title": "Autumn bonus", "gives": "20", "text": "Welcome back to all", "ends": "5 days"},
        ),
        (
            'promote title=Autumn bonus gives=20 text=Welcome back to all ends="5 days"',
            {"title": "Autumn bonus", "gives": "20", "text": "Welcome back to all", "ends": "5 days"},
        ),
        ("spend title=Logo in=blue and red connects=16", {"title": "Logo in=blue and red", "connects": "16"}),
        ("settings plenty", None),
        ("undo 5 please", None),
    ],
)
def test_a_line_gives_each_option_its_words(line: str, words: Mapping[str, str] | None) -> None:
    name, _, rest = line.partition(" ")
    if words is None:
        with pytest.raises(UnfitError):
            words_of(by_name()[name], rest)
    else:
        assert words_of(by_name()[name], rest) == words


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_numbers_and_money(text: str) -> None:
    number, money, percent = whole_number(text), money_in(text), percent_in(text)
    assert number is None or isinstance(number, int)
    assert money is None or isinstance(money.minor("USD"), int)
    assert percent is None or isinstance(percent.of(900), int)


@pytest.mark.parametrize(
    ("words", "currency", "minor"),
    [
        ("9.005", "USD", 901),
        ("9.60", "USD", 960),
        ("1500", "JPY", 1500),
        ("1,500", "JPY", 1500),
        ("1.5", "KWD", 1500),
        ("€1.50", "JPY", 150),
    ],
)
def test_the_scale_of_an_amount_is_its_own_currencys_else_the_wallets(words: str, currency: str, minor: int) -> None:
    amount = money_in(words)
    assert amount is not None
    assert amount.minor(currency) == minor


@given(st.sampled_from(sorted(by_name())), st.text(max_size=80))
def test_no_line_breaks_a_command(name: str, rest: str) -> None:
    command = by_name()[name]
    try:
        values = read_values(command, words_of(command, rest))
    except UnfitError as error:
        values, unfit = {}, error.sentence
    else:
        unfit = say("unfit-empty")
    assert SPEAK.say(unfit)
    assert set(values) <= {option.name for option in command.options}
