"""Slow answers are deferred and sent later; answers in progress are finished before the bot stops."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.platforms.discord.interactions.responder import PATIENCE
from tests.bot.platforms.discord.test_forms import pressed, written
from tests.loopback.discord import POST_MESSAGE

if TYPE_CHECKING:
    from tests.bot.platforms.discord.conftest import HeldDesk
    from tests.bot.stages.discord import DiscordPlayer, DiscordStage

THINKING, DEFERRED_UPDATE = 5, 6


@pytest.fixture
async def ann(busy: DiscordStage, desk: HeldDesk) -> DiscordPlayer:
    """Ann in a server whose wallet she has opened, with 300 Connects in it."""
    ann = await busy.member("Ann", "Team", admin=True)
    await desk.late(await ann.person.slash(ann.chat, "start"))
    await desk.late(await ann.person.slash(ann.chat, "opening", connects=300, cost="free"))
    return ann


def test_half_of_the_three_seconds_is_left_for_the_network() -> None:
    assert PATIENCE <= 1.5


async def test_a_slow_command_is_deferred(ann: DiscordPlayer, desk: HeldDesk) -> None:
    act = await ann.person.slash(ann.chat, "spend", connects=16, title="Logo")
    assert await act.acknowledgement() == THINKING
    answer = await desk.late(act)
    assert answer.ephemeral
    assert "#2 booked: 16 Connects · Proposal: Logo" in answer.text
    assert answer.labels == ["Undo", "Mark as returned", "Proposal"]


async def test_a_slow_file_comes_with_the_edit(ann: DiscordPlayer, desk: HeldDesk) -> None:
    answer = await desk.late(await ann.person.slash(ann.chat, "export"))
    assert [file.name for file in answer.files] == ["connects-2026-01-10.csv"]


async def test_a_slow_press_leaves_the_message_alone(ann: DiscordPlayer, desk: HeldDesk) -> None:
    shown = await desk.late(await ann.person.slash(ann.chat, "spend", connects=16))
    act = await ann.person.press(shown, "Undo")
    assert await act.acknowledgement() == DEFERRED_UPDATE
    answer = await desk.late(act)
    assert answer.ephemeral
    assert "#2 is undone" in answer.text
    assert shown.now().text == shown.text


async def test_slow_paging_still_changes_the_message_in_place(ann: DiscordPlayer, desk: HeldDesk) -> None:
    for _ in range(10):
        await desk.late(await ann.person.slash(ann.chat, "adjust", by="+1"))
    first = await desk.late(await ann.person.slash(ann.chat, "history"))
    second = await desk.late(await ann.person.press(first, "Older"))
    assert second.message is first.message
    assert second.labels == ["Newer", "As a file"]


async def test_a_late_question_is_a_message_with_a_button(ann: DiscordPlayer, desk: HeldDesk) -> None:
    question = await desk.late(await ann.person.slash(ann.chat, "earn", source="Assessment"))
    assert question.ephemeral
    assert question.text == "What is its name?\n-# such as Python"
    form = await pressed(ann, question, "Answer")
    desk.opened.set()
    assert "Connects earned · Assessment" in (await written(ann, form, "Python")).text


async def test_a_late_press_asks_below_the_message(ann: DiscordPlayer, desk: HeldDesk) -> None:
    shown = await desk.late(await ann.person.slash(ann.chat, "settings"))
    question = await desk.late(await ann.person.press(shown, "Change warning level"))
    assert question.labels == ["Answer"]
    assert shown.now().labels == shown.labels


async def test_a_slow_form_is_deferred_as_well(ann: DiscordPlayer, desk: HeldDesk) -> None:
    desk.opened.set()
    settings = await (await ann.person.slash(ann.chat, "settings")).answer()
    form = await pressed(ann, settings, "Change warning level")
    desk.opened.clear()
    answer = await desk.late(await ann.person.submit(form, {"Your answer": "20"}))
    assert "below 20" in answer.text


async def test_a_slow_command_delivered_twice_is_booked_once(
    ann: DiscordPlayer, busy: DiscordStage, desk: HeldDesk
) -> None:
    act = await ann.person.slash(ann.chat, "spend", connects=16)
    busy.server.deliver_again(act)
    await busy.server.until(lambda: busy.server.requests.with_status(400), "the second deferral")
    await desk.late(act)
    desk.opened.set()
    assert "284 Connects are available." in (await ann.say("/balance")).text


async def test_an_answer_in_progress_is_finished_before_the_bot_stops(
    ann: DiscordPlayer, busy: DiscordStage, desk: HeldDesk
) -> None:
    act = await ann.person.slash(ann.chat, "spend", connects=16)
    await act.acknowledgement()
    closing = asyncio.create_task(busy.close())
    await asyncio.sleep(0)
    desk.opened.set()
    await closing
    assert "#2 booked" in (await act.answer()).text


async def test_a_message_in_progress_is_answered_before_the_bot_stops(busy: DiscordStage, desk: HeldDesk) -> None:
    bob = await busy.person("Bob")
    await bob.person.say(bob.chat, "start")
    await desk.reached.wait()
    closing = asyncio.create_task(busy.close())
    await asyncio.sleep(0)
    desk.opened.set()
    await closing
    assert len(busy.server.requests.to(POST_MESSAGE)) == 1
    assert "Hello Bob!" in bob.chat.unread[0].text


async def test_a_stopped_bot_leaves_nothing_behind(stage: DiscordStage) -> None:
    before = asyncio.all_tasks()
    await stage.restart()
    assert len(asyncio.all_tasks()) <= len(before)
