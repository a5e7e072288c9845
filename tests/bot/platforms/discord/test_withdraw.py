"""Deleting notices on Discord: what is gone, what may not be deleted, and lost responses."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.delivery.carrier import NO_MESSAGE
from core.delivery.outcome import Failed, Later, Sent
from tests.bot.carried import carry, withdraw

if TYPE_CHECKING:
    from core.delivery.outcome import Outcome
    from tests.bot.stages.discord import DiscordPlayer, DiscordStage
    from tests.loopback.discord.world import Guild

DELETE = "DELETE /channels/{channel_id}/messages/{message_id}"


@pytest.fixture
async def sent(stage: DiscordStage, ann: DiscordPlayer) -> Outcome:
    return await carry(stage, ann)


async def test_it_is_deleted_however_old_it_is(stage: DiscordStage, ann: DiscordPlayer, sent: Outcome) -> None:
    shown = ann.chat.messages[-1]
    assert await withdraw(stage, ann, sent) == sent
    assert shown.deleted


async def test_a_message_in_a_deleted_channel_counts_as_deleted(
    stage: DiscordStage, lead: DiscordPlayer, guild: Guild
) -> None:
    sent = await carry(stage, lead)
    guild.delete_channel("general")
    assert await withdraw(stage, lead, sent) == sent


async def test_where_the_bot_has_no_access_it_stays(stage: DiscordStage, lead: DiscordPlayer) -> None:
    sent = await carry(stage, lead)
    lead.chat.bot_may_view = False
    assert await withdraw(stage, lead, sent) == Failed("refused with 50001")


async def test_somebody_elses_message_stays(stage: DiscordStage, ann: DiscordPlayer) -> None:
    await ann.say("hello")
    theirs = next(one for one in reversed(ann.chat.messages) if one.author is ann.person)
    assert await withdraw(stage, ann, Sent(f"{ann.chat.id}/{theirs.id}")) == Failed("refused with 50013")


@pytest.mark.parametrize("message", ["404", "1/", "here/1", ""])
async def test_an_invalid_id_fails(stage: DiscordStage, ann: DiscordPlayer, message: str) -> None:
    assert await withdraw(stage, ann, Sent(message)) == NO_MESSAGE


async def test_trouble_is_told_apart(stage: DiscordStage, ann: DiscordPlayer, sent: Outcome) -> None:
    stage.server.faults.rate_limit(20, route=DELETE)
    assert await withdraw(stage, ann, sent) == Later(timedelta(seconds=20))
    stage.server.faults.drop_after(route=DELETE)
    assert await withdraw(stage, ann, sent) == sent  # aiohttp asks again, and it is gone
    assert await withdraw(stage, ann, sent) == sent
