"""Sends notices and edits them. Thanks to the nonce, sending the same one again does no harm for some minutes."""

from __future__ import annotations

import asyncio
import hashlib
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final, TypeAlias

import aiohttp
import discord

from bot.delivery.carrier import NO_MESSAGE
from bot.platforms.discord.drawing.components import as_edit
from bot.platforms.discord.drawing.render import draw
from bot.platforms.discord.sending import channels
from bot.platforms.discord.sending.calls import note, send
from bot.platforms.discord.sending.channels import NoChannelError, known, place_of, require_rights
from bot.platforms.discord.sending.fail_fast import IN_DOUBT, SHORTLY, TryLaterError, fail_fast
from bot.platforms.discord.sending.refusals import NO_ACCESS, UNKNOWN_CHANNEL, Refusals
from core.delivery.outcome import Failed, Later, PlaceLost, Sent, Uncertain, Unreachable
from core.shared.refusals import UnavailableError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.platforms.discord.drawing.render import Page
    from bot.platforms.discord.sending.private import PrivateChats
    from bot.reply.parts import Reply
    from bot.reply.words import Voice
    from core.delivery.notice import Target
    from core.delivery.outcome import Outcome
    from core.shared.ports import Clock

    Work: TypeAlias = Callable[[discord.abc.Messageable], Awaitable[Outcome]]

LONGEST_CARRYING: Final = 15.0
UNKNOWN_MESSAGE: Final = 10008
NOT_EDITABLE: Final = frozenset({UNKNOWN_CHANNEL, NO_ACCESS, UNKNOWN_MESSAGE, 50005, 50083, 160005})
"""Unknown channel, no access, unknown message, not our own, and archived or locked threads."""


class Messenger:
    """Sends, edits, and says what the bot lacks to do so. Whatever goes wrong becomes an outcome."""

    def __init__(self, client: discord.Client, private: PrivateChats, refusals: Refusals, clock: Clock) -> None:
        """Write with a `client`, to people in their `private` chats."""
        self._client, self._private, self._refusals, self._clock = client, private, refusals, clock

    async def deliver(self, target: Target, given: Reply, speak: Voice, nonce: str) -> Outcome:
        """Draw a reply and send it. The first message gets the nonce itself, the others get nonces made from it."""
        try:
            chat, pages = int(target.chat), draw(given, speak)
        except Exception as error:  # noqa: BLE001 - an error in one message must not stop the others
            note("not_carried", error)
            return Failed(type(error).__name__)
        work = partial(_send, pages=pages, nonce=nonce, quiet=given.quiet)
        if target.direct:
            sending = self._private.write(str(chat), work)
        else:
            sending = self._deliver_to_server(chat, target.place, pages, work)
        return await self._outcome_of(sending, direct=target.direct, lost=IN_DOUBT)

    async def edit(self, message: str, given: Reply, speak: Voice) -> Outcome:
        """Draw a reply, and replace a message that was sent by its first one."""
        changed = self._sent(message)
        if changed is None:
            return NO_MESSAGE
        try:
            page = draw(given, speak)[0]
        except Exception as error:  # noqa: BLE001 - as above
            note("not_carried", error)
            return Failed(type(error).__name__)
        return await self._mended(_edit(changed, page, message))

    async def withdraw(self, message: str) -> Outcome:
        """Delete a message that was sent. It counts as deleted too if it, or its channel, is no longer there."""
        deleted = self._sent(message)
        return NO_MESSAGE if deleted is None else await self._mended(_withdraw(deleted, message))

    def _sent(self, message: str) -> discord.PartialMessage | None:
        """A message that was sent, by the id that `_send` made for it; None if this is no such id."""
        channel, _, number = message.partition("/")
        if not (channel.isdecimal() and number.isdecimal()):
            return None
        return self._client.get_partial_messageable(int(channel)).get_partial_message(int(number))

    async def _mended(self, work: Awaitable[Outcome]) -> Outcome:
        """The outcome of an edit or a deletion, whose refusals are about the message, not about the chat."""
        outcome = await self._outcome_of(work, direct=True, lost=Uncertain("lost answer"))
        if isinstance(outcome, Later):
            return outcome._replace(doubt=False)  # to do it twice does no harm
        return Failed(outcome.why) if isinstance(outcome, Unreachable | PlaceLost) else outcome

    async def lacks(self, target: Target) -> tuple[str, ...] | None:
        """What the bot lacks to write to a place; None if nobody can say now."""
        guild = None if target.direct else self._client.get_guild(int(target.chat))
        if guild is None or guild.unavailable or not guild.me:
            return () if target.direct else None
        try:
            async with asyncio.timeout(LONGEST_CARRYING):
                with fail_fast():
                    return await channels.lacks(guild, target.place)
        except (TryLaterError, discord.DiscordException, aiohttp.ClientError, OSError):
            return None

    async def _deliver_to_server(self, server: int, place: str, pages: tuple[Page, ...], work: Work) -> Outcome:
        found = await place_of(known(self._client.get_guild(server)), place)
        require_rights(found, embeds=any(page.embeds for page in pages), files=any(page.files for page in pages))
        return await work(found)

    async def _outcome_of(self, work: Awaitable[Outcome], *, direct: bool, lost: Outcome) -> Outcome:
        """The outcome of a call; `lost` if the connection broke, when it may or may not have arrived."""
        began = self._clock.now()
        try:
            async with asyncio.timeout(LONGEST_CARRYING):
                with fail_fast():
                    outcome = await work
        except discord.HTTPException as error:
            return self._refusals.outcome(error, direct=direct, began=began, now=self._clock.now())
        except (UnavailableError, aiohttp.ClientConnectorError):
            return SHORTLY  # nothing was asked of Discord
        except (aiohttp.ClientError, OSError):
            return lost
        except Exception as error:  # noqa: BLE001 - such as a response that the library cannot parse
            return _outcome(error)
        self._refusals.welcome(began)
        return outcome


