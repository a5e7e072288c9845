"""On Discord: a channel without rights is refused, and a server without a place tells an admin in private."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from core.wallets.people import ChatRef
from core.wallets.settings import Alerts
from tests.bot.stages.desk import DeskStage
from tests.bot.stages.discord import DiscordPlayer, DiscordStage, discord_stage, ready
from tests.bot.telling import deliver, live_on
from tests.loopback.discord import EMBED_LINKS, SEND_MESSAGES, SEND_MESSAGES_IN_THREADS

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from core.wallets.people import Wallet
    from tests.bot.stage import Bot

TEST = "This is a test: alerts arrive here."


async def wallet_of(bot: Bot, lead: DiscordPlayer) -> Wallet:
    wallet = await bot.store.people.wallet_of(ChatRef("discord", lead.target.chat))
    assert wallet is not None
    return wallet


@pytest.fixture
async def stage(bot: Bot) -> AsyncGenerator[DiscordStage]:
    async with discord_stage(bot) as stage:
        live_on(bot, stage.carrier)
        yield stage


@pytest.fixture
async def lead(stage: DiscordStage) -> DiscordPlayer:
    """An admin of a server with the channels general and billing, and a thread in the latter."""
    own = await stage.person("Lea")
    await own.say("/start")
    lead = await stage.member("Lea", "Team", admin=True)
    guild = stage.guilds["Team"]
    guild.thread("invoices", guild.channel("billing"))
    await ready(stage)
    await lead.say("/start")
    return lead


async def test_what_is_missing_is_named_and_nothing_is_saved(
    bot: Bot, stage: DiscordStage, lead: DiscordPlayer
) -> None:
    before = (await wallet_of(bot, lead)).settings
    stage.guilds["Team"].deny_bot("billing", SEND_MESSAGES | EMBED_LINKS | SEND_MESSAGES_IN_THREADS)
    await ready(stage)
    heard = await lead.say("/alerts place=#billing")
    assert heard.text.startswith("I cannot write in #billing: I lack Send Messages.")
    heard = await lead.say("/alerts place=#invoices")
    assert heard.text.startswith("I cannot write in #invoices: I lack Send Messages in Threads.")
    assert (await wallet_of(bot, lead)).settings == before


async def test_a_server_without_a_place_tells_an_admin_in_private(
    bot: Bot, stage: DiscordStage, lead: DiscordPlayer
) -> None:
    wallet = await wallet_of(bot, lead)
    await bot.store.people.save_settings(wallet.id, replace(wallet.settings, alerts=Alerts()))
    await lead.say("/alerts test")
    await deliver(bot, stage.carrier)
    await deliver(bot, stage.carrier)
    told = (await (await stage.person("Lea")).read()).text
    assert told.startswith("Nobody has chosen where the alerts of Team go.")
    assert told.endswith(TEST)
    assert not any(chat.unread for chat in stage.guilds["Team"].chats.values())
    bot.clock.pass_(minutes=11)
    heard = await lead.say("/balance")
    assert "Shall they come to #general?" in heard.text
    assert "Sent to #general" in (await lead.press("Alerts here")).text
    await lead.say("/alerts test")
    await deliver(bot, stage.carrier)
    assert (await lead.read()).text == TEST


async def test_a_channel_that_is_closed_to_the_bot_tells_what_it_lacks(
    bot: Bot, stage: DiscordStage, lead: DiscordPlayer
) -> None:
    await lead.say("/alerts place=#billing")
    stage.guilds["Team"].deny_bot("billing", SEND_MESSAGES)
    await ready(stage)
    await lead.say("/alerts test")
    await deliver(bot, stage.carrier)
    await deliver(bot, stage.carrier)
    told = (await (await stage.person("Lea")).read()).text
    assert "in #billing, where they go, I lack Send Messages." in told
    stage.guilds["Team"].deny_bot("billing", 0)
    await ready(stage)
    await lead.say("/alerts test")
    await deliver(bot, stage.carrier)
    assert (await stage.guilds["Team"].channel("billing").next_message()).text == TEST
    assert (await wallet_of(bot, lead)).settings.alerts.lost is None


async def test_the_audit_names_channels(lead: DiscordPlayer) -> None:
    await lead.say("/alerts place=#billing")
    assert "/alerts place=#billing (done)" in (await lead.say("/audit")).text


async def test_an_admin_reads_in_which_channel_announcements_appear(stage: DiscordStage, lead: DiscordPlayer) -> None:
    assert (await lead.say("/subscribe")).text.endswith("They will appear in #general.")
    guild = stage.guilds["Team"]
    guild.greet_in("welcome")
    guild.kick_bot()
    guild.invite_bot()
    lobby = DiscordPlayer(stage.server, lead.person, guild.channel("welcome"))
    assert "Shall they come here again?" in (await lobby.read()).text
    assert (await lobby.press("Yes")).text.endswith("They will appear in #general.")


@pytest.mark.parametrize("how", ["denied", "deleted"])
async def test_an_admin_is_told_that_the_channel_of_announcements_is_lost(
    bot: Bot, stage: DiscordStage, lead: DiscordPlayer, how: str
) -> None:
    guild, boss = stage.guilds["Team"], await DeskStage(bot).person("boss")
    billing = DiscordPlayer(stage.server, lead.person, guild.channel("billing"))
    await billing.say("/subscribe art")
    guild.deny_bot("billing", SEND_MESSAGES) if how == "denied" else guild.delete_channel("billing")
    await ready(stage)
    bot.clock.pass_(minutes=11)
    await boss.say("/announce Free review")
    await boss.press("Send to 1 chat")
    await deliver(bot, stage.carrier)
    assert "No matching chat has subscribed." in (await boss.say("/announce Free review")).text
    bot.clock.pass_(minutes=11)
    heard = await lead.say("/balance")
    assert "Announcements do not arrive any more:" in heard.text
    assert "about art" in (await lead.press("Announcements here")).text
    await boss.say("/announce Free review")
    await boss.press("Send to 1 chat")
    await deliver(bot, stage.carrier)
    assert (await lead.read()).text == "Free review"
