"""Words that a command does not use, and lines without a command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import pytest

from bot.command.declaration import Call, DoubtError, command
from bot.options.numbers import Whole
from bot.options.text import Text
from bot.reading.parser import words_of
from bot.reply.parts import Reply, reply, say
from tests.bot.meant import booked, filled, rich
from tests.bot.stages.desk import DeskStage

if TYPE_CHECKING:
    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer


@pytest.fixture
async def ann(bot: Bot) -> DeskPlayer:
    return await rich(bot)


class TestWhatIsLeftOver:
    @pytest.mark.parametrize(
        ("line", "said", "button"),
        [
            ("/spend 16 note=Logo", "note= is not known here. Did you mean title=?", "/spend 16 title=Logo"),
            ("/spend 16 titel=Logo", "Did you mean title=?", "/spend 16 title=Logo"),
            ("/spnd 16 Logo", "There is no command spnd. Did you mean /spend?", "/spend 16 Logo"),
            ("/Bidd 16 Logo", "Did you mean /bid?", "/bid 16 Logo"),
        ],
    )
    async def test_is_asked_about_and_nothing_is_lost(
        self, ann: DeskPlayer, bot: Bot, line: str, said: str, button: str
    ) -> None:
        heard = await ann.say(line)
        assert said in heard.text
        assert heard.buttons[0] == button
        assert await booked(bot) == []
        await ann.press(button)
        assert await booked(bot) == ["16 proposal: Logo"]

    async def test_a_mended_command_is_read_whole(self, ann: DeskPlayer, bot: Bot) -> None:
        await ann.say("/spnd 20 13")
        assert "Bid of 20, boost of 13" in (await ann.press("/spend 20 13")).buttons
        assert await booked(bot) == []

    @pytest.mark.parametrize(
        ("line", "buttons"),
        [
            ("/spend 16 Logo /buy 60", ("/spend 16 Logo", "/buy 60", '/spend 16 Logo "/buy" 60')),
            ("/buy 60 $9\n/spend 16 Logo", ("/buy 60 $9", "/spend 16 Logo")),
            ("/lots /balance", ("/lots", "/balance")),
        ],
    )
    async def test_may_be_a_second_command(
        self, ann: DeskPlayer, bot: Bot, line: str, buttons: tuple[str, ...]
    ) -> None:
        assert (await ann.say(line)).buttons == buttons
        assert await booked(bot) == []

    @pytest.mark.parametrize("line", ["/adjust 3 Upwork shows 190", "/adjust -3 12 gone", "/earn reward 30 level 5"])
    async def test_may_be_another_amount(self, ann: DeskPlayer, bot: Bot, line: str) -> None:
        assert len((await ann.say(line)).buttons) == 2
        assert await booked(bot) == []


@command("lend")
async def lend(
    _call: Call, connects: Annotated[int, Whole()], reason: Annotated[str, Text(undated=True)] = ""
) -> Reply:
    """Stands for any command that takes an amount and a text."""
    return reply(say("raw", text=f"{connects} {reason}"))


class TestATextOfAnyCommand:
    @pytest.mark.parametrize(
        ("line", "lines"),
        [
            ("16 Logo 8", ['lend 16 reason="Logo 8"', "lend connects=16"]),
            ("16 8 Logo", ['lend connects=16 reason="8 Logo"']),
            ("16 Logo +8", ['lend connects=16 reason="Logo +8"']),
            ("16 yesterday Logo", ["lend connects=16 reason=Logo", 'lend connects=16 reason="yesterday Logo"']),
            ("16 Logo on 2026-01-10", ["lend connects=16 reason=Logo", 'lend connects=16 reason="Logo on 2026-01-10"']),
            ("16 yesterday", ["lend connects=16", "lend connects=16 reason=yesterday"]),
        ],
    )
    def test_is_asked_about_where_it_does_not_look_like_one(self, line: str, lines: list[str]) -> None:
        with pytest.raises(DoubtError) as doubt:
            words_of(lend, line, typed=True)
        offered = [reading.line for reading in doubt.value.readings]
        assert offered == lines or offered == [lines[0].replace("lend 16", "lend connects=16")]
        for reading in offered:
            assert words_of(lend, reading.removeprefix("lend "), typed=True)["connects"] == "16"

    @pytest.mark.parametrize("text", ["Logo for 3 pages", "Python 3 developer", '"Logo 8"', "Monday.com setup"])
    def test_is_text_while_it_looks_like_one(self, text: str) -> None:
        assert words_of(lend, f"16 {text}", typed=True) == {"connects": "16", "reason": text}

    def test_is_taken_as_it_stands_from_a_button(self) -> None:
        assert words_of(lend, "16 yesterday Logo 8") == {"connects": "16", "reason": "yesterday Logo 8"}


class TestDroppedWords:
    @pytest.mark.parametrize(
        ("line", "button", "answer"),
        [
            ("/start 187", "/opening 187", "What did these 187 Connects cost you?"),
            ("/start with 187 connects", "/opening 187", "What did these 187 Connects cost you?"),
            ("/whoami really", "/whoami", "You are"),
        ],
    )
    async def test_are_named(self, bot: Bot, line: str, button: str, answer: str) -> None:
        ann = await DeskStage(bot).person("ann")
        await ann.say("/start")
        heard = await ann.say(line)
        assert "does not use" in heard.text
        assert button in heard.buttons
        assert answer in (await ann.press(button)).text

    @pytest.mark.parametrize(
        ("line", "answer"),
        [
            ("/balance please", "200 Connects are available."),
            ("/lots now please", "200 Connects"),
            ("/undo last", "#2 is undone"),
            ("/undo the last one", "#2 is undone"),
            ("/start from-a-link", "already open"),
            ("/export thanks", "2 entries that come to 200 Connects"),
        ],
    )
    async def test_are_used_or_say_nothing(self, ann: DeskPlayer, line: str, answer: str) -> None:
        assert answer in (await ann.say(line)).text


class TestTalk:
    @pytest.mark.parametrize(
        ("line", "entries"),
        [
            ("spent 16 on Logo", ["16 proposal: Logo"]),
            ("I used 16 for Logo", ["16 proposal: Logo"]),
            ("applied LINK 16", ["16 proposal: Landing page @041"]),
            ("I bought 60 $9", ["-60 purchase"]),
        ],
    )
    async def test_may_say_what_was_done(self, ann: DeskPlayer, bot: Bot, line: str, entries: list[str]) -> None:
        await ann.say(filled(line))
        assert await booked(bot) == entries

    @pytest.mark.parametrize("line", ["200 -> 190", "200 \u2192 190", "200=>190"])
    async def test_may_say_what_a_balance_becomes(self, ann: DeskPlayer, bot: Bot, line: str) -> None:
        assert "200 \u2192 190" in (await ann.say(line)).text
        assert await booked(bot) == []

    async def test_in_figures_is_asked_about(self, ann: DeskPlayer, bot: Bot) -> None:
        heard = await ann.say("20+13")
        assert heard.text == "Is this what I should book?"
        assert await booked(bot) == []
        await ann.press("/spend 20 boost=13")
        assert await booked(bot) == ["20 proposal", "13 boost"]
