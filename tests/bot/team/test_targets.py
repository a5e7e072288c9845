"""Conversations about targets: how they are set and shown, and what is refused in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer


async def test_how_far_it_is_and_what_is_needed(bot: Bot, lead: DeskPlayer, bob: DeskPlayer) -> None:
    """It is Saturday, January 10, 2026."""
    await bob.say("/spend 6 Shop")
    await lead.say("/spend 6 Logo")
    heard = await lead.say("/target 20 bids till the 15th")
    assert heard.text == (
        "Saved. All together: 20 bids from Jan 10, 2026 to Jan 15, 2026.\n"
        "2 of 20. That takes 3 a day for the 6 days that are left."
    )
    assert "1 of 1. It is reached." in (await lead.say("/target bob 1 bid this week")).text
    bot.clock.pass_(days=5)
    assert "2 of 20. Today is the last day: 18 to go." in (await bob.say("are we on target?")).text
    bot.clock.pass_(days=1)
    shown = (await lead.say("/target")).text
    assert "1. All together: 20 bids from Jan 10, 2026 to Jan 15, 2026: 2 of 20. It was missed by 18." in shown
    assert "2. Bob: 1 bid from Jan 5, 2026 to Jan 11, 2026: 1 of 1. It is reached." in shown
    bot.clock.pass_(days=14)
    assert "This group has no targets." in (await lead.say("/target")).text


async def test_a_member_sees_what_is_his_and_changes_nothing(lead: DeskPlayer, bob: DeskPlayer) -> None:
    await bob.say("/balance")
    await lead.say("/target lea 20 bids this week")
    await lead.say("/target bob 10 bids next week")
    heard = await bob.say("/target")
    assert "Lea" not in heard.text
    assert "2. Bob: 10 bids from Jan 12, 2026 to Jan 18, 2026: 0 of 10. It has not begun yet." in heard.text
    assert not heard.buttons
    assert "only admins change anything with /target" in (await bob.say("/target bob 1 bid today")).text


async def test_off_and_on_again(lead: DeskPlayer, bob: DeskPlayer) -> None:
    await bob.say("/balance")
    await lead.say("/target bob 10 bids this week")
    await lead.say("/target 50 by friday")
    assert len((await lead.say("/target off")).buttons) == 2
    assert "That target is gone. Bob: 10 bids" in (await lead.press("Bob")).text
    assert "Saved. Bob: 10 bids from Jan 5, 2026 to Jan 11, 2026." in (await lead.press("Set it again")).text
    assert "There is no such target." in (await lead.say("/target 7 off")).text


async def test_one_for_each_is_set_one_by_one(lead: DeskPlayer, bob: DeskPlayer) -> None:
    await bob.say("/balance")
    assert (await lead.say("/target each 5 bids today")).buttons == ("All together", "Lea", "Bob")
    assert "Saved. Bob: 5 bids on Jan 10, 2026." in (await lead.press("Bob")).text


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("100 bids till yesterday", "Jan 9, 2026 has passed already."),
        ("100 bids till jan 5", "Jan 5, 2026 has passed."),
        ("100 bids 2026-02-20 to 2026-02-10", "That would end on Feb 10, 2026, before it begins on Feb 20, 2026."),
        ("100 bids till 2028-01-01", "A target can last 366 days at most."),
        ("100 bids", "Until when?"),
        ("till friday", "How many bids are to be sent?"),
    ],
)
async def test_what_makes_no_target_is_asked_again(ann: DeskPlayer, line: str, why: str) -> None:
    assert (await ann.say(f"/target {line}")).text.startswith(why)
    heard = await ann.say("20 bids" if "How many" in why else "till friday")
    assert heard.text.startswith("Saved. You: ")


async def test_the_days_are_those_of_the_group(bot: Bot, ann: DeskPlayer) -> None:
    await ann.say("/settings zone=Pacific/Auckland")
    bot.clock.pass_(hours=12)  # there it is Sunday
    assert "1 bid on Jan 11, 2026" in (await ann.say("/target 1 bid today")).text


async def test_a_target_of_everyone_is_asked_about_and_one_of_hires_is_none(lead: DeskPlayer, bob: DeskPlayer) -> None:
    await bob.say("/balance")
    heard = await lead.say("/target everyone 20 bids this week")
    assert heard.text == "A target is for one member, or for all together. Whose shall it be?"
    assert (await lead.press("All together")).text.startswith("Saved. All together: 20 bids")
    assert (await lead.say("/target the team 30 bids today")).text.startswith("Saved. All together: 30 bids")
    heard = await lead.say("/target bob 3 hires this month")
    assert heard.buttons == ("A target of 3 bids",)
