"""A button's label that is typed is a press of that button, while the last answer shows it."""

from __future__ import annotations

from dataclasses import replace
from sys import getrefcount
from typing import TYPE_CHECKING

import pytest

from bot.command.declaration import UnfitError
from bot.command.incoming import Typed
from bot.dispatch.labels import SHARED, Labels, presses_of
from bot.reply.parts import Button, File, buttons, reply, say
from bot.reply.words import voice
from core.wallets.people import ChatRef, Identity
from tests.bot.failing import Failing, Fault, bot_on
from tests.bot.test_desk import incoming, text_of

if TYPE_CHECKING:
    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer


class TestInPrivate:
    @pytest.mark.parametrize(
        "typed",
        ["Spent on a boost", "spent on a  boost", "Spent on a boost.", " SPENT ON A BOOST… ", "Spent on a boost!"],
    )
    async def test_what_a_number_means_can_be_typed(self, ann: DeskPlayer, typed: str) -> None:
        await ann.say("16")
        assert "#2 booked: 16 Connects · Boost" in (await ann.say(typed)).text

    async def test_a_receipt_has_buttons_too(self, ann: DeskPlayer) -> None:
        await ann.say("/spend 16 Logo")
        assert "16 Connects returned from #2" in (await ann.say("mark as returned")).text

    async def test_typing_and_pressing_are_one_action(self, ann: DeskPlayer) -> None:
        await ann.say("16")
        shown = dict(ann.buttons)
        typed = await ann.say("spent on a proposal")
        ann.buttons = shown
        assert (await ann.press("Spent on a proposal")).text == typed.text
        assert "4 Connects are available." in (await ann.say("/balance")).text

    async def test_it_may_arrive_twice(self, ann: DeskPlayer) -> None:
        await ann.say("/spend 16 Logo")
        first, second = await ann.say_twice("mark as returned")
        assert first.text == second.text
        assert "#3" in first.text

    async def test_a_command_of_the_same_name_is_the_press_that_was_shown(self, ann: DeskPlayer) -> None:
        await ann.say("/spend 2 Logo")
        await ann.say("/spend 3 Icon")
        assert "#3 is undone" in (await ann.say("undo")).text
        assert "#2 is undone" in (await ann.say("undo")).text  # that answer had no button, so this is the command

    async def test_only_the_last_answer_counts(self, ann: DeskPlayer) -> None:
        await ann.say("16")
        await ann.say("/whoami")
        assert "I did not understand that" in (await ann.say("Spent on a boost")).text

    async def test_it_is_forgotten_like_a_question(self, ann: DeskPlayer) -> None:
        await ann.say("16")
        ann.bot.clock.pass_(minutes=16)
        assert "I did not understand that" in (await ann.say("Spent on a boost")).text

    async def test_a_choice_and_a_suggestion_can_be_typed(self, ann: DeskPlayer) -> None:
        await ann.say("/spend 5 Logo")
        label = next(iter((await ann.say("/return")).buttons))
        assert label.startswith("#2 · Proposal: Logo · ")
        assert "5 Connects returned from #2" in (await ann.say(label)).text

    async def test_a_way_out_of_a_refusal_can_be_typed(self, ann: DeskPlayer) -> None:
        (label,) = (await ann.say("/spend 45 Logo")).buttons
        heard = await ann.say(label.lower())
        assert "40 Connects bought" in heard.text
        assert "45 Connects · Proposal: Logo" in heard.text

    async def test_after_a_failure_the_same_words_mean_the_same(self, ann: DeskPlayer) -> None:
        plan = Failing(ann.bot.store)
        ann.bot = bot_on(plan.as_store(), ann.bot.clock)
        await ann.say("/spend 16 Logo")
        plan.fault, plan.name = Fault(), "ledger.write"
        assert "Nothing was booked." in (await ann.say("mark as returned")).text
        plan.name = ""
        assert "16 Connects returned from #2" in (await ann.say("mark as returned")).text


