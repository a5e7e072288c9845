"""Brings messages to chats unasked. The nonce makes it harmless to bring the same one again."""

from __future__ import annotations

import asyncio
import hashlib
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

import aiohttp
import discord

from bot.platform import NOT_CONNECTED
from bot.platforms.discord.incoming import private_ref, server_ref
from bot.platforms.discord.patience import SHORTLY, PutOffError, impatient
from bot.platforms.discord.render import draw
from bot.platforms.discord.sending import note, refusal, send
from core.notices import Failed, Gone, Later, Sent, Unknown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.platforms.discord.render import Page
    from bot.reply import Reply
    from bot.words import Voice
    from core.notices import Outcome, Target
    from core.people import ChatRef

LONGEST_CARRYING: Final = 15.0
NOBODY_THERE: Final = frozenset({10013, 50033})  # unknown user, invalid recipient
UNKNOWN_CHANNEL: Final = 10003
# Refusals that say nothing of the chat: direct messages opened too fast, and the bot taken for a spammer.
HELD: Final[Mapping[int, Later]] = {40003: Later(timedelta(minutes=10)), 20026: Later(timedelta(hours=1), all=True)}


class NoPlaceError(Exception):
    """There is nowhere to write, for the reason that is its outcome."""

    def __init__(self, outcome: Outcome) -> None:
        """Keep the outcome."""
        super().__init__()
        self.outcome = outcome


def ref_of(target: Target) -> ChatRef:
    """The chat that a target is to the books."""
    return private_ref(int(target.chat)) if target.direct else server_ref(int(target.chat))


async def bring(client: discord.Client, target: Target, given: Reply, speak: Voice, nonce: str) -> Outcome:
    """Draw a reply and send it; the first message gets the nonce itself, the others get one made of it."""
    try:
        chat, pages = int(target.chat), draw(given, speak)
    except Exception as error:  # noqa: BLE001 - a fault in one message must not stop the others
        note("not_carried", error)
        return Failed(type(error).__name__)
    try:
        async with asyncio.timeout(LONGEST_CARRYING):
            with impatient():
                return await _bring(client, chat, pages, nonce, direct=target.direct)
    except (NoPlaceError, PutOffError, discord.RateLimited, discord.HTTPException) as error:
        return _outcome(error)
    except (aiohttp.ClientError, OSError):
        return SHORTLY  # whether it arrived or not
    except Exception as error:  # noqa: BLE001 - such as an answer that the library cannot read
        note("not_carried", error)
        return Unknown(type(error).__name__)


async def _bring(client: discord.Client, chat: int, pages: tuple[Page, ...], nonce: str, *, direct: bool) -> Outcome:
    place: discord.abc.Messageable
    place = await client.create_dm(discord.Object(chat)) if direct else _channel(client.get_guild(chat), pages)
    sent = [await send(place, page, nonce=_own(nonce, number))() for number, page in enumerate(pages)]
    return Sent(str(sent[0].id))


def _own(nonce: str, page: int) -> str:
    """A page's nonce: it counts for all that the bot sends, so that two messages with the same would be one."""
    return hashlib.blake2b(f"{nonce}.{page}".encode(), digest_size=12).hexdigest() if page else nonce


def _channel(guild: discord.Guild | None, pages: tuple[Page, ...]) -> discord.TextChannel:
    """Where a server is written to: its system channel, or the first text channel in which the bot may write."""
    if guild is None:
        raise NoPlaceError(Gone("removed"))
    if guild.unavailable or not guild.me:  # the gateway has yet to tell of it
        raise NoPlaceError(SHORTLY)
    needed = _needed(pages)
    for channel in filter(None, (guild.system_channel, *guild.text_channels)):
        if channel.permissions_for(guild.me) >= needed:
            return channel
    raise NoPlaceError(Gone("no channel"))


def _needed(pages: tuple[Page, ...]) -> discord.Permissions:
    """What must be allowed for all of it to be seen: without its permission a box is left out in silence."""
    return discord.Permissions(
        view_channel=True,
        send_messages=True,
        embed_links=any(page.embeds for page in pages),
        attach_files=any(page.files for page in pages),
    )


def _outcome(error: NoPlaceError | PutOffError | discord.RateLimited | discord.HTTPException) -> Outcome:
    match error:
        case NoPlaceError(outcome=outcome):
            return outcome
        case PutOffError(until=until):
            return until
        case discord.RateLimited(retry_after=seconds):
            return Later(timedelta(seconds=seconds))
        case discord.HTTPException():
            return _of_refusal(error)


def _of_refusal(error: discord.HTTPException) -> Outcome:
    if error.status == HTTPStatus.UNAUTHORIZED:
        return NOT_CONNECTED
    if error.code in HELD:
        return HELD[error.code]
    if error.code == UNKNOWN_CHANNEL:
        return SHORTLY  # it was deleted, and the gateway has yet to say so
    if error.code in NOBODY_THERE:
        return Gone("deleted")
    return Gone(refusal(error)) if isinstance(error, discord.Forbidden) else Failed(refusal(error))
