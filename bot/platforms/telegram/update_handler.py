"""What is done with one update: ask the desk, have the answer brought."""

from __future__ import annotations

import asyncio
import traceback
from typing import TYPE_CHECKING, Final, assert_never

import structlog
from telegram import Update

from bot.platforms.telegram.incoming import Event, Joined, Left, Me, Moved, Received, Seat, event_of
from bot.platforms.telegram.render import alert, render
from core.wallets.people import Chat, ChatKind

if TYPE_CHECKING:
    from telegram import Bot

    from bot.dispatch.desk import Answer, Desk
    from bot.platforms.telegram.answers import AnswerSender
    from bot.platforms.telegram.incoming import Admins
    from core.shared.ports import Clock
    from core.wallets.people import ChatRef

log = structlog.get_logger()

MOST_KNOWN: Final = 10_000
PATIENCE: Final = 3.0  # seconds that a button may spin; its press can be answered for some more


class UpdateHandler:
    """Takes updates in."""

    def __init__(self, bot: Bot, desk: Desk, answers: AnswerSender, admins: Admins, clock: Clock) -> None:
        """Hand what is received to `desk` and its answers to `answers`."""
        self._bot, self._desk, self._answers, self._admins, self._clock = bot, desk, answers, admins, clock
        self._known: dict[ChatRef, str] = {}

    async def take(self, update: object, _context: object = None) -> None:
        """Deal with an update to the end. Nothing is raised: one bad update must not stop the others."""
        try:
            me = Me(self._bot.id, self._bot.username)
            event = event_of(update, me, self._admins, self._clock.now()) if isinstance(update, Update) else None
            if event is not None:
                await self._deal_with(event)
        except asyncio.CancelledError:
            raise
        except Exception as error:  # noqa: BLE001 - the outermost door of this platform
            _note(error)

    async def _deal_with(self, event: Event) -> None:
        match event:
            case Received():
                await self._answer(event)
            case Joined(chat, locale):
                await self._greet(chat, locale)
            case Left(ref, kind, why):
                await self.lose(ref, kind, why)
            case Moved(old, new):
                await self.move(old, new)
            case other:
                assert_never(other)

    async def lose(self, ref: ChatRef, kind: ChatKind, why: str) -> None:
        """A chat can no longer be written to; when it is received from again, it is met anew."""
        self._known.pop(ref, None)
        await self._desk.gone(ref, kind, why)

    async def move(self, old: ChatRef, new: ChatRef) -> None:
        """A group has a new id."""
        self._known.pop(old, None)
        await self._desk.moved(old, new)

    async def _answer(self, received: Received) -> None:
        if received.query is not None and self._desk.is_ephemeral(received.incoming):
            await self._answer_ephemerally(received, received.query)
            return
        if received.query is not None:
            await self._answers.acknowledge(received.query)
        answer = await self._ask(received)
        if answer is not None:
            await self._bring(answer, received.seat)

    async def _answer_ephemerally(self, received: Received, query: str) -> None:
        """Work first, for a press is answered once. What takes long or many words is brought as ever."""
        working = asyncio.create_task(self._ask(received))
        try:
            done, _ = await asyncio.wait([working], timeout=PATIENCE)
            words = _alert_text(working.result()) if done else None
            told = await self._answers.acknowledge(query, words)
            answer = await working
        finally:
            working.cancel()
        if answer is not None and not (words and told):
            await self._bring(answer, received.seat)

    async def _ask(self, received: Received) -> Answer | None:
        incoming, seat = received.incoming, received.seat
        if self._known.get(seat.ref) != incoming.title:
            await self._try_to_meet(Chat(seat.ref, seat.kind, incoming.title))
        return await self._desk.answer(incoming)

    async def _bring(self, answer: Answer, seat: Seat) -> None:
        group = seat.kind is ChatKind.GROUP
        payloads = render(answer.reply, answer.voice, seat.asked, group=group, forms=not seat.channel)
        if not await self._answers.deliver(payloads, seat, replace=answer.reply.replace):
            self._known.pop(seat.ref, None)

    async def _greet(self, chat: Chat, locale: str) -> None:
        """Meet a chat that the bot was let into, and say what it does there."""
        answer = await self._desk.met(chat, locale)
        self._know(chat)
        if answer is not None:
            await self._bring(answer, Seat(int(chat.ref.id), chat.kind))

    async def _try_to_meet(self, chat: Chat) -> None:
        """Where the chat cannot be noted down, what was said there is answered all the same."""
        try:
            await self._meet(chat)
        except Exception as error:  # noqa: BLE001 - the next line is another chance
            self._known.pop(chat.ref, None)
            _note(error)

    async def _meet(self, chat: Chat) -> None:
        """Tell the desk of a chat once in a run, and when its title changes: a write for each line would be waste."""
        self._know(chat)
        await self._desk.seen(chat)

    def _know(self, chat: Chat) -> None:
        if len(self._known) >= MOST_KNOWN:
            self._known.clear()
        self._known[chat.ref] = chat.title


def _alert_text(answer: Answer | None) -> str | None:
    """The words for who pressed alone; None where there are none, or too many."""
    return None if answer is None or not answer.reply.ephemeral else alert(answer.reply, answer.voice)


def _note(error: Exception) -> None:
    """Log a fault without its text, which may hold private words."""
    frames = [f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)[-8:]]
    log.error("update failed", platform="telegram", kind=type(error).__name__, where=frames)
