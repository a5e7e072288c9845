"""A group is greeted once when the bot is added to it."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from typing_extensions import override

from bot.command.incoming import Incoming, Pressed, action_key
from bot.commands import by_name
from bot.dispatch.desk import Desk
from bot.dispatch.dialog import Dialog
from bot.reply.parts import Buttons, Say
from core.wallets.people import Chat, ChatKind, ChatRef, Identity

if TYPE_CHECKING:
    from datetime import datetime

    from bot.dispatch.desk import Answer
    from bot.reply.parts import Reply
    from tests.bot.stage import Bot

REF = ChatRef("desk", "team")
TEAM = Chat(REF, ChatKind.GROUP, "Team")


def presses(greeting: Answer | None) -> list[str]:
    assert greeting is not None
    (keys,) = [part for part in greeting.reply.parts if isinstance(part, Buttons)]
    return [button.press for row in keys.rows for button in row]


async def admin() -> bool:
    return True


async def test_it_says_what_to_do(bot: Bot) -> None:
    greeting = await bot.desk.chat_joined(TEAM, "en")
    assert greeting is not None
    first = greeting.reply.parts[0]
    assert isinstance(first, Say)
    text = greeting.voice.say(first)
    assert "/start" in text
    assert "/subscribe" in text
    assert await bot.store.people.chat(REF) == TEAM


async def test_its_buttons_are_lines(bot: Bot) -> None:
    start, help_ = presses(await bot.desk.chat_joined(TEAM, "en"))
    now = bot.clock.now()

    async def press(what: str, action: str) -> str:
        key, who = action_key(now, REF, action), Identity("desk", "lea")
        answer = await bot.desk.answer(
            Incoming(key, now, who, "Lea", REF, Pressed(what), admin, group=True, title="Team")
        )
        assert answer is not None
        return answer.voice.say(next(part for part in answer.reply.parts if isinstance(part, Say)))

    assert "The wallet of Team is open" in await press(start, "p1")
    assert "Choose a subject" in await press(help_, "p2")


async def test_a_group_that_removes_and_adds_the_bot_again_is_not_greeted_again(bot: Bot) -> None:
    assert await bot.desk.chat_joined(TEAM, "en") is not None
    await bot.desk.chat_unreachable(REF, ChatKind.GROUP, "removed")
    bot.clock.pass_(days=89)
    assert await bot.desk.chat_joined(TEAM, "en") is None
    assert await bot.store.people.chat(REF) == TEAM
    bot.clock.pass_(days=2)
    assert await bot.desk.chat_joined(TEAM, "en") is not None


async def test_a_group_that_two_updates_report_at_once_is_greeted_once(bot: Bot) -> None:
    met = await asyncio.gather(*(bot.desk.chat_joined(TEAM, "en") for _ in range(3)))
    assert [one is not None for one in met].count(True) == 1


async def test_each_group_is_greeted(bot: Bot) -> None:
    other = Chat(ChatRef("desk", "other"), ChatKind.GROUP, "Other")
    first, second = presses(await bot.desk.chat_joined(TEAM, "en")), presses(await bot.desk.chat_joined(other, "en"))
    assert first[0].endswith("|start")
    assert first != second


async def test_a_group_that_has_moved_is_not_greeted_again(bot: Bot) -> None:
    new = ChatRef("desk", "new")
    await bot.desk.chat_joined(TEAM, "en")
    await bot.desk.chat_moved(REF, new)
    assert await bot.desk.chat_joined(Chat(new, ChatKind.GROUP, "Team"), "en") is None


async def test_a_person_is_not_greeted(bot: Bot) -> None:
    ann = Chat(ChatRef("desk", "ann"), ChatKind.PRIVATE)
    assert await bot.desk.chat_joined(ann, "en") is None
    assert await bot.store.people.chat(ann.ref) == ann


class CrashError(Exception):
    """The program ends here."""


class CrashingDialog(Dialog):
    """A dialog during which the program ends."""

    @override
    async def seal_with(self, token: str, given: Reply, now: datetime, chat: ChatRef) -> Reply:
        raise CrashError


async def test_it_counts_as_greeted_before_anything_is_sent(bot: Bot) -> None:
    with pytest.raises(CrashError):
        await Desk(bot.store, bot.books, by_name(), CrashingDialog(bot.store.notes)).chat_joined(TEAM, "en")
    assert await bot.desk.chat_joined(TEAM, "en") is None
    bot.clock.at += timedelta(days=91)
    assert await bot.desk.chat_joined(TEAM, "en") is not None
