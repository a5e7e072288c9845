"""Notices on every platform: they are shown like answers, and their buttons work."""

from __future__ import annotations

import pytest

from bot.delivery.carrier import NOT_CONNECTED
from bot.reply.parts import reply, say
from core.delivery.notice import Target
from core.delivery.outcome import Failed, Sent
from tests.bot.carried import FILE, PRESSED, SPEAK, TOLD, amend, carry
from tests.bot.stage import Addressee, CarryingStage, Heard


@pytest.fixture
async def ann(stage: CarryingStage) -> Addressee:
    """Ann, who has opened her wallet."""
    ann = await stage.person("Ann")
    await ann.say("/start")
    return ann


@pytest.fixture
async def lead(stage: CarryingStage) -> Addressee:
    """An admin of the group Team, who has opened its wallet."""
    lead = await stage.member("Lea", "Team", admin=True)
    await lead.say("/start")
    return lead


async def test_a_person_receives_it_with_its_buttons(stage: CarryingStage, ann: Addressee) -> None:
    assert isinstance(await carry(stage, ann), Sent)
    assert await ann.read() == Heard("7 left", ("History",))


async def test_its_buttons_are_answered(stage: CarryingStage, ann: Addressee) -> None:
    await carry(stage, ann)
    await ann.read()
    assert PRESSED in (await ann.press("History")).text


async def test_its_buttons_are_answered_after_a_restart(stage: CarryingStage, ann: Addressee) -> None:
    await carry(stage, ann)
    await ann.read()
    await stage.restart()
    assert PRESSED in (await ann.press("History")).text


async def test_a_group_receives_it_and_its_buttons_act_on_the_groups_wallet(
    stage: CarryingStage, lead: Addressee
) -> None:
    assert isinstance(await carry(stage, lead), Sent)
    assert await lead.read() == Heard("7 left", ("History",))
    assert PRESSED not in (await lead.press("History")).text


async def test_two_messages_have_different_ids(stage: CarryingStage, ann: Addressee) -> None:
    assert await carry(stage, ann, "n1") != await carry(stage, ann, "n2")


async def test_a_file_is_sent(stage: CarryingStage, ann: Addressee) -> None:
    assert isinstance(await stage.carrier.carry(ann.target, FILE, SPEAK, "n1"), Sent)
    heard = await ann.read()
    assert heard.files == {"connects.csv": b"1,2\n"}
    assert heard.text.startswith("7 left")


async def test_an_open_question_stays_open(stage: CarryingStage, ann: Addressee) -> None:
    await carry(stage, ann)
    await ann.read()
    assert "20 Connects are available." in (await ann.say("/balance")).text


async def test_a_message_is_edited_and_its_new_buttons_work(stage: CarryingStage, ann: Addressee) -> None:
    sent = await carry(stage, ann)
    await ann.read()
    assert await amend(stage, ann, sent) == sent
    assert await ann.read_again() == Heard("8 left", ("Lots",))
    assert PRESSED in (await ann.press("Lots")).text


async def test_a_message_in_a_group_is_edited_after_a_restart(stage: CarryingStage, lead: Addressee) -> None:
    sent = await carry(stage, lead)
    await lead.read()
    await stage.restart()
    await lead.say("/balance")
    assert await amend(stage, lead, sent) == sent


async def test_an_edit_without_a_change_succeeds(stage: CarryingStage, ann: Addressee) -> None:
    sent = await carry(stage, ann)
    assert await amend(stage, ann, sent, TOLD) == sent
    assert await amend(stage, ann, sent, TOLD) == sent


async def test_an_edit_without_a_connection_is_deferred(stage: CarryingStage, ann: Addressee) -> None:
    sent, before = await carry(stage, ann), stage.carrier
    await stage.restart()
    assert isinstance(sent, Sent)
    assert await before.amend(ann.target, sent.message, TOLD, SPEAK) == NOT_CONNECTED


async def test_an_edit_that_cannot_be_rendered_fails(stage: CarryingStage, ann: Addressee) -> None:
    broken = reply(say("no-such-sentence"))
    assert await amend(stage, ann, await carry(stage, ann), broken) == Failed("WordsError")


async def test_a_message_is_deleted_and_deleting_it_again_does_no_harm(stage: CarryingStage, ann: Addressee) -> None:
    sent = await carry(stage, ann)
    assert isinstance(sent, Sent)
    deleted = Failed("shown") if stage.carrier.name == "console" else sent  # a terminal keeps what it has shown
    for _ in range(2):
        assert await stage.carrier.withdraw(ann.target, sent.message) == deleted


async def test_deleting_without_a_connection_is_deferred(stage: CarryingStage, ann: Addressee) -> None:
    sent, before = await carry(stage, ann), stage.carrier
    await stage.restart()
    assert isinstance(sent, Sent)
    if before.name != "console":
        assert await before.withdraw(ann.target, sent.message) == NOT_CONNECTED


async def test_without_a_connection_everything_is_deferred(stage: CarryingStage, ann: Addressee) -> None:
    before = stage.carrier
    await stage.restart()
    assert await before.carry(ann.target, FILE, SPEAK, "n1") == NOT_CONNECTED


async def test_a_message_that_cannot_be_rendered_fails_without_raising(stage: CarryingStage, ann: Addressee) -> None:
    broken = reply(say("no-such-sentence"))
    assert await stage.carrier.carry(ann.target, broken, SPEAK, "n1") == Failed("WordsError")


async def test_a_target_that_is_not_an_id_raises_nothing(stage: CarryingStage, ann: Addressee) -> None:
    target = Target(ann.target.platform, "somebody", direct=True)
    assert not isinstance(await stage.carrier.carry(target, FILE, SPEAK, "n1"), Sent)
