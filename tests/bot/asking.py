"""What people do to read figures, whatever the platform."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bot.stages.discord import DiscordPlayer
from tests.bot.stages.telegram import TelegramPlayer

if TYPE_CHECKING:
    from tests.bot.stage import Heard, Player


async def in_money(lead: Player) -> Heard:
    """Press the button as an admin; where it leads to the private chat, read on there."""
    if not isinstance(lead, TelegramPlayer):
        return await lead.press("In money")
    press = await lead.person.press(lead.chat.last, "In money")
    shown = await press.answered()
    await lead.person.follow(shown.url)
    await lead.stage.server.settled()
    return await (await lead.stage.person("Lea")).read()


def messages(player: Player) -> int:
    """How many messages somebody has read; on the console, where none changes, always none."""
    match player:
        case TelegramPlayer():
            return len(player.chat.sent)
        case DiscordPlayer():
            return len(player.shown)
        case _:
            return 0
