"""Files that people attach, fetched only if a command needs them."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Any, Final, cast

import aiohttp
import discord

from bot.command.incoming import Attached, UnreadableError, is_media
from bot.platforms.discord.events.messages import files_of

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_FETCH: Final = 30.0
ATTACHMENT: Final = discord.AppCommandOptionType.attachment.value


def attached(given: discord.Attachment) -> Attached:
    """An attachment in the form that the desk takes."""
    return Attached(given.filename, given.size, partial(_fetch, given))


def attached_all(given: Iterable[discord.Attachment]) -> tuple[Attached, ...]:
    """The files of a message. A picture, sound or film is no file that a command could need."""
    return tuple(attached(one) for one in given if not is_media(one.content_type))


def attached_below(interaction: discord.Interaction[Any], data: dict[str, Any]) -> tuple[Attached, ...]:
    """The files of the message on which a command was used from its menu."""
    files = files_of(data)
    resolved: dict[str, Any] = {"attachments": {file["id"]: file for file in files}}
    options: list[Any] = [{"name": file["id"], "type": ATTACHMENT, "value": file["id"]} for file in files]
    found = discord.app_commands.Namespace(interaction, cast("Any", resolved), options)
    return attached_all(value for _, value in found if isinstance(value, discord.Attachment))


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
