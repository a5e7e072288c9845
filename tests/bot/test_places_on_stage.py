"""Where a group's alerts go, on every platform: topics on Telegram, channels and threads on Discord."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.platforms.discord.commands import registered
from core.wallets.people import ChatRef
from core.wallets.settings import Where
from tests.bot.stages.discord import DiscordPlayer, discord_stage, plain, ready
from tests.bot.stages.telegram import TelegramPlayer, TelegramStage
from tests.bot.stages.telegram import open_stage as telegram_stage
from tests.bot.telling import deliver, live_on
from tests.loopback.discord import ImpossibleError

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from core.wallets.settings import Alerts
    from tests.bot.stage import Addressee, Bot, CarryingStage
    from tests.bot.stages.discord import DiscordStage
    from tests.loopback.discord import Chat, Guild

TEST = "This is a test: alerts arrive here."


async def alerts(bot: Bot, group: Addressee) -> Alerts:
    wallet = await bot.store.people.wallet_of(ChatRef(group.target.platform, group.target.chat))
    assert wallet is not None
    return wallet.settings.alerts


class TestEverywhere:
    @pytest.fixture
    async def lead(self, bot: Bot, stage: CarryingStage) -> Addressee:
        live_on(bot, stage.carrier)
        lead = await stage.member("Lea", "Team", admin=True)
        await lead.say("/start")
        return lead

    async def test_they_come_to_where_the_wallet_was_opened(
        self, bot: Bot, stage: CarryingStage, lead: Addressee
    ) -> None:
        assert (await alerts(bot, lead)).place is not None
        await lead.say("/alerts test")
        await deliver(bot, stage.carrier)
        assert (await lead.read()).text == TEST

    async def test_the_card_is_read_on_a_phone(self, lead: Addressee) -> None:
        heard = await lead.say("/alerts")
        assert heard.text.startswith("This group's alerts")
        assert len(heard.text.splitlines()) <= 8
        assert heard.buttons == (
            *("Change warning level", "Change expiry days", "Change runway", "Change budget"),
            *("Switch on or off", "Change quiet hours", "Change place", "Send a test"),
        )

    async def test_a_private_chat_has_its_card_too(self, bot: Bot, stage: CarryingStage) -> None:
        live_on(bot, stage.carrier)
        own = await stage.person("Lea")
        await own.say("/start")
        assert (await own.say("/alerts")).text.startswith("Your alerts")
        assert "A test is on its way" in (await own.press("Send a test")).text

    async def test_here_and_in_private(self, bot: Bot, stage: CarryingStage, lead: Addressee) -> None:
        own = await stage.person("Lea")
        await own.say("/start")
        await lead.say("/alerts")
        await lead.press("Change place")
        assert "Lea, in private" in (await lead.press("To me, in private")).text
        assert (await alerts(bot, lead)).where is Where.PRIVATE
        assert "Lea" not in (await lead.say("/alerts here")).text
        assert (await alerts(bot, lead)).where is Where.GROUP

    async def test_off_is_asked_about(self, lead: Addressee) -> None:
        heard = await lead.say("/alerts off")
        assert heard.text == "Which alerts shall I switch off?"
        rows = [row.strip() for row in (await lead.press("Switch off: Weekly digest")).text.splitlines()]
        assert ["Weekly digest" in row for row in rows if row.startswith(("On", "Off"))] == [False, True]


class TestOnTelegram:
    @pytest.fixture
    async def stage(self, bot: Bot) -> AsyncGenerator[TelegramStage]:
        async with telegram_stage(bot) as stage:
            live_on(bot, stage.carrier)
            yield stage

    @pytest.fixture
    async def lead(self, stage: TelegramStage) -> TelegramPlayer:
        """An admin of a group with topics."""
        lead = await stage.member("Lea", "Team", admin=True)
        lead.chat = stage.groups["Team"] = stage.server.supergroup("Team", admins=[lead.person])
        return lead

    async def say(self, stage: TelegramStage, lead: TelegramPlayer, line: str, topic: int | None) -> str:
        """What the bot answers in a topic."""
        await lead.person.say(line, lead.chat, topic=topic)
        await stage.server.settled()
        assert lead.chat.last.topic == topic
        return lead.chat.last.text

    async def test_each_topic_is_a_place(self, bot: Bot, stage: TelegramStage, lead: TelegramPlayer) -> None:
        news, billing = lead.chat.open_topic(), lead.chat.open_topic()
        assert "Its alerts will come to this topic." in await self.say(stage, lead, "/start", news)
        where = f"another topic of this group (https://t.me/c/{str(lead.chat.id).removeprefix('-100')}/{news})"
        assert f"Sent to {where}" in await self.say(stage, lead, "/alerts", billing)
        assert "Sent to this topic" in await self.say(stage, lead, "/alerts here", billing)
        assert (await alerts(bot, lead)).place == str(billing)
        await self.say(stage, lead, "/alerts test", news)
        await deliver(bot, stage.carrier)
        assert (lead.chat.last.text, lead.chat.last.topic) == (TEST, billing)

    async def test_a_press_chooses_the_topic_in_which_it_stands(
        self, bot: Bot, stage: TelegramStage, lead: TelegramPlayer
    ) -> None:
        news, billing = lead.chat.open_topic(), lead.chat.open_topic()
        await self.say(stage, lead, "/start", news)
        await self.say(stage, lead, "/alerts", billing)
        for label in ("Change place", "Here"):
            await lead.press(label)
        assert (await alerts(bot, lead)).place == str(billing)

    async def test_an_anonymous_admin_has_no_private_chat(
        self, bot: Bot, stage: TelegramStage, lead: TelegramPlayer
    ) -> None:
        await lead.say("/start")
        await lead.person.say("/alerts where=private", lead.chat, anonymous=True)
        await stage.server.settled()
        assert lead.chat.last.text.startswith("You write as the group or channel itself")
        assert (await alerts(bot, lead)).where is Where.GROUP


class TestOnDiscord:
    @pytest.fixture
    async def stage(self, bot: Bot) -> AsyncGenerator[DiscordStage]:
        async with discord_stage(bot) as stage:
            live_on(bot, stage.carrier)
            yield stage

    @pytest.fixture
    async def lead(self, stage: DiscordStage) -> DiscordPlayer:
        """An admin of a server with the channels general and billing, and a thread in the latter."""
        lead = await stage.member("Lea", "Team", admin=True)
        guild = stage.guilds["Team"]
        guild.thread("invoices", guild.channel("billing"))
        await ready(stage)
        await lead.say("/start")
        return lead

    @pytest.fixture
    def guild(self, stage: DiscordStage, lead: DiscordPlayer) -> Guild:
        assert lead
        return stage.guilds["Team"]

    async def arrives(self, bot: Bot, stage: DiscordStage, guild: Guild) -> str:
        """The name of the channel in which a test arrives."""
        await deliver(bot, stage.carrier)
        (name,) = (name for name, chat in guild.chats.items() if chat.unread)
        assert plain((await guild.chats[name].next_message()).text) == TEST
        return name

    def test_the_option_offers_what_can_be_written_in(self, bot: Bot) -> None:
        (command,) = (one for one in registered(bot.desk.commands) if one["name"] == "alerts")
        (place,) = (option for option in command["options"] if option["name"] == "place")
        assert (place["type"], place["channel_types"]) == (7, [0, 5, 10, 11, 12])

    @pytest.mark.parametrize("name", ["billing", "invoices"])
    async def test_a_channel_and_a_thread_are_picked(
        self, bot: Bot, stage: DiscordStage, lead: DiscordPlayer, guild: Guild, name: str
    ) -> None:
        assert f"Sent to #{name}" in (await lead.say(f"/alerts place=#{name}")).text
        assert (await alerts(bot, lead)).place == str(guild.chats[name].id)
        await lead.say("/alerts test")
        assert await self.arrives(bot, stage, guild) == name

    async def test_here_in_another_channel(
        self, bot: Bot, stage: DiscordStage, lead: DiscordPlayer, guild: Guild
    ) -> None:
        lead.chat = guild.channel("billing")
        assert "Sent to #billing" in (await lead.say("/alerts do=here")).text
        await lead.say("/alerts test")
        assert await self.arrives(bot, stage, guild) == "billing"

    async def test_it_is_written_in_the_form_of_the_question(self, bot: Bot, lead: DiscordPlayer, guild: Guild) -> None:
        await lead.say("/alerts")
        asked = await lead.press("Change place")
        assert asked.buttons == ("Here", "To me, in private", "Both", "#billing", "#invoices", "Answer")
        await lead.press("Answer")
        assert "Sent to #billing" in (await lead.say("#Billing")).text
        assert (await alerts(bot, lead)).place == str(guild.chats["billing"].id)

    async def test_a_channel_of_another_server_is_no_place(
        self, bot: Bot, stage: DiscordStage, lead: DiscordPlayer, guild: Guild
    ) -> None:
        await stage.member("Lea", "Other", admin=True)
        other: Chat = stage.guilds["Other"].channel("elsewhere")
        with pytest.raises(ImpossibleError, match="a channel of this server"):
            await lead.person.slash(lead.chat, "alerts", place=other)
        await lead.say("/alerts")
        for label in ("Change place", "Answer"):
            await lead.press(label)
        assert "That is no channel of this server" in (await lead.say(f"<#{other.id}>")).text
        assert (await alerts(bot, lead)).place == str(guild.chats["general"].id)
