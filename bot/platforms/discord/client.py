"""Listens to Discord and hands what happens to the desk."""

from __future__ import annotations

import asyncio
import sys
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakValueDictionary

import discord
import structlog
from discord import InteractionType, MessageType
from typing_extensions import override

from bot.platforms.discord.autocomplete import suggest
from bot.platforms.discord.commands import fingerprint, registered
from bot.platforms.discord.components import NOBODY
from bot.platforms.discord.fail_fast import trace_config
from bot.platforms.discord.forms import Forms
from bot.platforms.discord.incoming import PLATFORM, from_interaction, from_message, private_ref, server_ref
from bot.platforms.discord.languages import Languages
from bot.platforms.discord.messenger import deliver, edit, ref_of
from bot.platforms.discord.private import PrivateChats
from bot.platforms.discord.render import WRITE, draw
from bot.platforms.discord.responder import PATIENCE, Responder
from bot.platforms.discord.sending import LONGEST_SENDING, LOST, about, insist, note, refusal, send
from core.delivery.notice import Target
from core.delivery.outcome import Unreachable
from core.wallets.people import Chat, ChatKind

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Coroutine

    from bot.command.incoming import Incoming
    from bot.dispatch.desk import Answer, Desk
    from bot.platforms.discord.incoming import Interaction
    from bot.reply.parts import Reply
    from bot.reply.words import Voice
    from core.delivery.outcome import Outcome
    from core.shared.ports import Notes
    from core.wallets.people import ChatRef

log = structlog.get_logger()

INTENTS: Final = discord.Intents(guilds=True, dm_messages=True)  # neither needs a permission from Discord
LONGEST_LIMIT: Final = 30.0  # a rate limit of more seconds is an error; the library takes no less
LAST_ANSWERS: Final = 20.0
READ: Final = (MessageType.default, MessageType.reply)
MOST_REMEMBERED: Final = 100_000


