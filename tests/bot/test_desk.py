"""The desk: questions and answers, old buttons, redelivery, errors."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from structlog.testing import capture_logs

from bot.command.incoming import Answered, Filled, Incoming, Pressed, Typed, action_key
from bot.commands import by_name
from bot.dispatch.desk import Desk
from bot.dispatch.dialog import PRESS_BYTES, Dialog
from bot.reply.parts import Ask, Button, Buttons, Reply, Say, reply, say
from core.shared.refusals import Outage
from core.wallets.people import ChatRef, Identity
from tests.bot.failing import Failing, Fault, bot_on
from tests.bot.stages.desk import DeskPlayer, DeskStage

if TYPE_CHECKING:
    from bot.command.incoming import Said
    from bot.dispatch.desk import Answer
    from tests.bot.stage import Bot


async def never_admin() -> bool:
    return False


def incoming(bot: Bot, said: Said, action: str = "m1", **changes: Any) -> Incoming:
    now, chat = bot.clock.now(), ChatRef("desk", "with ann")
    given = Incoming(action_key(now, chat, action), now, Identity("desk", "ann"), "ann", chat, said, never_admin)
    return replace(given, **changes)


def text_of(answer: Answer | None) -> str:
    assert answer is not None
    said = [answer.voice.say(part) for part in answer.reply.parts if isinstance(part, Say)]
    asked = [answer.voice.say(part.question) for part in answer.reply.parts if isinstance(part, Ask)]
    return "\n".join(said + asked)


class TestQuestions:
    async def test_an_answer_delivered_twice_means_the_same_both_times(self, ann: DeskPlayer) -> None:
        await ann.say("buy")
        first, second = await ann.say_twice("40")
        assert first.text == second.text
        assert "60 Connects are available." in (await ann.say("/balance")).text

    async def test_a_step_delivered_twice_asks_the_same_question(self, ann: DeskPlayer) -> None:
        await ann.say("earn")
        first, second = await ann.say_twice("assessment")
        assert first.text == second.text == "What is its name?"
        assert "40 Connects earned" in (await ann.say("Python")).text

    async def test_a_button_of_an_older_question_does_not_answer_a_newer_one(self, ann: DeskPlayer) -> None:
        await ann.say("spend")
        old = dict(ann.buttons)
        ann.bot.clock.pass_(minutes=1)
        await ann.say("earn")
        ann.buttons = old
        assert "That question is closed" in (await ann.press("16 Connects")).text

    async def test_an_answered_question_is_closed(self, ann: DeskPlayer) -> None:
        await ann.say("spend")
        old = dict(ann.buttons)
        await ann.press("8 Connects")
        ann.bot.clock.pass_(minutes=1)
        ann.buttons = {"12": old["12 Connects"]}
        assert "That question is closed" in (await ann.press("12")).text

    async def test_a_question_is_forgotten_after_a_while(self, ann: DeskPlayer) -> None:
        await ann.say("buy")
        ann.bot.clock.pass_(minutes=16)
        assert "what happened to them?" in (await ann.say("40")).text

    async def test_cancel_closes_it(self, ann: DeskPlayer) -> None:
        await ann.say("buy")
        await ann.say("/cancel")
        assert "what happened to them?" in (await ann.say("40")).text

    async def test_two_people_in_one_group_have_their_own_questions(self, bot: Bot) -> None:
        stage = DeskStage(bot)
        ann, bob = await stage.member("ann", "Team", admin=True), await stage.member("bob", "Team")
        await ann.say("/start")
        await ann.say("/opening 100 free")
        await ann.say("/spend")
        assert "#2" not in (await bob.say("16")).text
        assert "#2 booked: 12 Connects" in (await ann.say("12")).text

    async def test_an_answer_may_say_more_than_was_asked(self, ann: DeskPlayer) -> None:
        await ann.say("spend")
        assert "16 Connects · Proposal: Landing page" in (await ann.say("16 Landing page")).text

    async def test_a_new_command_instead_of_an_answer_is_carried_out(self, ann: DeskPlayer) -> None:
        await ann.say("spend")
        assert "#2 booked: 5 Connects · Boost" in (await ann.say("spend 5 boost")).text

    @pytest.mark.usefixtures("ann")
    async def test_a_form_answers_only_its_own_question(self, bot: Bot) -> None:
        asked = await bot.desk.answer(incoming(bot, Typed("/buy"), "m7"))
        assert asked is not None
        (ask,) = [part for part in asked.reply.parts if isinstance(part, Ask)]
        done = await bot.desk.answer(incoming(bot, Answered(ask.token, "40"), "i8"))
        assert "#2 booked: 40 Connects bought" in text_of(done)
        again = await bot.desk.answer(incoming(bot, Answered(ask.token, "41"), "i9"))
        assert "That question is closed" in text_of(again)

    @pytest.mark.usefixtures("ann")
    @pytest.mark.parametrize(
        ("line", "hint"), [("/expiring days=?", "such as 14"), ("/alerts days=?", "such as 30,7,1")]
    )
    async def test_the_hint_is_that_of_the_command(self, bot: Bot, line: str, hint: str) -> None:
        asked = await bot.desk.answer(incoming(bot, Typed(line), "m7"))
        assert asked is not None
        (ask,) = [part for part in asked.reply.parts if isinstance(part, Ask)]
        assert asked.voice.say(ask.hint).endswith(hint)


class TestButtons:
    async def test_long_lines_fit_into_what_the_platforms_carry_and_still_work(self, bot: Bot) -> None:
        ann = await DeskStage(bot).person("ann")
        await ann.say("/start")
        await ann.say("https://www.upwork.com/jobs/~022010000000000000000")
        assert all(len(press.encode()) <= PRESS_BYTES for press in ann.buttons.values())

    async def test_a_press_that_is_not_ours_is_answered_kindly(self, bot: Bot) -> None:
        for press in ("", "rubbish", "0t8n5a0077810#7", "short|undo", "0t8n5a0077810"):
            answer = await bot.desk.answer(incoming(bot, Pressed(press)))
            assert "That button is too old" in text_of(answer)

    async def test_a_long_line_is_stored_for_its_button(self, bot: Bot) -> None:
        dialog = Dialog(bot.store.notes)
        line = "spend 16 " + "very long title " * 8
        asked = incoming(bot, Typed("x"))
        sealed = await dialog.seal(reply(Buttons(((Button(say("button-undo"), line),),))), asked)
        (part,) = sealed.parts
        assert isinstance(part, Buttons)
        press = part.rows[0][0].press
        assert len(press) <= PRESS_BYTES
        assert await dialog.unseal(press, asked.at) == (press[:13], "|", line)
        assert await dialog.unseal(press, asked.at + timedelta(days=91)) is None


class TestForms:
    @pytest.mark.usefixtures("ann")
    async def test_a_native_form_is_the_same_as_a_line(self, bot: Bot) -> None:
        filled = Filled("spend", {"connects": 5, "purpose": "boost", "title": "Logo"})
        assert "5 Connects · Boost: Logo" in text_of(await bot.desk.answer(incoming(bot, filled)))

    @pytest.mark.usefixtures("ann")
    async def test_an_unfit_value_is_asked_for_again(self, bot: Bot) -> None:
        answer = await bot.desk.answer(incoming(bot, Filled("settings", {"zone": "Atlantis"})))
        assert 'I do not know the time zone "Atlantis"' in text_of(answer)
        assert "Which time zone?" in text_of(answer)

    async def test_earlier_titles_complete_an_option(self, ann: DeskPlayer, bot: Bot) -> None:
        await ann.say("/spend 2 Logo redesign")
        await ann.say("/spend 2 Landing page")
        found = await bot.desk.suggest(incoming(bot, Typed("")), "spend", "title", "logo")
        assert found == (("Logo redesign", "Logo redesign"),)
        assert await bot.desk.suggest(incoming(bot, Typed("")), "spend", "purpose", "b") == ()


class TestFaults:
    async def test_an_error_gets_an_id_that_is_shown_and_logged_without_private_data(self, bot: Bot) -> None:
        async def broken(_call: object) -> Reply:
            raise RuntimeError("the memo was: Secret job")

        commands = dict(by_name())
        commands["whoami"] = replace(commands["whoami"], run=broken)
        desk = Desk(bot.store, bot.books, commands, Dialog(bot.store.notes))
        with capture_logs() as logs:
            text = text_of(await desk.answer(incoming(bot, Typed("/whoami"))))
        fault = next(event for event in logs if event["event"] == "fault")
        assert fault["id"] in text
        assert "Nothing was booked." in text
        assert fault["kind"] == "RuntimeError"
        assert "Secret" not in text + str(logs)

    @pytest.mark.parametrize("why", Outage)
    @pytest.mark.parametrize(
        ("maybe", "told"), [(False, "Nothing was booked.\nPlease send it again"), (True, "Check /history first")]
    )
    async def test_an_outage_is_explained_and_logged_once_a_minute(
        self, bot: Bot, ann: DeskPlayer, why: Outage, *, maybe: bool, told: str
    ) -> None:
        assert (await ann.say("/balance")).text
        desk = bot_on(Failing(bot.store, Fault(maybe, why=why), name="ledger.write").as_store(), bot.clock).desk
        with capture_logs() as logs:
            for number, seconds in enumerate((0, 10, 49, 1)):
                bot.clock.pass_(seconds=seconds)
                text = text_of(await desk.answer(incoming(bot, Typed("/spend 3"), f"m{number}")))
                assert told in text
        alarms = [event for event in logs if event["event"] == "books are out of reach"]
        assert [(alarm["log_level"], alarm["why"]) for alarm in alarms] == [("critical", why.value)] * 2

    async def test_no_words_and_no_amounts_are_logged(self, ann: DeskPlayer) -> None:
        with capture_logs() as logs:
            await ann.say("/spend 17 Secret job")
        assert [(event["event"], event["command"]) for event in logs] == [("answered", "spend")]
        assert "Secret" not in str(logs)
        assert "17" not in str([{**event, "ms": 0} for event in logs])

    async def test_a_wrong_clock_is_explained(self, bot: Bot, ann: DeskPlayer) -> None:
        bot.clock.pass_(days=730)
        await ann.say("/buy 60")
        bot.clock.pass_(days=-730)
        answer = "The last entry here is dated Jan 10, 2028, which is in the future by my clock"
        assert answer in (await ann.say("/spend 16")).text


class TestSilence:
    async def test_talk_in_a_group_is_not_answered(self, bot: Bot) -> None:
        said = Typed("balance", direct=False)
        assert await bot.desk.answer(incoming(bot, said, group=True)) is None
        assert await bot.desk.answer(incoming(bot, Typed("good morning"), group=True)) is None

    async def test_a_command_that_may_be_for_another_bot_is_not_answered(self, bot: Bot) -> None:
        said = Typed("/weather Kyiv", direct=False)
        assert await bot.desk.answer(incoming(bot, said, group=True)) is None
        assert "no command weather" in text_of(await bot.desk.answer(incoming(bot, Typed("/weather"), group=True)))
        known = await bot.desk.answer(incoming(bot, Typed("/balance", direct=False), group=True))
        assert "This group has no wallet yet" in text_of(known)


@pytest.mark.parametrize("line", ["bookthis 16", "leave", "instead 99", "place_later", "nothing", "", "|", "?16", "#1"])
async def test_what_no_button_of_ours_carries_is_refused_without_an_error_of_ours(ann: DeskPlayer, line: str) -> None:
    """A client can send whatever it likes instead of what a button carries."""
    await ann.say("/balance")
    token = next(iter(ann.buttons.values())).partition("|")[0]
    ann.buttons = {"forged": f"{token}|{line}"}
    assert "Something went wrong" not in (await ann.press("forged")).text
    assert "20 Connects are available." in (await ann.say("/balance")).text
