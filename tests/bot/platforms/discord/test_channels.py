"""In which of a server's channels notices are sent."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.delivery.outcome import Later, Sent
from tests.bot.carried import SPEAK, TOLD, overheard
from tests.bot.stages.discord import ready, retired
from tests.loopback.discord import (
    ANNOUNCEMENTS,
    POST_MESSAGE,
    SEND_MESSAGES,
    SEND_MESSAGES_IN_THREADS,
    VIEW_CHANNEL,
)

if TYPE_CHECKING:
    from tests.bot.stages.discord import DiscordPlayer, DiscordStage
    from tests.loopback.discord import Chat, Guild


async def told(stage: DiscordStage, lead: DiscordPlayer, guild: Guild, place: Chat | str) -> list[str]:
    target = lead.target._replace(place=place if isinstance(place, str) else str(place.id))
    assert isinstance(await stage.carrier.carry(target, TOLD, SPEAK, "n1"), Sent)
    return [name for name, chat in guild.chats.items() if chat.unread]


async def test_it_is_sent_to_the_subscribed_channel(stage: DiscordStage, lead: DiscordPlayer, guild: Guild) -> None:
    offers = guild.channel("offers")
    await ready(stage)
    assert await told(stage, lead, guild, offers) == ["offers"]


async def test_an_announcement_channel_works(stage: DiscordStage, lead: DiscordPlayer, guild: Guild) -> None:
    offers = guild.channel("offers", ANNOUNCEMENTS)
    await ready(stage)
    assert await told(stage, lead, guild, offers) == ["offers"]


async def test_a_thread_works_also_after_a_restart(stage: DiscordStage, lead: DiscordPlayer, guild: Guild) -> None:
    offers = guild.thread("offers", lead.chat)
    await stage.restart()
    await ready(stage)
    assert await told(stage, lead, guild, offers) == ["offers"]


async def test_a_thread_that_is_closed_to_the_bot_is_skipped(
    stage: DiscordStage, lead: DiscordPlayer, guild: Guild
) -> None:
    offers = guild.thread("offers", lead.chat)
    guild.deny_bot("general", SEND_MESSAGES_IN_THREADS)
    await ready(stage)
    assert await told(stage, lead, guild, offers) == ["general"]


async def test_a_thread_whose_channel_is_gone_is_skipped(
    stage: DiscordStage, lead: DiscordPlayer, guild: Guild
) -> None:
    other = guild.channel("other")
    offers = guild.thread("offers", other)
    guild.delete_channel("other")
    await ready(stage)
    assert await told(stage, lead, guild, offers) == ["general"]


@pytest.mark.parametrize("place", ["404", "general"])
async def test_an_invalid_channel_is_skipped(
    stage: DiscordStage, lead: DiscordPlayer, guild: Guild, place: str
) -> None:
    assert await told(stage, lead, guild, place) == ["general"]


@pytest.mark.parametrize("lacking", [SEND_MESSAGES, VIEW_CHANNEL])
async def test_a_channel_that_is_closed_to_the_bot_is_skipped(
    stage: DiscordStage, lead: DiscordPlayer, guild: Guild, lacking: int
) -> None:
    offers = guild.channel("offers")
    guild.deny_bot("offers", lacking)
    await ready(stage)
    assert await told(stage, lead, guild, offers) == ["general"]


async def test_a_channel_that_was_just_closed_is_skipped(
    stage: DiscordStage, lead: DiscordPlayer, guild: Guild
) -> None:
    offers = guild.channel("offers")
    await ready(stage)
    offers.bot_may_send = False
    assert await told(stage, lead, guild, offers) == ["general"]
    assert await retired(stage, lead.target.chat) == ""


async def test_a_rate_limit_is_no_reason_to_use_another_channel(
    stage: DiscordStage, lead: DiscordPlayer, guild: Guild
) -> None:
    offers = guild.channel("offers")
    await ready(stage)
    stage.server.faults.refuse(40003, route=POST_MESSAGE, chat=offers)
    target = lead.target._replace(place=str(offers.id))
    assert await stage.carrier.carry(target, TOLD, SPEAK, "n1") == Later(timedelta(minutes=10))
    assert lead.chat.unread == []


async def test_a_command_says_in_which_channel_it_was_used(
    stage: DiscordStage, lead: DiscordPlayer, guild: Guild, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard, offers = overheard(stage.bot.desk, monkeypatch), guild.channel("offers")
    await (await lead.person.slash(offers, "help")).answer()
    ann = await stage.person("Ann")
    await ann.say("/help")
    assert [one.place for one in heard] == [str(offers.id), ""]
