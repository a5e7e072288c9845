"""What an answer says beside itself: once on each occasion, to the person whom it concerns."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.commands import by_name
from bot.dispatch.asides import LOOK_EVERY, Aside, Asides
from bot.dispatch.desk import Desk
from bot.dispatch.dialog import Dialog
from bot.reply.parts import Button, Buttons, Link, Links, buttons, joined, reply, say
from core.wallets.people import ChatRef
from tests.bot.easel import DRAWING, Easel, picture
from tests.bot.stages.desk import DeskPlayer

if TYPE_CHECKING:
    from bot.command.declaration import Call
    from tests.bot.stage import Bot


YES = say("button-yes")


class News:
    """Has something to say on each occasion that a test names, and counts how often it was asked."""

    def __init__(self) -> None:
        self.occasion = "first"
        self.asked = 0
        self.fails = False

    async def look(self, _call: Call) -> Aside | None:
        self.asked += 1
        if self.fails:
            raise RuntimeError
        if not self.occasion:
            return None
        said = reply(say("raw", text="There is news."), buttons(Button(say("button-help"), "help")))
        return Aside(self.occasion, said)


@pytest.fixture
def news() -> News:
    return News()


@pytest.fixture
def told(bot: Bot, news: News) -> Bot:
    return with_news(bot, news)


def with_news(bot: Bot, news: News) -> Bot:
    """The same bot after a restart."""
    return replace(bot, desk=Desk(bot.store, bot.books, by_name(), Dialog(bot.store.notes), asides={"news": news.look}))


def test_links_stand_below_the_buttons_of_both() -> None:
    links, yes, no = Links((Link(say("button-add-group"), "?startgroup"),)), Button(YES, "a"), Button(YES, "b")
    assert joined(reply(buttons(yes), links), reply(buttons(no))).parts == (Buttons(((yes,), (no,))), links)


async def test_it_stands_beside_the_first_answer_only(told: Bot) -> None:
    ann = DeskPlayer(told, "ann")
    heard = await ann.say("/start")
    assert heard.text.endswith("There is news.")
    assert heard.buttons[-1] == "What can you do?"
    assert "You can write:" in (await ann.press("What can you do?")).text
    assert "news" not in (await ann.say("/balance")).text


async def test_it_waits_for_an_answer_that_stays(bot: Bot, news: News) -> None:
    easel = Easel()
    commands = {"sketch": easel.command}
    told = replace(bot, desk=Desk(bot.store, bot.books, commands, Dialog(bot.store.notes), asides={"news": news.look}))
    ann = DeskPlayer(told, "ann")
    assert (await ann.say("/sketch")).text == DRAWING
    easel.give(picture("30 days"))
    assert (await ann.read_later("The last 30 days.")).text == "The last 30 days."
    assert "There is news." in (await ann.say("/sketch now")).text


async def test_an_ordinary_answer_looks_at_nothing(told: Bot, news: News) -> None:
    ann = DeskPlayer(told, "ann")
    for _ in range(5):
        await ann.say("/help")
    assert news.asked == 2
    told.clock.at += LOOK_EVERY
    await ann.say("/help")
    assert news.asked == 3


async def test_it_is_said_again_on_another_occasion(told: Bot, news: News) -> None:
    ann = DeskPlayer(told, "ann")
    await ann.say("/help")
    await ann.say("/help")
    news.occasion = "second"
    assert "news" not in (await ann.say("/help")).text
    told.clock.at += LOOK_EVERY
    assert "news" in (await ann.say("/help")).text


async def test_after_a_restart_it_is_not_said_again(told: Bot, news: News) -> None:
    await DeskPlayer(told, "ann").say("/help")
    assert "news" not in (await DeskPlayer(with_news(told, news), "ann").say("/help")).text


async def test_an_action_that_arrives_twice_gets_it_twice(told: Bot) -> None:
    first, second = await DeskPlayer(told, "ann").say_twice("/help")
    assert "news" in first.text
    assert first == second


async def test_in_a_group_it_waits_for_an_admin(told: Bot) -> None:
    member, admin = DeskPlayer(told, "bob", "team"), DeskPlayer(told, "lea", "team", admin=True)
    assert "news" not in (await member.say("/help")).text
    assert "news" in (await admin.say("/help")).text
    assert "news" not in (await admin.say("/help")).text


async def test_a_member_costs_nothing_once_an_admin_was_told(
    told: Bot, news: News, monkeypatch: pytest.MonkeyPatch
) -> None:
    member, admin, asked = DeskPlayer(told, "bob", "team"), DeskPlayer(told, "lea", "team", admin=True), []

    async def is_admin() -> bool:
        asked.append(True)
        return False

    await admin.say("/whoami")
    monkeypatch.setattr(member, "_is_admin", is_admin)
    for _ in range(3):
        await member.say("/whoami")
    assert (news.asked, asked) == (2, [])


async def test_two_admins_at_once_are_not_both_told(told: Bot) -> None:
    admins = [DeskPlayer(told, name, "team", admin=True) for name in ("lea", "max")]
    heard = await asyncio.gather(*(admin.say("/help") for admin in admins))
    assert sum("news" in one.text for one in heard) == 1


async def test_it_waits_for_an_answer_that_asks_nothing(told: Bot, news: News) -> None:
    news.occasion = ""
    ann = DeskPlayer(told, "ann")
    await ann.say("/start")
    news.occasion = "first"
    told.clock.at += LOOK_EVERY
    assert "news" not in (await ann.say("/spend")).text
    assert "news" in (await ann.say("16")).text


async def test_each_chat_is_told(told: Bot) -> None:
    assert "news" in (await DeskPlayer(told, "ann").say("/help")).text
    assert "news" in (await DeskPlayer(told, "bob").say("/help")).text


async def test_whatever_goes_wrong_with_it_the_answer_stands(told: Bot, news: News) -> None:
    news.fails = True
    ann = DeskPlayer(told, "ann")
    assert "is open" in (await ann.say("/start")).text
    news.fails = False
    assert "news" in (await ann.say("/help")).text


async def test_it_looks_again_if_something_happened(bot: Bot, news: News) -> None:
    asides, calls = Asides(bot.store.notes, Dialog(bot.store.notes), {"news": news.look}), []

    async def note(call: Call) -> Aside | None:
        calls.append(call)
        return None

    desk = Desk(bot.store, bot.books, by_name(), Dialog(bot.store.notes), asides={"calls": note})
    await DeskPlayer(replace(bot, desk=desk), "ann").say("/help")
    (call,), plain = calls, reply(say("raw", text="Hello"))
    news.occasion = ""
    for _ in range(2):
        assert await asides.beside(plain, call) == plain
    asides.look_again(ChatRef("desk", "another"))
    await asides.beside(plain, call)
    assert news.asked == 1
    asides.look_again(call.chat)
    await asides.beside(plain, call)
    assert news.asked == 2
