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
from bot.options.choice import Choice
from bot.options.figures import Amount, Percent
from bot.options.money import Currency, Money, Tax
from bot.options.numbers import EntryNumber, Whole
from bot.options.text import Link, Tags, Text
from bot.options.times.time import Day, DaysBefore, OrOff, QuietHours
from bot.options.times.zone import Zone
from bot.reading.parser import read_values, words_of
from bot.reply.parts import say
from bot.reply.words import voice
from core.ledger.model import Purpose

if TYPE_CHECKING:
    from collections.abc import Mapping

SPEAK = voice("en", "UTC")


@pytest.mark.parametrize(
    ("kind", "words", "value"),
    [
        (Tags(), "Design, \uff30ython;caf\u00e9 cafe\u0301 d\u200besign", ("design", "python", "caf\u00e9")),
        (Whole(), "16", 16),
        (Whole(), " 16 connects ", 16),
        (Whole(), "1 Connect", 1),
        (Whole(), "1,000", 1000),
        (Whole(), "#12", 12),
        (Whole(low=-5), "-3", -3),
        (Money(), "$9", Amount(Decimal(9), "USD", sign="$")),
        (Money(), "9", Amount(Decimal(9), None)),
        (Money(), "9.60 EUR", Amount(Decimal("9.6"), "EUR")),
        (Money(), "€9,60", Amount(Decimal("9.6"), "EUR")),
        (Money(), "1,234.56", Amount(Decimal("1234.56"), None)),
        (Money(), "1.234,56", Amount(Decimal("1234.56"), None)),
        (Money(), "1,234", Amount(Decimal(1234), None, fine=Decimal("1.234"), comma=True)),
        (Money(), "¥900", Amount(Decimal(900), "JPY", sign="¥")),
        (Money(), "$9 USD", Amount(Decimal(9), "USD")),
        (Tax(), "1.80", Amount(Decimal("1.8"), None)),
        (Tax(), "20%", Percent(Decimal(20))),
        (Tax(), "7,5 %", Percent(Decimal("7.5"))),
        (Choice(of=Purpose), "Profile ad", Purpose.PROFILE_AD),
        (Choice(of=Purpose), "bad", Purpose.BADGE),
        (Choice(of=Purpose), "PROF\u0130LE-AD", Purpose.PROFILE_AD),
        (Choice(of=Purpose, also=((Purpose.PROFILE_AD, ("ads", "my ad")),)), "My Ad", "profile_ad"),
        (Day(), "2026-01-31", date(2026, 1, 31)),
        (Day(), "\u0662\u0660\u0662\u0666\u2212\u0660\u0661\u2212\u0663\u0661", date(2026, 1, 31)),
        (DaysBefore(), "\u0663\u0660\u060c7, 1", (30, 7, 1)),
        (QuietHours(), "\uff12\uff12\u22128", "22-8"),
        (Zone(), "Kyiv", "Europe/Kyiv"),
        (Zone(), "europe/kyiv", "Europe/Kyiv"),
        (Zone(), "New York", "America/New_York"),
        (Zone(), "port-au-prince", "America/Port-au-Prince"),
        (Zone(), "utc", "UTC"),
        (Zone(), "S\u00e3o Paulo", "America/Sao_Paulo"),
        (Zone(), "sao paulo", "America/Sao_Paulo"),
        (Zone(), "SA\u0303O-PAULO", "America/Sao_Paulo"),
        (Zone(), "Z\u00fcrich", "Europe/Zurich"),
        (Zone(), "bogot\u00e1", "America/Bogota"),
        (Zone(), "\u0130STANBUL", "Asia/Istanbul"),
        (Zone(), "St. John's", "America/St_Johns"),
        (Zone(), "Mumbai", "Asia/Kolkata"),
        (Zone(), "San Francisco", "America/Los_Angeles"),
        (Zone(), "Krak\u00f3w", "Europe/Warsaw"),
        (Zone(), "India", "Asia/Kolkata"),
        (Zone(), "Pakistan", "Asia/Karachi"),
        (Zone(), "Eastern Time", "America/New_York"),
        (Zone(), "Pacific Standard Time", "America/Los_Angeles"),
        (Zone(), "JST", "Asia/Tokyo"),
        (Zone(), "MSK", "Europe/Moscow"),
        (Zone(), "EDT", "America/New_York"),
        (Zone(), "CEST", "CET"),
        (Zone(), "UTC+5:45", "Asia/Kathmandu"),
        (Zone(), "UTC\u22129:30", "Pacific/Marquesas"),
        (Zone(), "GMT +2", "Etc/GMT-2"),
        (Zone(), "GMT 2", "Etc/GMT-2"),
        (Zone(), "UTC+5.5", "Asia/Kolkata"),
        (Zone(), "UTC+5,75", "Asia/Kathmandu"),
        (Zone(), "UTC\u00b10", "UTC"),
        (Zone(), "NYC", "America/New_York"),
        (Zone(), "England", "Europe/London"),
        (Zone(), "UTC + 3", "Etc/GMT-3"),
        (Zone(), "utc+3:00", "Etc/GMT-3"),
        (Zone(), "UTC+\u0663", "Etc/GMT-3"),
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
        (Money(), "€9 USD", '"€9 USD" is not an amount'),
        (Money(), "9 XXA", 'I do not know which currency "XXA" is. Write its code, such as USD or EUR.'),
        (Money(), "$" + "9" * 400, "is not an amount"),
        (Money(), "9.9.9", '"9.9.9" is not an amount'),
        (Money(), "9" * 30, "is not an amount"),
        (Tax(), "much", '"much" is not a tax, such as $1.80 or 20%.'),
        (Choice(of=Purpose), "b", '"b" is not one of: proposal, boost, badge'),
        (Choice(of=Purpose), "", "is not one of"),
        (Day(), "31.01.2026", 'I cannot read "31.01.2026" as a date'),
        (Day(), "9999-12-31", "9999-12-31 is out of range: use 2000 to 2099."),
        (Day(), "0001-01-01", "0001-01-01 is out of range: use 2000 to 2099."),
        (Zone(), "Atlantis", 'I do not know the time zone "Atlantis"'),
        (Zone(), "", "I do not know the time zone"),
        (Zone(), "UTC+25", 'I do not know the time zone "UTC+25". Try a large city in it'),
        (Zone(), "+05:50", 'I do not know the time zone "+05:50". Try a large city in it'),
        (Currency(), "crowns", '"crowns" is not a currency code'),
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
        ("earn assessment Python 3", {"source": "assessment", "amount": "3", "name": "Python"}),
        ("return #12 8", {"spend": "#12 8"}),
        ("settings zone Kyiv low 20", {"zone": "Kyiv", "low": "20"}),
        ("settings zone=new york low=20", {"zone": "new york", "low": "20"}),
        ("settings zone new york", {"zone": "new york"}),
        ("settings new york", {"zone": "new york"}),
        ("settings low=?", {"low": "?"}),
        ("settings low=1 000", {"low": "1 000"}),
        ("settings low=- 3 zone=Kyiv", {"low": "- 3", "zone": "Kyiv"}),
        ("settings low=9 000 000 zone=Kyiv", {"low": "9 000 000", "zone": "Kyiv"}),
        ("alerts budget=12\u202f345 runway=7", {"budget": "12\u202f345", "runway": "7"}),
        ("alerts budget=1 000 runway=7", {"budget": "1 000", "runway": "7"}),
        ("alerts budget 1\u202f000", {"budget": "1\u202f000"}),
        ("buy 60 price=1 234,50 EUR tax=20 %", {"connects": "60", "price": "1 234,50 EUR", "tax": "20 %"}),
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


@pytest.mark.parametrize(
    ("kind", "fit", "unfit"),
    [
        (Whole(), ("1", "5000"), ("0", "5001")),
        (Whole(low=-5, high=5), ("-5", "5"), ("-6", "6")),
        (Whole(ruled=True), ("0", "5001", "999999999"), ("1000000000",)),
        (EntryNumber(), ("1", "999999999"), ("0", "1000000000", "12 connects")),
        (OrOff(high=90), ("off", "1", "90"), ("0", "91")),
        (Money(), ("0", "10000000000000"), ("10000000000000.01", "10000000000001", "0.15 each")),
        (Money(rate=True), ("0.15 each",), ("-1",)),
        (Tax(), ("0", "0%", "10000000000000"), ("10000000000001", "0.15 each")),
        (Day(), ("2000-01-01", "2099-12-31"), ("1999-12-31", "2100-01-01")),
        (DaysBefore(), ("1", "60", "1,2,3,4,5,6,7,8,9,10", "7,7"), ("0", "61", "1,2,3,4,5,6,7,8,9,10,11", "7,x")),
    ],
)
def test_a_value_fits_up_to_its_bounds(kind: Kind, fit: tuple[str, ...], unfit: tuple[str, ...]) -> None:
    for words in fit:
        kind.read(words)
    for words in unfit:
        with pytest.raises(UnfitError):
            kind.read(words)


@pytest.mark.parametrize(
    ("words", "minor"), [("0.005", 1), ("0.0049", None), ("1.5", 150), ("1,5", 150), ("12.34", 1234), ("0.125", 13)]
)
def test_an_amount_is_rounded_half_up(words: str, minor: int | None) -> None:
    assert Money().read(words).minor("USD") == (minor or 0)


@pytest.mark.parametrize(("percent", "whole", "part"), [(5, 9, 0), (5, 10, 1), (20, 900, 180), (0, 99, 0), (100, 7, 7)])
def test_a_percentage_is_rounded_half_up(percent: int, whole: int, part: int) -> None:
    assert Percent(Decimal(percent)).of(whole) == part


def test_the_price_of_one_is_that_of_many_times() -> None:
    one = Money(rate=True).read("1,234 each")
    assert one.each
    assert one.times(3) == Amount(Decimal(3702), None, fine=Decimal("3.702"), comma=True)
    assert [one.minor(currency) for currency in ("USD", "KWD", "JPY")] == [123_400, 1234, 1234]
