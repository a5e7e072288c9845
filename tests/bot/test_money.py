"""Money in conversations: several currencies in one spend, and currencies that have no cents."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.bot.stages.desk import DeskPlayer


async def test_a_spend_across_two_currencies_shows_both_sums(ann: DeskPlayer) -> None:
    await ann.say("/buy 10 €9")
    await ann.say("/buy 60 $9")
    heard = await ann.say("/spend 65 mix")
    assert "#4 booked: 65 Connects · Proposal: mix" in heard.text
    assert "Cost: €9.00 + $5.25 (20 free, 45 paid)" in heard.text
    assert "25 Connects can be spent." in (await ann.say("/balance")).text
