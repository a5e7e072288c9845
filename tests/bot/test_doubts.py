"""A doubt: the readings are buttons, whose labels can be typed, and an open question stays open."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import pytest

from bot.command.declaration import Call, DoubtError, command
from bot.commands import by_name
from bot.dispatch.desk import Desk
from bot.dispatch.dialog import Dialog
from bot.options.numbers import Whole
from bot.options.text import Text
from bot.reply.parts import Button, Reply, reply, say
from tests.bot.stages.desk import DeskPlayer

if TYPE_CHECKING:
    from tests.bot.stage import Bot


@command("pick", needs_wallet=False)
async def pick(_call: Call, connects: Annotated[int, Whole()], title: Annotated[str, Text(named=True)] = "") -> Reply:
    """Repeat what was read, unless it is in doubt."""
    if title == "which":
        both = Button(say("raw", text="Both"), f"pick {connects} title=both")
        raise DoubtError(say("raw", text="Which?"), both, Button(say("raw", text="Neither"), "cancel"))
    if title == "line":
        raise DoubtError(say("raw", text="Sure?"), Button(say("raw", text="/pick 20"), "pick 20 title=sure"))
    return reply(say("raw", text=f"{connects} {title}".strip()))


@pytest.fixture
async def zoe(bot: Bot) -> DeskPlayer:
    """Somebody whose bot knows the command."""
    desk = Desk(bot.store, bot.books, {**by_name(), "pick": pick}, Dialog(bot.store.notes))
    return DeskPlayer(replace(bot, desk=desk), "zoe")


async def test_each_reading_is_a_button_whose_label_can_be_typed(zoe: DeskPlayer) -> None:
    heard = await zoe.say("/pick 20 title=which")
    assert (heard.text, heard.buttons) == ("Which?", ("Both", "Neither"))
    assert (await zoe.say("both")).text == "20 both"


async def test_writing_the_line_again_is_possible_too(zoe: DeskPlayer) -> None:
    await zoe.say("/pick 20 title=which")
    assert (await zoe.say("/pick 5")).text == "5"


async def test_a_reading_that_is_shown_as_a_line_can_be_typed_too(zoe: DeskPlayer) -> None:
    await zoe.say("/pick 20 title=line")
    assert (await zoe.say("/pick 20")).text == "20 sure"
    assert (await zoe.say("/pick 20")).text == "20"


async def test_a_question_that_was_open_stays_open(zoe: DeskPlayer) -> None:
    await zoe.say("/pick title=Logo")
    await zoe.say("/pick 20 title=which")
    assert (await zoe.say("7")).text == "7 Logo"


async def test_an_answer_in_doubt_keeps_what_was_given_before(zoe: DeskPlayer) -> None:
    await zoe.say("/pick title=which")
    assert (await zoe.say("20")).text == "Which?"
    assert (await zoe.press("Both")).text == "20 both"
