"""A purchase is booked as it was meant: in either order, for each or in all, and with a price that may be true."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands import by_name
from bot.commands.ledger.prices import Purchase, is_unlikely, purchase_line
from bot.options.currencies import CURRENCIES
from bot.options.figures import Amount, Percent
from bot.reading.parser import read_values, words_of
from core.ledger import rulebook

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
        ("5000 1 234,50 EUR", 5000, "\u20ac1,234.50"),
        ("1 234,50 EUR 5000", 5000, "\u20ac1,234.50"),
        ("5,000 \u20ac1.500", 5000, "\u20ac1,500.00"),
        ("60 EUR 9", 60, "\u20ac9.00"),
        ("60 \u20ac 9", 60, "\u20ac9.00"),
        ("80 CHF 10.50", 80, "CHF\u00a010.50"),
        ("9,50 EUR 60", 60, "\u20ac9.50"),
        ("80 NZ$ 20", 80, "NZ$20.00"),
        ("80 PLN 45", 80, "PLN\u00a045.00"),
        ("60 x $0.15", 60, "$9.00"),
        ("60 * 0.15", 60, "$9.00"),
        ("60 15 cents each", 60, "$9.00"),
        ("60 15\u00a2 each", 60, "$9.00"),
        ("60 $0.15/each", 60, "$9.00"),
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
        ("9 EUR 60", "60 Connects for \u20ac9.00", 60, "\u20ac9.00"),
        ("10 EUR 60", "60 Connects for \u20ac10.00", 60, "\u20ac10.00"),
        ("45 PLN 80", "80 Connects for PLN\u00a045.00", 80, "PLN\u00a045.00"),
        ("80 R$ 60", "As written: 80 Connects for R$60.00", 80, "R$60.00"),
        ("60 0.15 PLN", "60 Connects for PLN\u00a09.00 (PLN\u00a00.15 each)", 60, "PLN\u00a09.00"),
        ("60 $9.000", "60 Connects for $9.00", 60, "$9.00"),
        ("60 \u20ac1.500", "As written: 60 Connects for \u20ac1,500.00", 60, "\u20ac1,500.00"),
        ("60 1 234,50 EUR", "As written: 60 Connects for \u20ac1,234.50", 60, "\u20ac1,234.50"),
        ("60 15\u00a2", "60 Connects for $9.00 ($0.15 each)", 60, "$9.00"),
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
    assert asked.text == "Which currency did you pay in?"
    assert asked.buttons == ("$9.00 (USD)", "CA$9.00 (CAD)")
    assert f"Price: {price.replace('9', '10')}, of which {price.replace('9', '1')} tax" in (await ann.press(label)).text


@pytest.mark.parametrize(
    ("own", "line", "readings"),
    [
        ("INR", "60 9", ("$9.00 (USD)", "\u20b99.00 (INR)")),
        ("UAH", "60 0.15 each", ("$9.00 (USD)", "UAH\u00a09.00 (UAH)")),
        ("CNY", "60 \u00a565", ("\u00a565 (JPY)", "CN\u00a565.00 (CNY)")),
        ("EGP", "60 \u00a3430", ("\u00a3430.00 (GBP)", "EGP\u00a0430.00 (EGP)")),
        ("INR", "60 750", ("Undo",)),
        ("PLN", "60 36", ("Undo",)),
        ("KWD", "60 2.750", ("Undo",)),
        ("EUR", "60 9", ("Undo",)),
        ("CNY", "60 65", ("Undo",)),
    ],
)
async def test_a_bare_figure_is_in_the_wallets_currency_unless_it_fits_another(
    ann: DeskPlayer, own: str, line: str, readings: tuple[str, ...]
) -> None:
    await ann.say(f"/settings currency={own}")
    assert (await ann.say(f"/buy {line}")).buttons == readings
    if readings != ("Undo",):
        assert f"Price: {readings[1].partition(' (')[0]}" in (await ann.press(readings[1])).text.splitlines()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("60 9 XXX", 'I did not understand "XXX" there.'),
        ("60 price=9XAU", 'I do not know which currency "XAU" is.'),
        ("60 90 kr", 'I did not understand "kr" there.'),
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


@pytest.mark.parametrize(
    ("connects", "net", "currency", "unlikely"),
    [
        (60, 450, "USD", False),
        (60, 449, "USD", True),
        (60, 1800, "USD", False),
        (60, 1801, "USD", True),
        (60, 225, "EUR", False),
        (60, 224, "EUR", True),
        (60, 3600, "GBP", False),
        (60, 3601, "GBP", True),
        (60, 120, "PLN", False),
        (60, 119, "PLN", True),
        (45, 8000, "PLN", True),  # 80 is a size in which Upwork sells them
        (45, 8100, "PLN", False),
        (45, 8050, "PLN", False),
        (60, 6000, "PLN", False),
        (60, 40, "JPY", True),
        (60, 1500, "JPY", False),
        (0, 900, "USD", False),  # the rulebook refuses these
        (5001, 900, "USD", False),
        (60, 100_000_001, "USD", False),
    ],
)
def test_what_is_unlikely(connects: int, net: int, currency: str, *, unlikely: bool) -> None:
    assert is_unlikely(Purchase(connects, net, currency), rulebook.default()) is unlikely


def test_a_rulebook_may_ask_for_more_or_less() -> None:
    bought = Purchase(60, 2700, "USD")
    assert is_unlikely(bought, rulebook.parse({"price": {"doubt": 2}}))
    assert not is_unlikely(bought, rulebook.parse({"price": {"doubt": 3}}))
    assert not is_unlikely(bought, rulebook.parse({"price": {"doubt": 0}}))
    assert not is_unlikely(bought, rulebook.parse({"price": {"each": 0}}))
    assert not is_unlikely(bought, rulebook.parse({"price": {"each": 45}}))
    assert not is_unlikely(bought, rulebook.parse({"price": {"currency": "UAH"}}))


@given(
    connects=st.integers(1, 5000),
    net=st.integers(0, 10**9),
    currency=st.sampled_from(sorted(CURRENCIES)),
    tax=st.none() | st.integers(0, 30) | st.decimals(0, 100, places=2),
    sure=st.booleans(),
)
def test_the_line_of_a_button_reads_back_to_the_same_purchase(
    connects: int, net: int, currency: str, tax: int | Decimal | None, *, sure: bool
) -> None:
    given_tax = Percent(Decimal(tax)) if isinstance(tax, int) else None if tax is None else Amount(tax, None)
    name, _, rest = purchase_line(Purchase(connects, net, currency), given_tax, sure=sure).partition(" ")
    values = read_values(by_name()[name], words_of(by_name()[name], rest))
    assert (values["connects"], values["sure"]) == (connects, sure)
    assert (values["price"].minor("USD"), values["price"].currency) == (net, currency)
    if isinstance(given_tax, Amount):
        assert values["tax"].minor("USD") == given_tax.minor(currency)
    else:
        assert values["tax"] == given_tax
