"""A purchase is booked as it was meant: in either order, for each or in all, and with a price that may be true."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.commands import by_name
from bot.reading.parser import read_values, words_of

if TYPE_CHECKING:
    from tests.bot.stages.desk import DeskPlayer

NOTHING = "20 Connects are available."


@pytest.mark.parametrize(
    ("line", "connects", "price"),
    [
        ("60 $9", 60, "$9.00"),
        ("$9 60", 60, "$9.00"),
        ("60 connects for $9", 60, "$9.00"),
        ("60 $9 USD", 60, "$9.00"),
        ("60 US$9.00", 60, "$9.00"),
        ("60 $0.15 each", 60, "$9.00"),
        ("60 at $0.15 per connect", 60, "$9.00"),
        ("60 @ 0.15", 60, "$9.00"),
        ("60 @$0.15", 60, "$9.00"),
        ("60 $0.155 each", 60, "$9.30"),
        ("60 0.15/connect", 60, "$9.00"),
        ("$.15 ea 60", 60, "$9.00"),
        ("60 \uff04\uff19", 60, "$9.00"),
        ("\u0666\u0660 $\u0669", 60, "$9.00"),
        ("1 000 $150", 1000, "$150.00"),
        ("1\u202f000 $150", 1000, "$150.00"),
        ("1,000 for $150.00", 1000, "$150.00"),
        ("60 1 234,50 EUR", 60, "\u20ac1,234.50"),
        ("1 234,50 EUR 60", 60, "\u20ac1,234.50"),
        ("60 \u20ac1.500", 60, "\u20ac1,500.00"),
        ("9 EUR 60", 60, "\u20ac9.00"),
        ("60 EUR9", 60, "\u20ac9.00"),
        ("60 connects EUR 9", 60, "\u20ac9.00"),
        ("60 90.000 IDR", 60, "IDR\u00a090,000.00"),
        ("60 Rp 145.000", 60, "IDR\u00a0145,000.00"),
        ("60 145 000 IDR", 60, "IDR\u00a0145,000.00"),
        ("60 1.500 JPY", 60, "\u00a51,500"),
        ("60 1,23,456 INR", 60, "\u20b9123,456.00"),
        ("60 R$ 45,90", 60, "R$45.90"),
        ("60 2.750 KWD", 60, "KWD\u00a02.750"),
        ("60 $12 20%", 60, "$14.40, of which $2.40 tax"),
    ],
)
async def test_is_booked_as_written(ann: DeskPlayer, line: str, connects: int, price: str) -> None:
    heard = await ann.say(f"/buy {line}")
    assert f"#2 booked: {connects:,} Connects bought" in heard.text
    assert f"Price: {price}" in heard.text.splitlines()


@pytest.mark.parametrize(
    ("line", "meant", "connects", "price"),
    [
        ("9 60", "60 Connects for $9.00", 60, "$9.00"),
        ("$60 9", "60 Connects for $9.00", 60, "$9.00"),
        ("9 for $60", "60 Connects for $9.00", 60, "$9.00"),
        ("60 $0.15", "60 Connects for $9.00 ($0.15 each)", 60, "$9.00"),
        ("60 0,15", "60 Connects for $9.00 ($0.15 each)", 60, "$9.00"),
        ("60 $900", "60 Connects for $9.00", 60, "$9.00"),
        ("60 900", "60 Connects for $9.00", 60, "$9.00"),
        ("60 $9.000", "As written: 60 Connects for $9,000.00", 60, "$9,000.00"),
        ("60 $45", "As written: 60 Connects for $45.00", 60, "$45.00"),
        ("60 $0", "As written: 60 Connects for $0.00", 60, "$0.00"),
        ("60 $9 each", "60 Connects for $9.00", 60, "$9.00"),
        ("60 \u20ac0.15", "60 Connects for \u20ac9.00 (\u20ac0.15 each)", 60, "\u20ac9.00"),
        ("9 \u20ac60", "60 Connects for \u20ac9.00", 60, "\u20ac9.00"),
        ("60 EUR 9", "60 Connects for \u20ac9.00", 60, "\u20ac9.00"),
        ("60 1,500 KWD", "KWD\u00a01.500 (KWD)", 60, "KWD\u00a01.500"),
        ("60 1,500 KWD", "KWD\u00a01,500.000 (KWD)", 60, "KWD\u00a01,500.000"),
        ("9 60 20%", "60 Connects for $9.00", 60, "$10.80, of which $1.80 tax"),
    ],
)
async def test_an_unlikely_price_is_asked_about_first(
    ann: DeskPlayer, line: str, meant: str, connects: int, price: str
) -> None:
    asked = await ann.say(f"/buy {line}")
    assert meant in asked.buttons
    assert NOTHING in (await ann.say("/balance")).text
    await ann.say(f"/buy {line}")
    heard = await ann.press(meant)
    assert f"#2 booked: {connects} Connects bought" in heard.text
    assert f"Price: {price}" in heard.text.splitlines()


async def test_what_was_written_can_be_booked_all_the_same(ann: DeskPlayer) -> None:
    asked = await ann.say("/buy 9 $60")
    assert "That is far from the list price, which is $1.35 for 9 Connects. What did you pay?" in asked.text
    assert asked.buttons == ("60 Connects for $9.00", "As written: 9 Connects for $60.00")
    heard = await ann.press("As written")
    assert "#2 booked: 9 Connects bought\nPrice: $60.00" in heard.text


@pytest.mark.parametrize(("label", "price"), [("$9.00 (USD)", "$9.00"), ("CA$9.00 (CAD)", "CA$9.00")])
async def test_a_sign_that_is_also_their_own_is_asked_about(ann: DeskPlayer, label: str, price: str) -> None:
    await ann.say("/settings currency=CAD")
    asked = await ann.say("/buy 60 $9 tax=$1")
    assert asked.text == "More than one currency is written as $. Which one did you pay in?"
    assert asked.buttons == ("$9.00 (USD)", "CA$9.00 (CAD)")
    assert f"Price: {price.replace('9', '10')}, of which {price.replace('9', '1')} tax" in (await ann.press(label)).text


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("60 9 XXX", 'I did not understand "XXX" there.'),
        ("60 price=9XAU", 'I do not know which currency "XAU" is.'),
        ("60 90 kr", 'I did not understand "kr" there.'),
        ("60 yesterday", 'I did not understand "yesterday" there.'),
        ("60 $9 refund", 'I did not understand "refund" there.'),
        ("60 $9 10 8", 'I did not understand "8" there.'),
        ("60 \u2212$9", 'I did not understand "\u2212$9" there.'),
        ("60 1.50.00", 'I did not understand "1.50.00" there.'),
        ("60.5 $9", "How many Connects did you buy?"),
        ("60 145,000 XAG", 'I did not understand "XAG" there.'),
        ("\u221260 $9", "It takes a number from 1 to 5,000, not -60."),
    ],
)
async def test_what_cannot_be_read_is_named(ann: DeskPlayer, line: str, said: str) -> None:
    assert said in (await ann.say(f"/buy {line}")).text
    assert NOTHING in (await ann.say("/balance")).text


def test_a_confirmation_is_offered_by_buttons_only() -> None:
    buy = by_name()["buy"]
    assert "sure" not in {option.name for option in buy.shown}
    assert read_values(buy, words_of(buy, "60 $9"))["sure"] is False
    assert read_values(buy, words_of(buy, '60 price="9.00 USD" sure=yes'))["sure"] is True
