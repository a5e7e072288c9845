"""Files that people attach, fetched only if a command needs them."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any, Final

import aiohttp
import discord

from bot.command.incoming import Attached, UnreadableError

LONGEST_FETCH: Final = 30.0


def attached(given: discord.Attachment) -> Attached:
    """An attachment in the form that the desk takes."""
    return Attached(given.filename, given.size, partial(_fetch, given))


def attached_to(interaction: discord.Interaction[Any], data: dict[str, Any]) -> Attached | None:
    """The file that was given to a command as an option; None if there is none."""
    files = data.get("resolved", {}).get("attachments", {})
    if not files:
        return None
    options = discord.app_commands.Namespace(interaction, data["resolved"], data["options"])
    return next((attached(value) for _, value in options if isinstance(value, discord.Attachment)), None)


async def _fetch(given: discord.Attachment) -> bytes:
    try:
        async with asyncio.timeout(LONGEST_FETCH):
            return await given.read()
    except (discord.DiscordException, aiohttp.ClientError, OSError) as error:  # a TimeoutError is an OSError
        raise UnreadableError from error
