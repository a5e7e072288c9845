"""Words about tax after `/buy` are the tax; another day is asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.bot.stages.desk import DeskPlayer

NOTHING = "20 Connects are available."
TAXED = "$10.80, of which $1.80 tax"


@pytest.mark.parametrize(
    ("line", "price"),
    [
        ("60 $9 20% VAT", TAXED),
        ("60 $9 + $1.80 VAT", TAXED),
        ("60 $9 plus tax 1.80", TAXED),
        ("60 $9 +20%", TAXED),
        ("60 $9 + 1.80", TAXED),
        ("60 9$ VAT 1.8$", TAXED),
        ("60 connects, $9.00, tax $1.80", TAXED),
        ("tax 20% 60 $9", TAXED),
        ("60 $9 ex VAT 20%", TAXED),
        ("60 $10.80 (incl. 20% tax)", TAXED),
        ("60 $10.80, of which $1.80 tax", TAXED),
        ("60 $10.80 VAT included 20%", TAXED),
        ("60 $9+1.80VAT", TAXED),
        ("60 total 10.80 incl tax 1.80.", TAXED),
        ("60 = 9$", "$9.00"),
        ("60 $9 GST 18%", "$10.62, of which $1.62 tax"),
        ("60 8 EUR + 1.68 EUR BTW", "\u20ac9.68, of which \u20ac1.68 tax"),
        ("60 $9 no tax", "$9.00"),
        ("60 $9 tax free", "$9.00"),
        ("60 $9 net", "$9.00"),
        ("60 $9 today", "$9.00"),
        ("60 10.12", "$10.12"),
        ("60 ($9) \U0001f389", "$9.00"),
    ],
)
async def test_tax_in_words_is_booked_as_tax(ann: DeskPlayer, line: str, price: str) -> None:
    assert f"Price: {price}" in (await ann.say(f"/buy {line}")).text.splitlines()


@pytest.mark.parametrize(
    ("line", "label", "price"),
    [
        ("60 $10.80 incl. VAT", TAXED, TAXED),
        ("60 $10.80 gross", "$10.80, no tax apart", "$10.80"),
        ("60 $9 tax included", "$9.00, no tax apart", "$9.00"),
        ("60 $9 with 20% VAT", "On top", TAXED),
        ("60 $10.80 with 20% VAT", "In the price", TAXED),
    ],
)
async def test_tax_that_may_be_in_the_price_is_asked_about(ann: DeskPlayer, line: str, label: str, price: str) -> None:
    assert label in (await ann.say(f"/buy {line}")).buttons
    assert NOTHING in (await ann.say("/balance")).text
    await ann.say(f"/buy {line}")
    assert f"Price: {price}" in (await ann.press(label)).text.splitlines()


@pytest.mark.parametrize("line", ["60 $9 + VAT", "60 $9 VAT", "60 $9 plus tax"])
async def test_a_tax_without_a_figure_is_asked_for(ann: DeskPlayer, line: str) -> None:
    assert "Tax on top of the price" in (await ann.say(f"/buy {line}")).text
    assert f"Price: {TAXED}" in (await ann.say("20%")).text


async def test_a_price_with_its_tax_is_asked_for(ann: DeskPlayer) -> None:
    assert (await ann.say("/buy 60 incl. 20% VAT")).text == "What did you pay in all, tax included?"
    assert f"Price: {TAXED}" in (await ann.say("$10.80")).text


async def test_a_price_with_its_tax_may_be_in_another_currency(ann: DeskPlayer) -> None:
    await ann.say("/settings currency=CAD")
    assert (await ann.say("/buy 60 $12 incl 20% tax")).text == "Which currency did you pay in?"
    assert "Price: CA$12.00, of which CA$2.00 tax" in (await ann.press("CA$12.00 (CAD)")).text


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("60 $9 last week", "last week"),
        ("60 $9 at 9:15", "at 9:15"),
        ("tomorrow 60 $9", "tomorrow"),
    ],
)
async def test_what_is_no_day_is_asked_about(ann: DeskPlayer, line: str, day: str) -> None:
    asked = await ann.say(f"/buy {line}")
    assert f"\u201c{day}\u201d" in asked.text
    assert NOTHING in (await ann.say("/balance")).text
    await ann.say(f"/buy {line}")
    assert "Price: $9.00" in (await ann.press("Book it for today")).text
