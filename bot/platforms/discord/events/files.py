"""Files that people attach, fetched only if a command needs them."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Final

import aiohttp
import discord

from bot.command.incoming import Attached, UnreadableError

LONGEST_FETCH: Final = 30.0


def attached(given: discord.Attachment) -> Attached:
    """An attachment in the form that the desk takes."""
    return Attached(given.filename, given.size, partial(_fetch, given))


async def _fetch(given: discord.Attachment) -> bytes:
    try:
        async with asyncio.timeout(LONGEST_FETCH):
            return await given.read()
    except (discord.DiscordException, aiohttp.ClientError, OSError) as error:  # a TimeoutError is an OSError
        raise UnreadableError from error
