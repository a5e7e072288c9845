"""Sends notices and edits them. Thanks to the nonce, sending the same one again does no harm."""

from __future__ import annotations

import asyncio
import hashlib
from datetime import timedelta
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

import aiohttp
import discord

from bot.delivery.carrier import NOT_CONNECTED
from bot.platforms.discord.drawing.components import as_edit
from bot.platforms.discord.drawing.render import draw
from bot.platforms.discord.events.incoming import private_ref, server_ref
from bot.platforms.discord.sending.calls import note, refusal, send
from bot.platforms.discord.sending.channels import (
    CLOSED,
    UNKNOWN_CHANNEL,
    NoChannelError,
    chosen_channel,
    default_channel,
    known,
)
from bot.platforms.discord.sending.fail_fast import SHORTLY, TryLaterError, fail_fast
from core.delivery.outcome import Failed, Later, Sent, Uncertain, Unreachable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Mapping

    from bot.platforms.discord.drawing.render import Page
    from bot.platforms.discord.sending.private import PrivateChats
    from bot.reply.parts import Reply
    from bot.reply.words import Voice
    from core.delivery.notice import Target
    from core.delivery.outcome import Outcome
    from core.wallets.people import ChatRef

LONGEST_CARRYING: Final = 15.0
NO_MESSAGE: Final = Failed("no message")
UNKNOWN_MESSAGE: Final = 10008
NOT_EDITABLE: Final = frozenset({UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, 50001, 50005})  # no access, not our own
NOBODY_THERE: Final = frozenset({10013, 50033})  # unknown user, invalid recipient
# Refusals that are not about the chat: direct messages opened too fast, and the bot taken for a spammer.
HELD: Final[Mapping[int, Later]] = {40003: Later(timedelta(minutes=10)), 20026: Later(timedelta(hours=1), all=True)}


def ref_of(target: Target) -> ChatRef:
    """The chat of a target, as core knows it."""
    return private_ref(int(target.chat)) if target.direct else server_ref(int(target.chat))


async def deliver(
    client: discord.Client, target: Target, given: Reply, speak: Voice, nonce: str, *, private: PrivateChats
) -> Outcome:
    """Draw a reply and send it. The first message gets the nonce itself, the others get nonces made from it."""
    try:
        chat, pages = int(target.chat), draw(given, speak)
    except Exception as error:  # noqa: BLE001 - an error in one message must not stop the others
        note("not_carried", error)
        return Failed(type(error).__name__)
    if target.direct:
        writing = private.write(str(chat), partial(_send, pages=pages, nonce=nonce))
        return await _outcome_of(writing, lost=SHORTLY)
    return await _outcome_of(_deliver_to_server(client.get_guild(chat), target.place, pages, nonce), lost=SHORTLY)


async def edit(client: discord.Client, message: str, given: Reply, speak: Voice) -> Outcome:
    """Draw a reply, and replace a message that was sent by its first one."""
    channel, _, number = message.partition("/")
    if not (channel.isdecimal() and number.isdecimal()):
        return NO_MESSAGE
    try:
        page = draw(given, speak)[0]
    except Exception as error:  # noqa: BLE001 - as above
        note("not_carried", error)
        return Failed(type(error).__name__)
    changed = client.get_partial_messageable(int(channel)).get_partial_message(int(number))
    return await _outcome_of(_edit(changed, page, message), lost=Uncertain("lost answer"))


async def _edit(changed: discord.PartialMessage, page: Page, message: str) -> Outcome:
    """Refusals of an edit are about the message, not about the chat."""
    try:
        await changed.edit(**as_edit(page))
    except discord.HTTPException as error:
        if error.code in NOT_EDITABLE:
            return NO_MESSAGE
        if isinstance(error, discord.Forbidden) and error.code not in HELD:
            return Failed(refusal(error))
        raise
    return Sent(message)


async def withdraw(client: discord.Client, message: str) -> Outcome:
    """Delete a message that was sent. One that is not there any more, or whose channel is not, counts as deleted."""
    channel, _, number = message.partition("/")
    if not (channel.isdecimal() and number.isdecimal()):
        return NO_MESSAGE
    deleted = client.get_partial_messageable(int(channel)).get_partial_message(int(number))
    return await _outcome_of(_withdraw(deleted, message), lost=Uncertain("lost answer"))


async def _withdraw(deleted: discord.PartialMessage, message: str) -> Outcome:
    """Refusals are about the message, not about the chat."""
    try:
        await deleted.delete()
    except discord.HTTPException as error:
        if error.code in {UNKNOWN_CHANNEL, UNKNOWN_MESSAGE}:
            return Sent(message)
        if isinstance(error, discord.Forbidden) and error.code not in HELD:
            return Failed(refusal(error))
        raise
    return Sent(message)


async def _outcome_of(work: Awaitable[Outcome], *, lost: Outcome) -> Outcome:
    """The outcome of a call; `lost` if the connection broke, when it may or may not have arrived."""
    try:
        async with asyncio.timeout(LONGEST_CARRYING):
            with fail_fast():
                return await work
    except (NoChannelError, TryLaterError, discord.RateLimited, discord.HTTPException) as error:
        return _outcome(error)
    except (aiohttp.ClientError, OSError):
        return lost
    except Exception as error:  # noqa: BLE001 - such as a response that the library cannot parse
        note("not_carried", error)
        return Uncertain(type(error).__name__)


async def _deliver_to_server(found: discord.Guild | None, place: str, pages: tuple[Page, ...], nonce: str) -> Outcome:
    guild = known(found)
    wanted = chosen_channel(guild, place, pages)
    if wanted is not None:
        try:
            return await _send(wanted, pages, nonce)
        except discord.HTTPException as error:
            if error.code not in CLOSED:
                raise
    return await _send(default_channel(guild, pages), pages, nonce)


async def _send(to: discord.abc.Messageable, pages: tuple[Page, ...], nonce: str) -> Outcome:
    sent = [await send(to, page, nonce=_page_nonce(nonce, number))() for number, page in enumerate(pages)]
    return Sent(f"{sent[0].channel.id}/{sent[0].id}")  # both ids are needed to find a message


def _page_nonce(nonce: str, page: int) -> str:
    """A page's own nonce: of two messages with the same one, Discord would keep only the first."""
    return hashlib.blake2b(f"{nonce}.{page}".encode(), digest_size=12).hexdigest() if page else nonce


def _outcome(error: NoChannelError | TryLaterError | discord.RateLimited | discord.HTTPException) -> Outcome:
    match error:
        case NoChannelError(outcome=outcome):
            return outcome
        case TryLaterError(until=until):
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
        return SHORTLY  # it was deleted, but the gateway has not said so yet
    if error.code in NOBODY_THERE:
        return Unreachable("deleted")
    return Unreachable(refusal(error)) if isinstance(error, discord.Forbidden) else Failed(refusal(error))
