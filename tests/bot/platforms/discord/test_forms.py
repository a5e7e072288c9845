"""Questions after commands and presses open a form; if that is impossible, a button opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.loopback.discord import MANAGE_GUILD

if TYPE_CHECKING:
    from tests.bot.stages.discord import DiscordPlayer, DiscordStage
    from tests.loopback.discord import Shown


async def pressed(player: DiscordPlayer, shown: Shown, label: str) -> Shown:
    return await (await player.person.press(shown, label)).answer()


async def written(player: DiscordPlayer, form: Shown, line: str) -> Shown:
    return await (await player.person.submit(form, {"Your answer": line})).answer()


async def test_a_missing_amount_is_asked_for_in_a_form(ann: DiscordPlayer) -> None:
    form = await pressed(ann, ann.shown[-1], "I already have Connects")
    assert form.modal is not None
    assert form.modal.title == "How many Connects do you have now?"
    assert [(one.label, one.placeholder) for one in form.modal.fields] == [("Your answer", "such as 16")]
    assert "What did these 87 Connects cost you?" in (await written(ann, form, "87")).text


async def test_a_missing_text_is_asked_for_in_a_form(ann: DiscordPlayer) -> None:
    form = await (await ann.person.slash(ann.chat, "earn", source="Assessment")).answer()
    assert form.modal is not None
    assert form.modal.title == "What is its name?"
    assert "Connects earned · Assessment" in (await written(ann, form, "Python")).text


async def test_a_text_that_does_not_fit_is_asked_for_again(ann: DiscordPlayer) -> None:
    form = await (await ann.person.slash(ann.chat, "buy", connects=5, price="much")).answer()
    assert form.modal is not None
    assert '"much" is not an amount' in ann.form_text(form.modal)


async def test_a_form_cannot_follow_a_form_so_a_button_opens_the_next(stage: DiscordStage, ann: DiscordPlayer) -> None:
    form = await pressed(ann, ann.shown[-1], "I already have Connects")
    again = await written(ann, form, "plenty")
    assert '"plenty" is not a whole number' in again.text
    assert "How many Connects do you have now?" in again.text
    assert again.labels == ["Answer"]
    await stage.restart()
    second = await pressed(ann, again, "Answer")
    assert second.modal is not None
    assert second.modal.title == "How many Connects do you have now?"
    assert "What did these 87 Connects cost you?" in (await written(ann, second, "87")).text


async def test_a_question_that_is_over_opens_no_form(stage: DiscordStage, ann: DiscordPlayer) -> None:
    form = await pressed(ann, ann.shown[-1], "I already have Connects")
    again = await written(ann, form, "plenty")
    stage.bot.clock.pass_(minutes=16)
    assert "That question is closed." in (await pressed(ann, again, "Answer")).text


async def test_a_form_of_an_older_question_does_not_answer_a_newer_one(ann: DiscordPlayer) -> None:
    form = await pressed(ann, ann.shown[-1], "I already have Connects")
    settings = await (await ann.person.slash(ann.chat, "settings")).answer()
    newer = await pressed(ann, settings, "Change warning level")
    assert "That question is closed." in (await written(ann, form, "87")).text
    assert "below 20" in (await written(ann, newer, "20")).text


async def test_choices_are_buttons_and_replace_the_form_if_nothing_else_is_accepted(ann: DiscordPlayer) -> None:
    settings = await (await ann.person.slash(ann.chat, "settings")).answer()
    question = await pressed(ann, settings, "Change plan")
    assert question.modal is None
    assert question.labels == ["Freelancer Basic", "Freelancer Plus", "Agency"]
    assert "Freelancer Plus" in (await pressed(ann, question, "Freelancer Plus")).text


async def test_in_private_the_next_message_answers_as_well(ann: DiscordPlayer) -> None:
    await pressed(ann, ann.shown[-1], "I already have Connects")
    await ann.person.say(ann.chat, "87")
    assert "What did these 87 Connects cost you?" in (await ann.chat.next_message()).text


async def test_a_form_submitted_twice_books_once(stage: DiscordStage, ann: DiscordPlayer) -> None:
    form = await (await ann.person.slash(ann.chat, "earn", source="Assessment")).answer()
    act = await ann.person.submit(form, {"Your answer": "Python"})
    stage.server.deliver_again(act)
    assert "40 Connects earned" in (await act.answer()).text
    assert "60 Connects are available." in (await ann.say("/balance")).text


async def test_a_form_in_a_server_is_answered_for_one_person_only(lead: DiscordPlayer, stage: DiscordStage) -> None:
    assert stage.guilds["Team"].bits(lead.person) & MANAGE_GUILD
    form = await pressed(lead, lead.shown[-1], "I already have Connects")
    assert (await written(lead, form, "300")).ephemeral
