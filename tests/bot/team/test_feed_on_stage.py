"""The feed on every platform: in a topic on Telegram and a channel on Discord, booked elsewhere, without a ping."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.wallets.people import ChatRef
from tests.bot.stages.discord import DiscordPlayer, discord_stage, plain, ready
from tests.bot.stages.telegram import TelegramPlayer, TelegramStage
from tests.bot.stages.telegram import open_stage as telegram_stage
from tests.bot.telling import deliver, live_on

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from core.wallets.team import TeamSettings
    from tests.bot.stage import Addressee, Bot, CarryingStage
    from tests.bot.stages.discord import DiscordStage

LOST = "I no longer show what is booked: in the place where it was shown, "


async def team(bot: Bot, group: Addressee) -> TeamSettings:
    wallet = await bot.store.people.wallet_of(ChatRef(group.target.platform, group.target.chat))
    assert wallet is not None
    return wallet.settings.team


class TestEverywhere:
    async def test_a_group_chooses_and_what_nobody_answered_is_shown(self, bot: Bot, stage: CarryingStage) -> None:
        live_on(bot, stage.carrier)
        lead = await stage.member("Lea", "Team", admin=True)
        for line in ("/start", "/alerts days=off", "/settings money=on weekly=on"):
            await lead.say(line)
        heard = await lead.say("/settings feed=here")
        rows = [row.strip() for row in heard.text.splitlines()]
        assert not any(row.startswith("Bookings shown") and row.endswith("off") for row in rows)
        assert {"Stop showing bookings", "Hide money from members", "Stop the Friday summary"} <= {*heard.buttons}
        kept = await team(bot, lead)
        assert kept.feed is not None
        assert (kept.feed.chat, kept.money, kept.weekly) == (lead.target.chat, True, True)
        await lead.say("/opening 40 free")
        await deliver(bot, stage.carrier)
        bot.clock.pass_(days=365)
        await bot.books.sweep()
        await deliver(bot, stage.carrier)
        shown = await lead.read()
        if (
            "expired" not in shown.text
        ):  # on Discord the line of the opening comes first, because only Lea saw its answer
            shown = await lead.read()
        assert shown.text.endswith("40 Connects expired. 0 left.")


class TestOnTelegram:
    @pytest.fixture
    async def stage(self, bot: Bot) -> AsyncGenerator[TelegramStage]:
        async with telegram_stage(bot) as stage:
            live_on(bot, stage.carrier)
            yield stage

    @pytest.fixture
    async def lead(self, stage: TelegramStage) -> TelegramPlayer:
        """An admin of a group with topics."""
        await (await stage.person("Lea")).say("/start")
        lead = await stage.member("Lea", "Team", admin=True)
        lead.chat = stage.groups["Team"] = stage.server.supergroup("Team", admins=[lead.person])
        return lead

    async def say(self, stage: TelegramStage, lead: TelegramPlayer, line: str, topic: int) -> str:
        await lead.person.say(line, lead.chat, topic=topic)
        await stage.server.settled()
        return lead.chat.last.text

    async def test_a_topic_shows_what_is_booked_in_another(
        self, bot: Bot, stage: TelegramStage, lead: TelegramPlayer
    ) -> None:
        feed, talk = lead.chat.open_topic(), lead.chat.open_topic()
        await self.say(stage, lead, "/start", talk)
        assert "Bookings shown this topic" in await self.say(stage, lead, "/settings feed=here", feed)
        await self.say(stage, lead, "/opening 300 free", talk)
        await self.say(stage, lead, "/spend 16 Logo for @acme_inc", talk)
        await deliver(bot, stage.carrier)
        shown = lead.chat.last
        assert (shown.topic, shown.silent) == (feed, True)
        assert (
            shown.text.splitlines()[1].replace("\u2060", "") == "Lea bid 16 Connects on Logo for @acme_inc. 284 left."
        )
        assert "@acme" not in shown.text
        before = len(lead.chat.messages)
        await self.say(stage, lead, "/spend 4 Website", feed)
        await deliver(bot, stage.carrier)
        assert len(lead.chat.messages) == before + 2, "the line and its answer, which stands there"

    async def test_a_deleted_topic_switches_it_off_and_that_is_told(
        self, bot: Bot, stage: TelegramStage, lead: TelegramPlayer
    ) -> None:
        feed, talk = lead.chat.open_topic(), lead.chat.open_topic()
        await self.say(stage, lead, "/start", talk)
        await self.say(stage, lead, "/settings feed=here", feed)
        lead.chat.delete_topic(feed)
        await self.say(stage, lead, "/opening 300 free", talk)
        await deliver(bot, stage.carrier)
        await deliver(bot, stage.carrier)
        assert (lead.chat.last.topic, lead.chat.last.text.startswith(LOST)) == (talk, True)
        assert (await team(bot, lead)).feed is None


class TestOnDiscord:
    @pytest.fixture
    async def stage(self, bot: Bot) -> AsyncGenerator[DiscordStage]:
        async with discord_stage(bot) as stage:
            live_on(bot, stage.carrier)
            yield stage

    @pytest.fixture
    async def lead(self, stage: DiscordStage) -> DiscordPlayer:
        """An admin of a server with the channels general and billing."""
        lead = await stage.member("Lea", "Team", admin=True)
        stage.guilds["Team"].channel("billing")
        await ready(stage)
        await lead.say("/start")
        return lead

    async def test_a_channel_shows_what_only_its_booker_was_told(
        self, bot: Bot, stage: DiscordStage, lead: DiscordPlayer
    ) -> None:
        guild, general = stage.guilds["Team"], lead.chat
        lead.chat = guild.channel("billing")
        assert "Bookings shown #billing" in (await lead.say("/settings feed=here")).text
        for chat, line in ((general, "/opening 300 free"), (guild.channel("billing"), "/spend 16 Hi @everyone")):
            lead.chat = chat
            await lead.say(line)
        await deliver(bot, stage.carrier)
        shown = await guild.chats["billing"].next_message()
        assert plain(shown.text).replace("\u2060", "").splitlines() == [
            "Lea booked 300 Connects as received (Opening balance). 300 left.",
            "Lea bid 16 Connects on Hi @everyone. 284 left.",
        ]
        assert shown.pings is None or not shown.pings.everyone
