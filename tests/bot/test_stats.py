"""Statistics on every platform: from the first bid to a rate, one tap to another period, and money in a group."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.ledger.requests import Request
from core.ledger.sightings import ProposalSighting, ProposalState
from core.proposals.service import Proposals
from core.shared.ids import WalletId
from tests.bot.asking import in_money
from tests.bot.stage import CARRIERS, PLATFORMS, on_stage
from tests.bot.stages.desk import DeskStage
from tests.bot.stages.telegram import TelegramPlayer, TelegramStage
from tests.bot.telling import live_on

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from tests.bot.stage import Bot, Stage


@pytest.fixture(params=PLATFORMS)
async def stage(request: pytest.FixtureRequest, bot: Bot) -> AsyncGenerator[Stage]:
    async with on_stage(request.param, bot) as stage:
        yield stage


async def test_a_freelancer_learns_what_a_reply_cost(stage: Stage, bot: Bot) -> None:
    ann = await stage.person("Ann")
    await ann.say("/start")
    assert "There are no proposals in your books yet" in (await ann.say("/stats")).text
    await ann.say("/buy 100 $15")
    for title in ("Logo", "Shop", "Banner"):
        await ann.say(f"/spend 10 {title}")
    heard = await ann.say("/stats")
    assert "Nobody has told me yet what became of your proposals" in heard.text
    assert "Import My proposals" in heard.buttons
    await ann.say("replied for Logo")
    assert "All of them are younger than 14 days" in (await ann.say("/stats")).text
    bot.clock.pass_(days=20)
    heard = await ann.say("/stats")
    assert "1 of 3 (33\u00a0%), likely between 6 and 79\u00a0%" in heard.text
    assert "30 Connects ($1.50)" in heard.text
    assert "No proposals were sent in this period" not in (await ann.press("30 days")).text
    assert "bids of 9 to 16 Connects" in (await ann.press("By price")).text
    await stage.restart()
    assert "All time" in (await ann.press("All time")).text
    assert "Statistics · All time" in (await ann.press("Back to statistics")).text


@pytest.fixture(params=CARRIERS)
async def team(request: pytest.FixtureRequest, bot: Bot) -> AsyncGenerator[Stage]:
    async with on_stage(request.param, bot) as stage:
        if isinstance(stage, TelegramStage):
            live_on(bot, stage.carrier)
        yield stage


async def test_money_of_a_group_is_for_its_admins(team: Stage, bot: Bot) -> None:
    lead, bob = await team.member("Lea", "Team", admin=True), await team.member("Bob", "Team")
    for line in ("/start", "/buy 100 $15", "/opening 0 free", "/spend 10 Logo", "/spend 10 Shop"):
        await lead.say(line)
    await lead.say("/proposals logo")
    await lead.press("Replied")
    bot.clock.pass_(days=20)
    heard = await bob.say("/stats")
    assert "20 Connects" in heard.text
    assert "$" not in heard.text
    assert "Only admins of this group see its figures in money" in (await bob.press("In money")).text
    assert "$" not in (await lead.say("/stats")).text
    heard = await in_money(lead)
    assert "20 Connects ($3.00)" in heard.text
    assert "Book a bid" not in heard.buttons
    reader = await team.person("Lea") if isinstance(team, TelegramStage) else lead
    assert "20 Connects ($3.00)" in (await reader.press("Cost")).text
    if isinstance(lead, TelegramPlayer):  # what is in the private chat stays there when she is no admin any more
        lead.chat.promote(lead.person, "member")
        bot.clock.pass_(seconds=61)
        assert "Only admins of this group" in (await reader.press("All time")).text


async def test_a_name_that_a_page_was_misread_for_is_cut_but_can_be_chosen(bot: Bot) -> None:
    """Such as a whole line of what was copied: its button asks for all of it."""
    ann, long = await DeskStage(bot).person("ann"), "Full stack " * 40 + "engineer"
    for line in ("/start", "/buy 60", "/spend 8 Logo", "/spend 8 Site"):
        await ann.say(line)
    proposals = Proposals(bot.store, bot.books.rulebook, bot.clock)
    wallet = WalletId(1)
    for at, (card, profile) in enumerate(zip(await proposals.every(wallet), (long, "Web"), strict=True)):
        seen = ProposalSighting(1, ProposalState.VIEWED, number=card.entries[0], profile=profile)
        await proposals.tell(Request(wallet, f"seen:{at}", None), seen)
    bot.clock.pass_(days=20)
    heard = await ann.say("/stats by=profile")
    assert (long in heard.text, heard.text.count("Full stack")) == (False, 5)
    assert "Proposals: 1 sent" in (await ann.press("profile “Full stack")).text
