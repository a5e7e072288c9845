"""What came back of bids that an import booked, all in one change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.ledger.model import Kind, Purpose, expense_on
from core.ledger.past.facts import NewFact
from core.shared.ids import WalletId
from tests.core.earlier import book_earlier, bought, on, spent

if TYPE_CHECKING:
    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer


@pytest.fixture
async def imported(bot: Bot, ann: DeskPlayer) -> DeskPlayer:
    """Ann, for whom an import booked many bids, the last of them with a boost."""
    bids = [spent(1, 11, 1 + job % 20, f"Job {chr(97 + job)}", 2025) for job in range(20)]
    boost = NewFact(on(11, 25, 2025), Kind.SPEND, 13, expense_on(Purpose.BOOST), memo="Shop")
    facts = (bought(200, 10, 1, year=2025), *bids, spent(16, 11, 25, "Shop", 2025), boost)
    await book_earlier(bot.books, bot.store.ledger, WalletId(1), *facts)
    return ann


async def test_the_last_is_one_bid_with_its_boost(imported: DeskPlayer) -> None:
    heard = await imported.say("/return last")
    assert heard.buttons[0].startswith("All of #23, #24: 29 Connects")
    assert "29 Connects returned" in (await imported.press("All of")).text


async def test_one_is_found_by_its_title(imported: DeskPlayer) -> None:
    assert "1 Connect returned" in (await imported.say("/return job c")).text


async def test_what_was_typed_since_is_the_last(imported: DeskPlayer) -> None:
    await imported.say("/spend 4 Poster")
    assert "4 Connects returned from #25" in (await imported.say("/return last")).text
