"""Money in conversations: several currencies in one spend, and currencies that have no cents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.bot.stages.desk import DeskPlayer


async def test_a_spend_across_two_currencies_shows_both_sums(ann: DeskPlayer) -> None:
    await ann.say("/buy 10 €9")
    await ann.say("/buy 60 $9")
    heard = await ann.say("/spend 65 mix")
    assert "#4 booked: 65 Connects · Proposal: mix" in heard.text
    assert "Cost: €9.00 + $5.25 (20 free, 45 paid)" in heard.text
    assert "25 Connects are available." in (await ann.say("/balance")).text


@pytest.mark.parametrize(
    ("currency", "paid", "price"),
    [
        ("JPY", "1500", "Price: ¥1,500"),
        ("KWD", "3", "Price: KWD\u00a03.000"),
        ("USD", "9", "Price: $9.00"),
        ("JPY", "$9", "Price: $9.00"),
    ],
)
async def test_an_amount_without_a_currency_is_in_the_wallets_own(
    ann: DeskPlayer, currency: str, paid: str, price: str
) -> None:
    await ann.say(f"/settings currency={currency}")
    assert price in (await ann.say(f"/buy 60 {paid}")).text.splitlines()


class TestTax:
    @pytest.mark.parametrize(
        ("line", "price"),
        [
            ("/buy 60 $9 $1.80", "Price: $10.80, of which $1.80 tax"),
            ("/buy 60 $9 20%", "Price: $10.80, of which $1.80 tax"),
            ("/buy 60 $9 tax 20%", "Price: $10.80, of which $1.80 tax"),
            ("/buy 60 $9 tax=7.5%", "Price: $9.68, of which $0.68 tax"),
            ("/buy 60 tax=20%", "Price: $10.80, of which $1.80 tax"),
        ],
    )
    async def test_may_be_an_amount_or_a_percentage(self, ann: DeskPlayer, line: str, price: str) -> None:
        assert price in (await ann.say(line)).text

    @pytest.mark.parametrize(
        ("line", "answer"),
        [
            ("/buy 60 $9 $90", "A tax of $90.00 is more than the price itself, $9.00."),
            ("/buy 60 $9 tax=120%", "A tax of $10.80 is more than the price itself"),
            ("/buy 60 $9 tax=€1", "The price is in USD; write the tax in USD too"),
            ("/buy 60 $9 tax=much", '"much" is not a tax, such as $1.80 or 20%.'),
        ],
    )
    async def test_that_is_impossible_is_refused(self, ann: DeskPlayer, line: str, answer: str) -> None:
        assert answer in (await ann.say(line)).text
        assert "20 Connects are available." in (await ann.say("/balance")).text


async def test_a_currency_of_letters_stands_apart_from_its_figure(ann: DeskPlayer) -> None:
    assert "Price: UAH\u00a0370.00" in (await ann.say("/buy 60 370 UAH")).text
