"""Receives events from Discord and passes them to the desk."""

from __future__ import annotations

import asyncio
import hashlib
import sys
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakValueDictionary

import discord
import structlog
from discord import InteractionType, MessageType
from typing_extensions import override

from bot.base.own_names import note_own_name
from bot.platforms.coming_answers import ComingAnswers, stopped_if_lost
from bot.platforms.discord.drawing.components import NOBODY
from bot.platforms.discord.drawing.render import WRITE, draw
from bot.platforms.discord.events.incoming import (
    PLATFORM,
    custom_id_of,
    from_edit,
    from_interaction,
    from_message,
    private_ref,
    server_ref,
)
from bot.platforms.discord.events.languages import Languages
from bot.platforms.discord.interactions.autocomplete import suggest
from bot.platforms.discord.interactions.forms import Forms
from bot.platforms.discord.interactions.responder import PATIENCE, Responder
from bot.platforms.discord.invite import invite_link
from bot.platforms.discord.sending.admins import is_admin, is_member
from bot.platforms.discord.sending.calls import LOST, about, note, send_all
from bot.platforms.discord.sending.channels import greeting_channel
from bot.platforms.discord.sending.fail_fast import trace_config
from bot.platforms.discord.sending.growing import GrowingAnswers
from bot.platforms.discord.sending.messenger import Messenger
from bot.platforms.discord.sending.placing import take_place
from bot.platforms.discord.sending.private import PrivateChats
from bot.platforms.discord.sending.refusals import Refusals, gone
from bot.platforms.identity import require_own
from bot.reply.parts import reply, say, without_buttons
from bot.reply.words import FALLBACK_VOICE, Voice
from core.delivery.notice import Target
from core.delivery.outcome import Sent, Unreachable
from core.wallets.people import Chat, ChatKind

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Coroutine

    from bot.command.incoming import Incoming
    from bot.dispatch.desk import Answer, Desk
    from bot.platforms.discord.events.incoming import Interaction
    from bot.platforms.discord.sending.invalid import InvalidAnswers
    from bot.reply.parts import Reply
    from core.delivery.outcome import Outcome
    from core.shared.ports import Clock, Notes
    from core.wallets.people import ChatRef

log = structlog.get_logger()

INTENTS: Final = discord.Intents(
    guilds=True, dm_messages=True
)  # neither is privileged, so Discord need not approve the bot
LONGEST_LIMIT: Final = 30.0  # in seconds; a longer rate limit is an error. The library allows no smaller value
LAST_ANSWERS: Final = 20.0
OVER: Final = 50027
"""The token of an interaction has expired."""
READ: Final = (MessageType.default, MessageType.reply)


