"""Two members of a group who turn out to be one person count as one, whoever they were when they booked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.links.model import Accounts
from tests.bot.linked import Linking
from tests.bot.stages.desk import DeskPlayer, DeskStage

if TYPE_CHECKING:
    from tests.bot.stage import Bot

LINK = "https://www.upwork.com/jobs/Logo_~022010000000000000042/"


@pytest.fixture
async def rob(bot: Bot, bob: DeskPlayer) -> DeskPlayer:
    """Bob, with another account in the same group; both have spent there."""
    rob = await DeskStage(bot).member("Rob", bob.group)
    await bob.say(f"/spend 16 {LINK}")
    bot.clock.pass_(minutes=1)
    await rob.say("/spend 8 Shop")
    return rob


@pytest.fixture
def both(bot: Bot, rob: DeskPlayer) -> Linking:
    return Linking(bot, "Bob", rob.name)


async def test_figures_and_files_have_one_row(lead: DeskPlayer, rob: DeskPlayer, both: Linking) -> None:
    before = (await lead.say("/team")).text
    assert "Bob" in before
    assert "Rob" in before
    link = await both.link(Accounts.ALONE)
    team = (await lead.say("/team")).text
    assert "24" in team
    assert "Rob" not in team
    assert "24" in (await rob.say("/team me")).text
    assert "1\u20132 of 2" in (await rob.say("/proposals member=me")).text
    segments = (await lead.say("/stats by=member")).text
    assert "Rob" not in segments
    files = (await lead.say("/export all as csv")).files
    assert not any(b"Rob" in content for content in files.values())
    await both.unlink(link)
    assert (await lead.say("/team")).text == before


async def test_what_they_booked_is_their_own(bob: DeskPlayer, rob: DeskPlayer, both: Linking) -> None:
    await both.link(Accounts.ALONE)
    asked = await rob.say(f"/spend 16 {LINK}")
    assert asked.text.startswith("You bid 16 on this job")
    assert "is undone" in (await rob.say("/undo 2")).text  # which Bob had booked
    assert "8 Connects returned" in (await bob.say("/return #3")).text


async def test_limits_and_targets_count_both(lead: DeskPlayer, rob: DeskPlayer, both: Linking) -> None:
    await lead.say("/limit 30 a day each")
    await lead.say("/target 10 this week Rob")
    await both.link(Accounts.ALONE)
    assert "6" in (await rob.say("/limit")).text
    assert "2 of 10" in (await rob.say("/target")).text
    assert "31 of 30 Connects" in (await rob.say("/spend 7 Poster")).text


async def test_a_button_for_one_is_for_both(rob: DeskPlayer, bob: DeskPlayer, both: Linking) -> None:
    await bob.say(f"/spend 16 {LINK}")
    await both.link(Accounts.ALONE)
    rob.buttons = dict(bob.buttons)
    assert "16 Connects" in (await rob.press("Bid anyway")).text


async def test_a_role_that_one_had_the_other_has(lead: DeskPlayer, rob: DeskPlayer, both: Linking) -> None:
    await lead.say("/role Rob manager")
    link = await both.link(Accounts.ALONE)
    assert "Bob" in (await lead.say("/role")).text
    assert "40 Connects" in (await rob.say("/buy 40")).text
    await both.unlink(link)
    assert "Rob" in (await lead.say("/role")).text
