"""Presses below what was answered to a group's own identity."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.command.incoming import Incoming, Pressed, Typed, action_key, asked_of_group, token_of
from core.wallets.people import ChatRef, Identity
from tests.bot.promoting import launched
from tests.bot.stages.desk import DeskPlayer

if TYPE_CHECKING:
    from tests.bot.stage import Bot

GROUP = "-100"


async def yes() -> bool:
    return True


async def no() -> bool:
    return False


def typed_by(bot: Bot, user: str, line: str) -> Incoming:
    now, chat = bot.clock.now(), ChatRef("desk", GROUP)
    return Incoming(
        key=action_key(now, chat, line),
        at=now,
        who=Identity("desk", user),
        name="Team" if user == GROUP else user,
        chat=chat,
        said=Typed(line),
        admin=yes,
        group=True,
        title="Team",
    )


@pytest.fixture
async def team(bot: Bot) -> DeskPlayer:
    """The group itself, whose wallet is open, as the reader of its answers."""
    team = DeskPlayer(bot, "Team", GROUP, admin=True)
    for line in ("/start", "/opening 300 free"):
        assert await bot.desk.answer(typed_by(bot, GROUP, line))
    return team


async def said(bot: Bot, reader: DeskPlayer, incoming: Incoming) -> str:
    answer = await bot.desk.answer(incoming)
    assert answer is not None
    return reader.hear(answer).text


def test_its_token_says_so(bot: Bot) -> None:
    assert asked_of_group(f"{token_of(typed_by(bot, GROUP, '/spend'))}|undo 2")
    assert not asked_of_group(f"{token_of(typed_by(bot, 'ann', '/spend'))}|undo 2")


async def test_an_answer_is_taken_from_any_admin_and_from_nobody_else(bot: Bot, team: DeskPlayer) -> None:
    await said(bot, team, typed_by(bot, GROUP, "/earn"))
    press = Pressed(team.buttons["Interview"])
    eve = replace(typed_by(bot, "eve", "p1"), said=press)
    assert await said(bot, team, replace(eve, admin=no)) == "Only an admin can press that."
    assert "eve" not in await said(bot, team, eve)
    history = await said(bot, team, typed_by(bot, GROUP, "/history"))
    assert "Interview" in history
    assert "eve" not in history


async def test_a_member_may_press_what_is_no_answer(bot: Bot, team: DeskPlayer) -> None:
    await said(bot, team, typed_by(bot, GROUP, "/spend 16 Logo"))
    press = replace(typed_by(bot, "bob", "p1"), said=Pressed(team.buttons["Undo"]), admin=no)
    assert "you can return and undo what you booked yourself" in await said(bot, team, press)
    assert await said(bot, team, replace(press, channel=True)) == "Only an admin can press that."


async def test_what_is_a_persons_own_stays_so(bot: Bot, team: DeskPlayer) -> None:
    boss, eve = DeskPlayer(bot, "boss"), DeskPlayer(bot, "eve")
    await launched(boss, 'Bonus gives=30 ends="3 days"')
    await eve.say("/start")
    press = Pressed(f"{token_of(typed_by(bot, GROUP, '/claim'))}|claim 1")
    assert "30 Connects for eve" in await said(bot, team, replace(typed_by(bot, "eve", "p1"), said=press))
