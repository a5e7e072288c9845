"""Puts an answer in the place of a message that was sent to a private chat."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeAlias

import discord

from bot.platforms.discord.drawing.components import as_edit
from bot.platforms.discord.drawing.render import draw
from bot.platforms.discord.sending.calls import patience_for, retry, send_all
from bot.platforms.discord.sending.messenger import NOT_EDITABLE

if TYPE_CHECKING:
    from bot.dispatch.desk import Answer
    from bot.platforms.discord.drawing.render import Page

    Sent: TypeAlias = discord.Message | discord.PartialMessage


async def edited(sent: Sent, page: Page) -> bool:
    """Edit a message; False if that is impossible, because it is gone."""
    try:
        async with asyncio.timeout(patience_for(page)):
            await retry(lambda: sent.edit(**as_edit(page)))
    except discord.HTTPException as error:
        if error.code not in NOT_EDITABLE:
            raise
        return False
    return True


async def take_place(sent: Sent, answer: Answer, nonce: str) -> None:
    """Edit a message into an answer. What does not fit there, or all of it if the message is gone, is sent.

    A stage is not worth a message of its own.
    """
    pages = draw(answer.reply, answer.voice)
    left = pages[1:] if await edited(sent, pages[0]) else pages
    if left and answer.coming is None:
        await send_all(sent.channel, left, nonce)
