"""What the bot lacks to write to a chat, before it is tried."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.delivery.notice import Target
from tests.bot.carried import SPEAK, TOLD

if TYPE_CHECKING:
    from tests.bot.stages.telegram import TelegramPlayer, TelegramStage


@pytest.fixture
async def lead(stage: TelegramStage) -> TelegramPlayer:
    """An admin of a group with topics."""
    lead = await stage.member("Lea", "Team", admin=True)
    lead.chat = stage.groups["Team"] = stage.server.supergroup("Team", admins=[lead.person])
    return lead


async def lacks(stage: TelegramStage, player: TelegramPlayer, topic: int | None = None) -> tuple[str, ...] | None:
    place = "" if topic is None else str(topic)
    return await stage.carrier.lacks(player.target._replace(place=place))


async def test_a_member_may_write_unless_it_is_muted(stage: TelegramStage, lead: TelegramPlayer) -> None:
    assert await lacks(stage, lead) == ()
    lead.chat.mute_bot("documents")
    assert await lacks(stage, lead) == ("files",)
    lead.chat.mute_bot("text messages", "documents")
    assert await lacks(stage, lead) == ("send", "files")


async def test_what_is_withheld_from_all_members_is_not_from_admins(stage: TelegramStage, lead: TelegramPlayer) -> None:
    lead.chat.withhold("text messages")
    assert await lacks(stage, lead) == ("send",)
    lead.chat.promote(stage.server.bot)
    assert await lacks(stage, lead) == ()


async def test_a_bot_that_may_not_see_itself_goes_by_what_members_may(
    stage: TelegramStage, lead: TelegramPlayer
) -> None:
    lead.chat.hides_members = True
    lead.chat.withhold("documents")
    assert await lacks(stage, lead) == ("files",)


async def test_in_a_channel_it_must_be_allowed_to_post(stage: TelegramStage, lead: TelegramPlayer) -> None:
    news = stage.server.channel("News", admins=[lead.person])
    target = Target("telegram", str(news.id))
    assert await stage.carrier.lacks(target) == ()
    news.bot_may_post = False
    assert await stage.carrier.lacks(target) == ("post",)


@pytest.mark.parametrize("ended", ["deleted", "closed"])
async def test_a_lost_topic_is_known_once_something_was_sent_to_it(
    stage: TelegramStage, lead: TelegramPlayer, ended: str
) -> None:
    topic, other = lead.chat.open_topic(), lead.chat.open_topic()
    lead.chat.delete_topic(topic) if ended == "deleted" else lead.chat.close_topic(topic)
    await stage.carrier.carry(lead.target._replace(place=str(topic)), TOLD, SPEAK, "n1")
    assert await lacks(stage, lead, topic) == ("topic",)
    assert await lacks(stage, lead, other) == ()
    lead.chat.topics[topic] = True
    await stage.carrier.carry(lead.target._replace(place=str(topic)), TOLD, SPEAK, "n2")
    assert await lacks(stage, lead, topic) == ()


async def test_where_it_is_not_it_sees_nothing(stage: TelegramStage, lead: TelegramPlayer) -> None:
    lead.chat.remove_bot(lead.person)
    assert await lacks(stage, lead) == ("view",)


async def test_a_group_that_has_moved_is_asked_about_at_its_new_id(stage: TelegramStage) -> None:
    lead = await stage.member("Lea", "Old", admin=True)
    lead.chat.migrate(lead.person)
    assert await lacks(stage, lead) == ()


async def test_a_private_chat_lacks_nothing(stage: TelegramStage, ann: TelegramPlayer) -> None:
    assert await lacks(stage, ann) == ()


async def test_what_telegram_cannot_say_now_is_unknown(stage: TelegramStage, lead: TelegramPlayer) -> None:
    stage.server.faults.fail(502, method="getChatMember")
    assert await lacks(stage, lead) is None
    stage.server.faults.block(403, method="getChatMember")
    assert await lacks(stage, lead) is None
    stage.server.faults.block(400, method="getChatMember")
    assert await lacks(stage, lead) is None
    await stage.stop()
    assert await lacks(stage, lead) is None
