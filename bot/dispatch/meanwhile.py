"""What is shown of long work until its answer comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.reply.words import voice

if TYPE_CHECKING:
    from bot.command.incoming import Incoming
    from bot.reply.parts import Say


async def show_meanwhile(incoming: Incoming, sentence: Say) -> None:
    """Show a sentence in the message whose button was pressed, if the platform can do that."""
    if incoming.meanwhile is not None:
        await incoming.meanwhile(voice(incoming.locale, "UTC").say(sentence))
