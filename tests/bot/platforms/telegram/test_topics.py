"""Groups with topics: in which of them notices are sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.delivery.outcome import Failed, PlaceLost, Sent
from tests.bot.carried import SPEAK, TOLD, overheard
from tests.loopback.telegram.wire import bad_request

if TYPE_CHECKING:
    from tests.bot.stages.telegram import TelegramPlayer, TelegramStage

SEND = "sendMessage"


@pytest.fixture
async def lead(stage: TelegramStage) -> TelegramPlayer:
    """An admin of a group with topics."""
    lead = await stage.member("Lea", "Team", admin=True)
    lead.chat = stage.groups["Team"] = stage.server.supergroup("Team", admins=[lead.person])
    return lead


async def test_it_is_sent_to_the_subscribed_topic(stage: TelegramStage, lead: TelegramPlayer) -> None:
    topic = lead.chat.open_topic()
    target = lead.target._replace(place=str(topic))
    assert isinstance(await stage.carrier.carry(target, TOLD, SPEAK, "n1"), Sent)
    assert lead.chat.last.topic == topic


async def test_a_command_says_in_which_topic_it_was_written(
    stage: TelegramStage, lead: TelegramPlayer, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard, topic = overheard(stage.bot.desk, monkeypatch), lead.chat.open_topic()
    await lead.person.say("/start", lead.chat, topic=topic)
    asked = await lead.chat.next_message()
    await lead.person.press(asked, "What can you do?")
    await stage.server.settled()
    assert [one.place for one in heard] == [str(topic)] * 2


@pytest.mark.parametrize(("ended", "why"), [("deleted", "unknown"), ("closed", "closed")])
async def test_if_the_topic_is_gone_it_goes_nowhere_else(
    stage: TelegramStage, lead: TelegramPlayer, ended: str, why: str
) -> None:
    topic = lead.chat.open_topic()
    lead.chat.delete_topic(topic) if ended == "deleted" else lead.chat.close_topic(topic)
    target = lead.target._replace(place=str(topic))
    assert await stage.carrier.carry(target, TOLD, SPEAK, "n1") == PlaceLost(why)
    assert lead.chat.sent == []
    assert len(stage.server.calls(SEND)) == 1


async def test_another_refusal_is_not_about_the_topic(stage: TelegramStage, lead: TelegramPlayer) -> None:
    stage.server.faults.refuse(bad_request("message is too long"), method=SEND)
    target = lead.target._replace(place=str(lead.chat.open_topic()))
    assert await stage.carrier.carry(target, TOLD, SPEAK, "n1") == Failed("BadRequest")
    assert lead.chat.sent == []
