"""Servers remove the bot and add it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.wallets.people import ChatRef
from tests.bot.platforms.discord.test_connection import eventually
from tests.bot.test_coming_back import REMOVED, readers

if TYPE_CHECKING:
    from tests.bot.stage import Bot
    from tests.bot.stages.desk import DeskPlayer
    from tests.bot.stages.discord import DiscordPlayer, DiscordStage


async def test_a_server_that_adds_the_bot_again_is_asked(
    bot: Bot, stage: DiscordStage, lead: DiscordPlayer, boss: DeskPlayer
) -> None:
    await lead.say("/subscribe")
    assert await readers(boss) == 1
    guild = stage.guilds["Team"]
    guild.kick_bot()

    async def is_retired() -> bool:
        chat = await bot.store.people.chat(ChatRef("discord", str(guild.id)))
        return chat is not None and chat.retired == "removed"

    await eventually(is_retired)
    assert await readers(boss) == 0
    guild.invite_bot()
    asked = await guild.channel("general").next_message()
    assert REMOVED in asked.text
    assert asked.labels == ["Yes", "No"]
    assert await readers(boss) == 0
    await (await lead.person.press(asked, "Yes")).answer()
    assert await readers(boss) == 1