def _outcome(error: Exception) -> Outcome:
    match error:
        case NoChannelError(outcome=outcome):
            return outcome
        case TryLaterError(until=until):
            return until
        case discord.RateLimited(retry_after=seconds):
            return Later(timedelta(seconds=seconds))
        case _:
            note("not_carried", error)
            return Uncertain(type(error).__name__)


async def _edit(changed: discord.PartialMessage, page: Page, message: str) -> Outcome:
    try:
        await changed.edit(**as_edit(page))
    except discord.HTTPException as error:
        if error.code in NOT_EDITABLE:
            return NO_MESSAGE
        raise
    return Sent(message)


async def _withdraw(deleted: discord.PartialMessage, message: str) -> Outcome:
    try:
        await deleted.delete()
    except discord.HTTPException as error:
        if error.code not in {UNKNOWN_CHANNEL, UNKNOWN_MESSAGE}:
            raise
    return Sent(message)


async def _send(to: discord.abc.Messageable, pages: tuple[Page, ...], nonce: str, *, quiet: bool) -> Outcome:
    """Send the pages. Once the first of them is there, what stops the others leaves the whole in doubt."""
    sent: list[discord.Message] = []
    try:
        for number, page in enumerate(pages):
            sent.append(await send(to, page, nonce=_page_nonce(nonce, number), quiet=quiet)())
    except TryLaterError as error:
        raise TryLaterError(error.until._replace(doubt=error.until.doubt or bool(sent))) from None
    return Sent(f"{sent[0].channel.id}/{sent[0].id}")  # both ids are needed to find a message


def _page_nonce(nonce: str, page: int) -> str:
    """A page's own nonce: of two messages with the same one, Discord would keep only the first."""
    return hashlib.blake2b(f"{nonce}.{page}".encode(), digest_size=12).hexdigest() if page else nonce