class TestAfterARestart:
    async def test_what_waits_for_an_answer_is_still_known(self, ann: DeskPlayer) -> None:
        await ann.say("16")
        ann.bot = bot_on(ann.bot.store, ann.bot.clock)
        assert "#2 booked: 16 Connects · Boost" in (await ann.say("Spent on a boost")).text

    async def test_what_was_typed_before_it_arrives_again(self, bot: Bot, ann: DeskPlayer) -> None:
        await ann.say("16")
        said = incoming(bot, Typed("Spent on a boost"), "m7")
        first = text_of(await bot.desk.answer(said))
        assert "#2 booked" in first
        assert text_of(await bot_on(bot.store, bot.clock).desk.answer(said)) == first

    async def test_a_receipt_costs_no_note_so_its_labels_are_forgotten(self, ann: DeskPlayer) -> None:
        plan = Failing(ann.bot.store)
        ann.bot = bot_on(plan.as_store(), ann.bot.clock)
        await ann.say("/spend 16 Logo")
        assert "notes.put_note" not in plan.calls
        ann.bot = bot_on(ann.bot.store, ann.bot.clock)
        assert "I did not understand that" in (await ann.say("mark as returned")).text


class TestInAGroup:
    async def test_only_what_is_said_to_the_bot_is_a_press(self, bot: Bot, lead: DeskPlayer) -> None:
        await lead.say("/spend 16 Logo")
        overheard = incoming(bot, Typed("Mark as returned", direct=False), group=True)
        overheard = replace(overheard, chat=ChatRef("desk", lead.group), who=Identity("desk", lead.name))
        assert await bot.desk.answer(overheard) is None
        assert "16 Connects returned from #2" in (await lead.say("Mark as returned")).text

    async def test_it_is_the_button_that_was_shown_and_with_a_slash_the_command(
        self, lead: DeskPlayer, bob: DeskPlayer
    ) -> None:
        for line, undone in (("Undo", "#2 is undone"), ("/undo", "#6 is undone")):
            await lead.say("/spend 2 Logo")
            await bob.say("/spend 3 Icon")
            assert undone in (await lead.say(line)).text

    async def test_a_label_is_known_to_whom_it_was_shown(self, lead: DeskPlayer, bob: DeskPlayer) -> None:
        await lead.say("/spend 16 Logo")
        assert (await bob.say("Mark as returned")).text == ""


class TestLabels:
    def test_a_label_on_buttons_with_different_lines_is_nobodys(self) -> None:
        one, same = Button(say("button-undo"), "undo 1", "a"), Button(say("button-undo"), "undo 1", "b")
        other = Button(say("button-undo"), "undo 2", "c")
        speak = voice("en", "UTC")
        assert presses_of([one, same], speak) == {"undo": "b"}
        assert presses_of([one, other, one], speak) == {"undo": SHARED}

    def test_typing_a_shared_label_is_answered(self, bot: Bot) -> None:
        labels, asked = Labels(), incoming(bot, Typed("Undo"))
        shown = reply(buttons(Button(say("button-undo"), "undo 1", "a"), Button(say("button-undo"), "undo 2", "b")))
        labels.shown(asked, shown, voice("en", "UTC"))
        with pytest.raises(UnfitError, match="label-shared"):
            labels.press_of(asked, {}, {})

    def test_what_is_remembered_of_an_answer_has_no_file(self, bot: Bot) -> None:
        labels, asked, content = Labels(), incoming(bot, Typed("Undo")), bytes(100)
        held = getrefcount(content)
        undo = buttons(Button(say("button-undo"), "undo 1", "a"))
        labels.shown(asked, reply(File("books.csv", content, say("raw", text="Books")), undo), voice("en", "UTC"))
        assert getrefcount(content) == held
        assert labels.press_of(asked, {}, {}) == "a"