class Client(discord.Client):
    """One connection to Discord. Each `run` makes a new one, because the library's client cannot be reused."""

    def __init__(
        self, desk: Desk, notes: Notes, clock: Clock, invalid: InvalidAnswers, patience: float = PATIENCE
    ) -> None:
        """Answers that take longer than `patience` seconds are deferred. `invalid` answers are counted."""
        super().__init__(
            intents=INTENTS,
            allowed_mentions=NOBODY,
            max_ratelimit_timeout=LONGEST_LIMIT,
            http_trace=trace_config(invalid),
            max_messages=None,
            chunk_guilds_at_startup=False,
            guild_ready_timeout=0,  # `ready` is not awaited, and a server joined meanwhile would go unnoticed
            member_cache_flags=discord.MemberCacheFlags.none(),
        )
        self._desk, self._notes, self._clock, self._patience = desk, notes, clock, patience
        self._forms, self._languages = Forms(notes), Languages(notes)
        self._growing, self._coming = GrowingAnswers(), ComingAnswers(PLATFORM)
        self._private = PrivateChats(self, notes, clock)
        self._messenger = Messenger(self, self._private, Refusals(), clock)
        self._busy: set[asyncio.Task[Any]] = set()
        self._in_order: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @override
    async def setup_hook(self) -> None:
        """Make sure that this bot may use the database."""
        if self.user is not None:
            await require_own(self._notes, PLATFORM, str(self.user.id))
            await note_own_name(self._notes, PLATFORM, str(self.user), self._clock.now())
        if self.application_id is not None:
            log.info("invitation", platform=PLATFORM, address=invite_link(self.application_id))
        await self._warn_of_many_servers()

    async def _warn_of_many_servers(self) -> None:
        """Say in time that the bot connects without shards, which Discord accepts up to 2,500 servers."""
        try:
            shards, *_ = await self.http.get_bot_gateway()
        except (discord.GatewayNotFound, *LOST):
            return  # the next start will ask again
        if shards > 1:
            advice = FALLBACK_VOICE.say(say("discord-many-servers", shards=shards))
            log.warning("many_servers", platform=PLATFORM, advice=advice)

    async def on_interaction(self, interaction: Interaction) -> None:
        """Somebody used a command, pressed a button, submitted a form, or is typing an option."""
        incoming = from_interaction(interaction)
        async with self._serving(incoming.chat, group=incoming.group, away=incoming.away):
            if interaction.type is InteractionType.autocomplete:
                await suggest(interaction, incoming, self._desk)
            elif interaction.type is InteractionType.component and custom_id_of(interaction).startswith(WRITE):
                await self._forms.open(interaction, incoming)
            else:
                responder = Responder(interaction, incoming, self._forms, self._patience)
                incoming = replace(incoming, meanwhile=responder.show_meanwhile)
                answer = await responder.respond(self._answer(incoming))
                if answer is not None and answer.coming is not None:
                    await self._coming.expect(answer.coming, partial(self._take_place, interaction, responder))
                await self._languages.remember(incoming)
                await self._learn_chat(interaction)

    async def on_message(self, message: discord.Message) -> None:
        """Somebody sent the bot a direct message; messages in servers are never read."""
        if _is_for_us(message):
            await self._answer_message(message, from_message, nonce=f"m{message.id}")

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """A direct message has changed. If only the preview of a link was added, nobody has edited it."""
        message = payload.message
        if _is_for_us(message) and message.edited_at is not None and message.content:
            nonce = hashlib.blake2b(f"{message.id} {message.edited_at}".encode(), digest_size=8).hexdigest()
            await self._answer_message(message, from_edit, nonce=f"e{nonce}")

    async def _answer_message(
        self, message: discord.Message, read: Callable[[discord.Message, str], Incoming], *, nonce: str
    ) -> None:
        user = str(message.author.id)
        async with self._serving(private_ref(message.author.id), group=False):
            await self._private.learn(user, message.channel.id)
            incoming = read(message, await self._languages.of(user, message.created_at))
            answer = await self._answer(incoming)
            if answer is not None:
                await self._reply(message, answer, nonce)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """The bot was added to a server, and greets it once."""
        chat = Chat(server_ref(guild.id), ChatKind.GROUP, guild.name)
        answer = await self._desk.chat_joined(chat, str(guild.preferred_locale.value))
        if answer is not None:
            channel = greeting_channel(guild)
            target = Target(PLATFORM, chat.ref.id, place="" if channel is None else str(channel.id))
            outcome = await self.carry(target, answer.reply, answer.voice, f"g{guild.id}")
            log.info("greeted", platform=PLATFORM, outcome=type(outcome).__name__.lower())
            if not isinstance(outcome, Sent):
                await self._desk.joining_not_heard(chat.ref)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """The bot was removed from a server, or the server was deleted."""
        await self._desk.chat_left(server_ref(guild.id), ChatKind.GROUP, "removed")

    @override
    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """Log an error of ours without its text, which may contain private words."""
        log.error("fault", platform="discord", handler=event_method, **about(sys.exception()))

    async def calls(self, target: Target) -> int:
        """How many API calls it takes to deliver a message there."""
        return 2 if target.direct and not await self._private.knows(target.chat) else 1

    async def lacks(self, target: Target) -> tuple[str, ...] | None:
        """What the bot lacks to write to a place."""
        return await self._messenger.lacks(target)

    async def is_admin(self, server: int, user: int) -> bool | None:
        """Whether a member may manage a server now; None if Discord does not say."""
        return await is_admin(self.get_guild(server), user)

    async def is_member(self, server: int, user: int) -> bool | None:
        """Whether somebody is on a server now; None if Discord does not say."""
        return await is_member(self.get_guild(server), user)

    async def carry(self, target: Target, given: Reply, speak: Voice, nonce: str) -> Outcome:
        """Send a notice; a chat that cannot be reached is noted."""
        outcome = await self._through(self._messenger.deliver(target, given, speak, nonce))
        if isinstance(outcome, Unreachable):
            await self._try_to_retire(target, outcome.why)
        return outcome

    async def amend(self, message: str, given: Reply, speak: Voice) -> Outcome:
        """Edit a message that was sent by `carry`."""
        return await self._through(self._messenger.edit(message, given, speak))

    async def withdraw(self, message: str) -> Outcome:
        """Delete a message that was sent by `carry`."""
        return await self._through(self._messenger.withdraw(message))

    async def _through(self, work: Coroutine[None, None, Outcome]) -> Outcome:
        """Run as a separate task, so that `finish` can wait for it."""
        working = asyncio.create_task(work)
        self._busy.add(working)
        working.add_done_callback(self._busy.discard)
        return await working

    async def finish(self) -> None:
        """Wait until the answers in progress have been sent, but not for long."""
        await self._coming.finish()
        if self._busy:
            _, late = await asyncio.wait(self._busy, timeout=LAST_ANSWERS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    @asynccontextmanager
    async def _serving(self, chat: ChatRef, *, group: bool, away: bool = False) -> AsyncGenerator[None]:
        """Count as busy. An answer that Discord rejects is logged; a person who is gone is retired.

        What is refused `away` from a chat says nothing about that chat.
        """
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - an event handler runs in a task
        self._busy.add(task)
        try:
            yield
        except LOST as error:
            about_chat = not group and not away
            if about_chat and isinstance(error, discord.HTTPException) and (why := gone(error)):
                await self._desk.chat_unreachable(chat, ChatKind.PRIVATE, why)
            else:
                log.warning("answer_lost", platform="discord", group=group, **about(error))
        finally:
            self._busy.discard(task)

    async def _answer(self, incoming: Incoming) -> Answer | None:
        """What one person does in one chat is handled in order, one at a time."""
        lock = self._in_order.setdefault(f"{incoming.chat} {incoming.who}", asyncio.Lock())
        async with lock:
            return await self._desk.answer(incoming)

    async def _reply(self, message: discord.Message, answer: Answer, nonce: str) -> None:
        """If the same message is received twice, the nonce makes Discord return the first answer."""
        growing = answer.reply.growing
        if growing is not None and isinstance(message.channel, discord.DMChannel):
            await self._growing.give(message.channel, growing, answer, nonce)
            return
        with stopped_if_lost(answer):
            sent = await send_all(message.channel, draw(answer.reply, answer.voice), nonce)
        if answer.coming is not None:
            await self._coming.expect(answer.coming, partial(take_place, sent, nonce=f"{nonce}c"))

    async def _take_place(self, interaction: Interaction, responder: Responder, answer: Answer) -> None:
        """Put an answer in the place of one to an interaction."""
        try:
            if not responder.over:
                await responder.take_place(answer)
                return
        except discord.HTTPException as error:
            if error.code != OVER:
                raise
            responder.over = True
        await self._take_place_late(interaction, responder, answer)

    async def _take_place_late(self, interaction: Interaction, responder: Responder, answer: Answer) -> None:
        """The same once the interaction is over. In private the message can be edited as any other.

        On a server only the person sees it, so it cannot, and what comes in the end is sent to their private chat.
        """
        nonce, person = f"c{interaction.id}", Target(PLATFORM, str(interaction.user.id), direct=True)
        if interaction.context.dm_channel and interaction.channel_id is not None:
            channel = self.get_partial_messageable(interaction.channel_id)
            message = responder.message or interaction.id  # which is no message's, so that a new one is sent
            await take_place(channel.get_partial_message(message), answer, nonce)
        elif answer.coming is None:
            where, server = ("elsewhere", "") if interaction.guild is None else ("server", interaction.guild.name)
            told = reply(say("coming-late", where=where, server=server), *without_buttons(answer.reply).parts)
            outcome = await self.carry(person, told, answer.voice, nonce)
            log.info("answered_in_private", platform=PLATFORM, outcome=type(outcome).__name__.lower())

    async def _learn_chat(self, interaction: Interaction) -> None:
        """Note the channel of somebody's direct messages with the bot itself, so that it need not be opened."""
        if interaction.context.dm_channel and interaction.channel_id is not None:
            await self._private.learn(str(interaction.user.id), interaction.channel_id)

    async def _try_to_retire(self, target: Target, why: str) -> None:
        """If the store is out of reach, the outcome stands all the same: the next message will fail and be noted."""
        try:
            await self._desk.chat_unreachable(target.ref, target.kind, why)
        except Exception as error:  # noqa: BLE001 - whatever happens, the message has its outcome
            note("chat_not_noted", error)


def _is_for_us(message: discord.Message) -> bool:
    """Whether this is a direct message of a person."""
    return isinstance(message.channel, discord.DMChannel) and not message.author.bot and message.type in READ
