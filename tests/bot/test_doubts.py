"""A doubt: nothing is booked, the readings are buttons, and nothing that was given before is lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

import pytest
from typing_extensions import override

from bot.command.declaration import Call, DoubtError, command
from bot.dispatch.desk import Desk
from bot.dispatch.dialog import Dialog
from bot.options.numbers import Whole
from bot.options.text import Tags, Text
from bot.reply.parts import Button, Reply, reply, say
from tests.bot.stages.desk import DeskPlayer

if TYPE_CHECKING:
    from tests.bot.stage import Bot


@dataclass(frozen=True, slots=True)
class Doubting(Whole):
    """A number that does not know what to make of a second one, nor of a point."""

    @override
    def read(self, words: str) -> int:
        if "." not in words:
            return super(Doubting, self).read(words)
        readings = [words.replace(".", ""), words.partition(".")[0]]
        raise DoubtError(say("raw", text="How many?"), *(Button(say("raw", text=f"{n}!"), n) for n in readings))

    @override
    def check_rest(self, rest: list[str]) -> None:
        if rest and rest[-1].startswith("+"):
            both = Button(say("raw", text="Both"), f"pick 20 title={rest[-1]}")
            raise DoubtError(say("raw", text="Which?"), both, Button(say("raw", text="Neither"), "cancel"))


@command("pick")
async def pick(
    _call: Call,
    connects: Annotated[int, Doubting()],
    title: Annotated[str, Text()] = "",
    tags: Annotated[tuple[str, ...], Tags(named=True)] = (),
) -> Reply:
    """Repeat what was read."""
    return reply(say("raw", text=f"{connects} {title} {','.join(tags)}"))


@pytest.fixture
async def zoe(bot: Bot) -> DeskPlayer:
    """Somebody with a wallet, whose bot knows the command."""
    bot = replace(
        bot, desk=Desk(bot.store, bot.books, {**vars(bot.desk)["_commands"], "pick": pick}, Dialog(bot.store.notes))
    )
    zoe = DeskPlayer(bot, "zoe")
    await zoe.say("/start")
    return zoe


class TestReadings:
    async def test_each_is_a_button_whose_label_can_be_typed(self, zoe: DeskPlayer) -> None:
        heard = await zoe.say("/pick 20 +13")
        assert (heard.text, heard.buttons) == ("Which?", ("Both", "Neither"))
        assert (await zoe.say("both")).text.split() == ["20", "+13"]

    async def test_a_new_line_is_a_new_line(self, zoe: DeskPlayer) -> None:
        await zoe.say("/pick 20 +13")
        assert (await zoe.say("/pick 5")).text.split() == ["5"]


class TestInAnAnswer:
    async def test_what_was_given_before_the_question_is_kept(self, zoe: DeskPlayer) -> None:
        await zoe.say("/pick tags=design")
        assert (await zoe.say("20 +13")).text == "Which?"
        assert (await zoe.press("Both")).text.split() == ["20", "+13", "design"]

    async def test_the_question_stays_open(self, zoe: DeskPlayer) -> None:
        await zoe.say("/pick tags=design")
        await zoe.say("20 +13")
        assert (await zoe.say("7")).text.split() == ["7", "design"]

    async def test_a_command_of_its_own_takes_nothing_from_the_question(self, zoe: DeskPlayer) -> None:
        await zoe.say("/pick tags=design")
        await zoe.say("/pick 20 +13")
        assert (await zoe.press("Both")).text.split() == ["20", "+13"]


class TestAboutOneOption:
    async def test_the_readings_are_choices_and_the_rest_is_kept(self, zoe: DeskPlayer) -> None:
        heard = await zoe.say("/pick connects=1.500 Logo tags=design")
        assert heard.text.startswith("How many?")
        assert heard.buttons == ("1500!", "1!")
        assert (await zoe.press("1500!")).text.split() == ["1500", "Logo", "design"]

    async def test_in_an_answer_too(self, zoe: DeskPlayer) -> None:
        await zoe.say("/pick tags=design")
        await zoe.say("1.500")
        assert (await zoe.say("1")).text.split() == ["1", "design"]
