"""The conversation at the console: seats, numbered buttons, files, ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.platforms.console import ConsolePlatform
from bot.reply.parts import say
from core.shared.refusals import Outage
from tests.bot.failing import Failing, Fault, bot_on
from tests.bot.stages.console import Pipe, Talk, talk

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bot.stage import Bot


class TestSeats:
    async def test_somebody_else_has_a_wallet_of_their_own(self, chat: Talk) -> None:
        await chat.line("/start")
        assert "You are bob, alone with the bot." in await chat.line("/as bob")
        assert "You have no wallet yet." in await chat.line("/balance")

    async def test_names_are_case_insensitive(self, chat: Talk) -> None:
        await chat.line("/start")
        await chat.line("/as ANN")
        assert "Your wallet is already open: 20 Connects" in await chat.line("/start")

    async def test_the_first_person_in_a_group_is_its_admin(self, chat: Talk) -> None:
        assert "You are Ann, in the group team, as its admin." in await chat.line("/in #team")
        assert "You are bob, in the group team." in await chat.line("/as bob")
        assert "for admins" in await chat.line("/start")
        await chat.line("/as ann")
        assert "The wallet of team is open and empty." in await chat.line("/start")

    async def test_the_admin_stays_admin_after_a_restart(self, chat: Talk, bot: Bot, tmp_path: Path) -> None:
        await chat.line("/in #team")
        again = talk(bot, tmp_path, "bob")
        await again.begin()
        assert "You are bob, in the group Team." in await again.line("/in #Team")
        await again.end()

    async def test_one_can_go_back_to_the_private_chat(self, chat: Talk) -> None:
        await chat.line("/in team")
        assert "You are Ann, alone with the bot." in await chat.line("/in private")

    async def test_a_group_can_be_called_private(self, chat: Talk) -> None:
        assert "in the group private" in await chat.line("/in #private")

    async def test_a_missing_name_is_explained(self, chat: Talk) -> None:
        shown = await chat.line("/as")
        assert "Say who, such as /as bob." in shown
        assert "You are Ann, alone with the bot." in shown
        assert "Say where, such as /in #team or /in private." in await chat.line("/in #")

    async def test_the_prompt_shows_person_and_chat(self, chat: Talk) -> None:
        chat.pipe.write("/in #team")
        assert await chat.pipe.turns.get() == "Ann in #team> "

    async def test_talk_in_a_group_is_ignored(self, chat: Talk) -> None:
        await chat.line("/in #team")
        assert "The bot assumes that this was not meant for it." in await chat.line("see you at noon")


class TestOutages:
    """The console keeps the buttons that it shows; without them it goes on, and no answer is lost."""

    @pytest.mark.parametrize("failing", ["notes.put_note", "notes.note"])
    @pytest.mark.parametrize("why", Outage)
    async def test_it_goes_on(self, chat: Talk, bot: Bot, tmp_path: Path, failing: str, why: Outage) -> None:
        await chat.line("/start")
        plan = Failing(bot.store, Fault(why=why), failing)
        again = talk(bot_on(plan.as_store(), bot.clock), tmp_path, "ann")
        await again.begin()
        booked = failing == "notes.put_note"
        assert ("#2 booked: 16 Connects" if booked else "Nothing was booked.") in await again.line("/spend 16 Logo")
        assert "1)" not in await again.line("/balance")
        await again.line("/buy")
        await again.line("1)")
        await again.line("/in #team")
        await again.line("/in private")
        plan.name = ""
        shown = await again.line("/balance")
        assert ("4 Connects" if booked else "20 Connects") in shown
        assert ") History" in shown
        await again.end()


class TestButtons:
    async def test_a_button_is_pressed_by_its_number_and_bracket(self, chat: Talk) -> None:
        await chat.line("/start")
        assert "4) Undo   5) Mark as returned" in await chat.line("/spend 16 Logo redesign")
        assert "#2 is undone" in await chat.line("4)")

    async def test_a_bare_number_is_an_answer_and_not_a_button(self, chat: Talk) -> None:
        await chat.line("/start")
        await chat.line("buy")
        assert "1 Connect bought" in (await chat.line("1")).replace("Connects", "Connect")

    async def test_an_older_button_keeps_its_number(self, chat: Talk) -> None:
        await chat.line("/start")
        await chat.line("/spend 16 Logo redesign")
        await chat.line("/balance")
        assert "#2 is undone" in await chat.line("4)")

    async def test_numbers_begin_again_after_ninety_nine(self, chat: Talk) -> None:
        await chat.line("/start")
        for _ in range(47):
            await chat.line("/balance")
        assert "98) History   99) Lots" in await chat.line("/balance")
        assert "1) History   2) Lots" in await chat.line("/balance")
        assert "Welcome bonus" in await chat.line("1)")

    async def test_an_unknown_number_is_explained(self, chat: Talk) -> None:
        assert "There is no button 7 here." in await chat.line("7)")

    async def test_choices_of_a_question_are_numbered_too(self, chat: Talk) -> None:
        await chat.line("/start")
        shown = await chat.line("spend")
        assert "How many Connects? (such as 16)" in shown
        assert "6) 16 Connects" in shown
        assert "#2 booked: 16 Connects" in await chat.line("6)")

    async def test_buttons_of_a_group_are_not_those_of_a_private_chat(self, chat: Talk) -> None:
        await chat.line("/start")
        await chat.line("/in #team")
        assert "There is no button 1 here." in await chat.line("1)")


class TestFiles:
    async def test_a_file_is_saved_and_its_path_shown(self, chat: Talk, tmp_path: Path) -> None:
        await chat.line("/start")
        path = tmp_path / "exports" / "connects-2026-01-10.csv"
        assert f"Saved as {path}" in await chat.line("/export")
        assert path.read_bytes().count(b"\n") >= 2

    async def test_a_second_file_does_not_replace_the_first(self, chat: Talk, tmp_path: Path) -> None:
        await chat.line("/start")
        await chat.line("/export")
        assert "connects-2026-01-10-2.csv" in await chat.line("/export")
        assert len(list((tmp_path / "exports").iterdir())) == 2


class TestEnds:
    async def test_quit_ends_the_conversation(self, bot: Bot, tmp_path: Path) -> None:
        for word in ("/quit", "/exit", "quit", "Exit"):
            begun = talk(bot, tmp_path)
            await begun.begin()
            await begun.line(word)
            assert begun.running is not None
            await begun.running
            begun.pipe.hang_up()

    async def test_the_end_of_the_input_ends_it_too(self, bot: Bot, tmp_path: Path) -> None:
        begun = talk(bot, tmp_path)
        await begun.begin()
        begun.pipe.write("/start", end="")  # the last line may lack its end
        begun.pipe.end_lines()
        assert begun.running is not None
        await begun.running
        assert "Hello you!" in begun.pipe.take()

    async def test_empty_lines_are_ignored(self, chat: Talk) -> None:
        assert await chat.line("   ") == ""

    async def test_a_greeting_comes_first(self, bot: Bot) -> None:
        pipe = Pipe()
        greeting = [say("console-intro"), say("console-roles")]
        begun = Talk(ConsolePlatform(bot.desk, bot.store.notes, bot.clock, pipe, greeting=greeting), pipe)
        assert (await begun.begin()).startswith("This is the bot on the console.")
        await begun.end()


async def test_control_codes_do_not_reach_the_terminal(chat: Talk) -> None:
    await chat.line("/start")
    shown = await chat.line("/spend 2 \x1b[31mred\x07")
    assert "Proposal: [31mred" in shown
    assert "\x1b" not in shown


async def test_two_starts_in_the_same_second_use_different_keys(bot: Bot, tmp_path: Path) -> None:
    for left in (15, 10):
        begun = talk(bot, tmp_path)
        await begun.begin()
        await begun.line("/start")
        assert f"Left  {left} Connects" in await begun.line("/spend 5 The same job")
        await begun.end()


async def test_the_tab_key_offers_what_the_bot_suggests(chat: Talk) -> None:
    await chat.line("/start")
    await chat.line("/spend 5 Logo redesign")
    words = [offer.words for offer in await chat.console.complete("/spend 5 Lo")]
    assert words == ["Logo redesign"]
