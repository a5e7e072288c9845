"""Proposals on every platform: paged, opened, set with a button and in words, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.stage import PLATFORMS, on_stage

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from tests.bot.stage import Bot, Stage


@pytest.fixture(params=PLATFORMS)
async def stage(request: pytest.FixtureRequest, bot: Bot) -> AsyncGenerator[Stage]:
    async with on_stage(request.param, bot) as stage:
        yield stage


async def test_a_week_of_proposals(stage: Stage) -> None:
    ann = await stage.person("Ann")
    await ann.say("/start")
    for title in ("Logo", "Shop", "Banner", "Poster", "Flyer", "Icons"):
        await ann.say(f"/spend 2 {title}")
    heard = await ann.say("/proposals")
    assert "Proposals 1\u20135 of 6" in heard.text
    assert "Logo" not in heard.text
    assert "Logo" in (await ann.press("Older")).text
    heard = await ann.press("#2")
    assert "Proposal #2 · Logo" in heard.text
    assert "Archived" in (await ann.press("More states")).buttons
    heard = await ann.press("Replied")
    assert "The client replied (today)" in heard.text
    heard = await ann.press("Hired")
    assert "What is it worth?" in heard.text
    assert "Noted: it is worth $500.00." in (await ann.say("$500")).text
    assert "I took back what it is worth." in (await ann.press("Undo the state")).text
    heard = await ann.say("/proposals hired")
    assert "1 proposal: Hired" in heard.text
    await ann.press("#2")
    await stage.restart()
    assert "1 proposal: Hired" in (await ann.press("Back to the list")).text


async def test_a_group(stage: Stage) -> None:
    lead, bob, eve = [await stage.member(name, "Team", admin=name == "Lea") for name in ("Lea", "Bob", "Eve")]
    await lead.say("/start")
    await lead.say("/opening 300 free")
    await bob.say("/spend 16 Logo")
    assert "Bob" in (await eve.say("/proposals")).text
    assert "by Bob" in (await eve.press("#2")).text
    await bob.say("/proposals logo")
    assert "Noted: Viewed." in (await bob.press("Viewed")).text
    await lead.say("/proposals logo")
    assert "Noted: Interview." in (await lead.press("Interview")).text