class Client(discord.Client):
    """One connection to Discord. A new one is made for each `run`: the library's client cannot be used again."""

    def __init__(self, desk: Desk, notes: Notes, patience: float = PATIENCE) -> None:
        """Ask `desk`, remember in `notes`, defer answers that take longer than `patience` seconds."""
        super().__init__(
            intents=INTENTS,
            allowed_mentions=NOBODY,
            max_ratelimit_timeout=LONGEST_LIMIT,
            http_trace=trace_config(),
            max_messages=None,
            chunk_guilds_at_startup=False,
            guild_ready_timeout=0,  # nobody waits for `ready`, and a server joined meanwhile would go unnoticed
            member_cache_flags=discord.MemberCacheFlags.none(),
        )
        self._desk, self._notes, self._patience = desk, notes, patience
        self._forms, self._languages = Forms(notes), Languages(notes)
        self._private = PrivateChats(self)
        self._busy: set[asyncio.Task[Any]] = set()
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._reachable: set[ChatRef] = set()

    @override
    async def setup_hook(self) -> None:
        """Register the commands, but only when they have changed: Discord counts how often that is done."""
        payload = registered(self._desk.commands)
        name, found = f"discord:commands:{self.application_id}", fingerprint(payload)
        if self.application_id is None or await self._notes.note(name, datetime.now(UTC)) == found:
            return
        try:
            await self.http.bulk_upsert_global_commands(self.application_id, payload=payload)
        except LOST as error:
            log.warning("commands_not_registered", platform="discord", **about(error))
        else:
            await self._notes.put_note(name, found, None)

    async def on_interaction(self, interaction: Interaction) -> None:
        """Somebody used a command, pressed a button, filled in a form, or is typing an option."""
        incoming = from_interaction(interaction)
        async with self._serving(incoming.chat, group=incoming.group):
            if interaction.type is InteractionType.autocomplete:
                await suggest(interaction, incoming, self._desk)
            elif interaction.type is InteractionType.component and str(interaction.custom_id).startswith(WRITE):
                await self._forms.open(interaction, incoming)
            else:
                await Responder(interaction, self._forms, self._patience).take(self._answer(incoming))
                await self._languages.heard(incoming)
                await self._note_reachable(incoming)

    async def on_message(self, message: discord.Message) -> None:
        """Somebody wrote to the bot in private; what is written in servers is never read."""
        private = isinstance(message.channel, discord.DMChannel)
        if not private or message.author.bot or message.type not in READ:
            return
        async with self._serving(private_ref(message.author.id), group=False):
            language = await self._languages.of(str(message.author.id), message.created_at)
            incoming = from_message(message, language)
            answer = await self._answer(incoming)
            if answer is not None:
                await self._reply(message, answer)
                await self._note_reachable(incoming)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """The bot was added to a server; it says once what it does there."""
        chat = Chat(server_ref(guild.id), ChatKind.GROUP, guild.name)
        answer = await self._desk.met(chat, str(guild.preferred_locale.value))
        if answer is not None:
            outcome = await self.carry(Target(PLATFORM, chat.ref.id), answer.reply, answer.voice, f"g{guild.id}")
            log.info("greeted", platform=PLATFORM, outcome=type(outcome).__name__.lower())

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """The bot was removed from a server, or the server was deleted."""
        await self._lose(server_ref(guild.id), ChatKind.GROUP, "removed")

    @override
    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """Log a fault of ours without its text, which may hold private words."""
        log.error("fault", platform="discord", handler=event_method, **about(sys.exception()))

    def calls(self, target: Target) -> int:
        """How many calls it takes to deliver a message there."""
        return 2 if target.direct and not self._private.knows(target.chat) else 1

    async def carry(self, target: Target, given: Reply, speak: Voice, nonce: str) -> Outcome:
        """Bring a message unasked."""
        outcome = await self._through(deliver(self, target, given, speak, nonce, private=self._private))
        if isinstance(outcome, Unreachable):
            await self._try_to_lose(target, outcome.why)
        return outcome

    async def amend(self, message: str, given: Reply, speak: Voice) -> Outcome:
        """Change a message that was brought."""
        return await self._through(edit(self, message, given, speak))

    async def _through(self, work: Coroutine[None, None, Outcome]) -> Outcome:
        """In a task of its own, so that `finish` waits for it and not for whoever asked."""
        working = asyncio.create_task(work)
        self._busy.add(working)
        working.add_done_callback(self._busy.discard)
        return await working

    async def finish(self) -> None:
        """Let the answers under way go out."""
        if self._busy:
            _, late = await asyncio.wait(self._busy, timeout=LAST_ANSWERS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    @asynccontextmanager
    async def _serving(self, chat: ChatRef, *, group: bool) -> AsyncGenerator[None]:
        """Count as busy. What Discord does not let through is logged; a chat that is closed to the bot is retired."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - an event handler runs in a task
        self._busy.add(task)
        try:
            yield
        except discord.Forbidden as error:
            await self._lose(chat, ChatKind.GROUP if group else ChatKind.PRIVATE, refusal(error))
        except LOST as error:
            log.warning("answer_lost", platform="discord", group=group, **about(error))
        finally:
            self._busy.discard(task)

    async def _answer(self, incoming: Incoming) -> Answer | None:
        """What one person does in one chat is taken up one after another, in the order in which it came."""
        turn = self._turns.setdefault(f"{incoming.chat} {incoming.who}", asyncio.Lock())
        async with turn:
            return await self._desk.answer(incoming)

    async def _reply(self, message: discord.Message, answer: Answer) -> None:
        """The nonce makes Discord give back the first answer where the same message came in twice."""
        async with asyncio.timeout(LONGEST_SENDING):
            for number, page in enumerate(draw(answer.reply, answer.voice)):
                await insist(send(message.channel, page, nonce=f"m{message.id}.{number}"))

    async def _note_reachable(self, incoming: Incoming) -> None:
        """A chat that was retired can be written to again: said once for each chat and connection."""
        if incoming.chat in self._reachable:
            return
        if len(self._reachable) >= MOST_REMEMBERED:
            self._reachable.clear()
        self._reachable.add(incoming.chat)
        kind = ChatKind.GROUP if incoming.group else ChatKind.PRIVATE
        await self._desk.seen(Chat(incoming.chat, kind, incoming.title))

    async def _lose(self, chat: ChatRef, kind: ChatKind, why: str) -> None:
        self._reachable.discard(chat)
        await self._desk.gone(chat, kind, why)

    async def _try_to_lose(self, target: Target, why: str) -> None:
        """Where the books are out of reach, the outcome stands all the same: the next message will tell them."""
        try:
            await self._lose(ref_of(target), ChatKind.PRIVATE if target.direct else ChatKind.GROUP, why)
        except Exception as error:  # noqa: BLE001 - whatever it is, the message has its outcome
            note("chat_not_noted", error)
