"""Handles one update: asks the desk, and has the answer sent."""

from __future__ import annotations

import asyncio
import traceback
from typing import TYPE_CHECKING, Final, assert_never

import structlog

from bot.platforms.telegram.drawing.render import alert, render
from bot.platforms.telegram.updates.incoming import Event, Joined, Left, Me, Moved, Received, Seat, event_of
from core.shared.refusals import UnavailableError
from core.wallets.people import Chat, ChatKind

if TYPE_CHECKING:
    from telegram import Bot

    from bot.dispatch.desk import Answer, Desk
    from bot.platforms.telegram.sending.answers import AnswerSender
    from bot.platforms.telegram.updates.inbox import Arrival
    from bot.platforms.telegram.updates.incoming import Admins
    from core.wallets.people import ChatRef

log = structlog.get_logger()

MOST_KNOWN: Final = 10_000
PATIENCE: Final = 3.0  # seconds that a button may show its spinner; a press can still be answered after that


class UpdateHandler:
    """Handles updates, and remembers which chats the desk knows to be reachable."""

    def __init__(self, bot: Bot, desk: Desk, answers: AnswerSender, admins: Admins) -> None:
        """Pass updates to `desk`, and its answers to `answers`."""
        self._bot, self._desk, self._answers, self._admins = bot, desk, answers, admins
        self._known: dict[ChatRef, str] = {}

    async def handle(self, arrival: Arrival) -> bool:
        """Handle an update completely. Nothing is raised: one bad update must not stop the others.

        Returns False if the store is out of reach and the update is on disk: it is to be handled later, so nobody is
        asked to send it again.
        """
        try:
            event = event_of(arrival.update, Me(self._bot.id, self._bot.username), self._admins, arrival.at)
            if event is not None:
                await self._dispatch(event, arrival)
        except asyncio.CancelledError:
            raise
        except Exception as error:  # noqa: BLE001 - nobody above could handle it
            if arrival.kept and isinstance(error, UnavailableError):
                return False
            _log_error(error)
        return True

    async def _dispatch(self, event: Event, arrival: Arrival) -> None:
        match event:
            case Received():
                await self._answer(event, arrival)
            case Joined(chat, locale):
                await self._greet(chat, locale)
            case Left(ref, kind, why):
                await self.note_unreachable(ref, kind, why)
            case Moved(old, new):
                await self.note_moved(old, new)
            case other:
                assert_never(other)

    async def note_unreachable(self, ref: ChatRef, kind: ChatKind, why: str) -> None:
        """A chat can no longer be written to; its next update will note that it can again."""
        self._known.pop(ref, None)
        await self._desk.chat_unreachable(ref, kind, why)

    async def note_moved(self, old: ChatRef, new: ChatRef) -> None:
        """A group has a new id."""
        self._known.pop(old, None)
        await self._desk.chat_moved(old, new)

    async def _answer(self, received: Received, arrival: Arrival) -> None:
        if received.query is not None and self._desk.is_ephemeral(received.incoming):
            await self._answer_ephemerally(received, received.query, arrival)
            return
        if received.query is not None:
            await self._answers.acknowledge(received.query)
        answer = await self._ask(received, arrival)
        if answer is not None:
            await self._send(answer, received.seat)

    async def _answer_ephemerally(self, received: Received, query: str, arrival: Arrival) -> None:
        """Work first, because a press can be answered only once. A late or long answer is sent as a message."""
        working = asyncio.create_task(self._ask(received, arrival))
        try:
            done, _ = await asyncio.wait([working], timeout=PATIENCE)
            words = _alert_text(working.result()) if done else None
            shown = await self._answers.acknowledge(query, words)
            answer = await working
        finally:
            working.cancel()
        if answer is not None and not (words and shown):
            await self._send(answer, received.seat)

    async def _ask(self, received: Received, arrival: Arrival) -> Answer | None:
        incoming, seat = received.incoming, received.seat
        if self._known.get(seat.ref) != incoming.title:
            await self._try_to_note_reachable(Chat(seat.ref, seat.kind, incoming.title))
        answer = await self._desk.answer(incoming)
        if answer is not None and answer.outage is not None and arrival.kept:
            raise UnavailableError(answer.outage)
        return answer

    async def _send(self, answer: Answer, seat: Seat) -> None:
        group = seat.kind is ChatKind.GROUP
        payloads = render(answer.reply, answer.voice, seat.asked, group=group, forms=not seat.channel)
        if not await self._answers.deliver(payloads, seat, replace=answer.reply.replace):
            self._known.pop(seat.ref, None)

    async def _greet(self, chat: Chat, locale: str) -> None:
        """Note a chat to which the bot was added, and greet it."""
        answer = await self._desk.chat_joined(chat, locale)
        self._remember(chat)
        if answer is not None:
            await self._send(answer, Seat(int(chat.ref.id), chat.kind))

    async def _try_to_note_reachable(self, chat: Chat) -> None:
        """Note that a chat can be written to; if that fails, its update is answered all the same."""
        try:
            await self._note_reachable(chat)
        except Exception as error:  # noqa: BLE001 - the next update is another chance
            self._known.pop(chat.ref, None)
            _log_error(error)

    async def _note_reachable(self, chat: Chat) -> None:
        """Once in a run, and when the title changes: a write for each update would be a waste."""
        self._remember(chat)
        await self._desk.chat_reachable(chat)

    def _remember(self, chat: Chat) -> None:
        if len(self._known) >= MOST_KNOWN:
            self._known.clear()
        self._known[chat.ref] = chat.title


def _alert_text(answer: Answer | None) -> str | None:
    """The text to show only to the one who pressed; None if there is none, or if it is too long."""
    return None if answer is None or not answer.reply.ephemeral else alert(answer.reply, answer.voice)


def _log_error(error: Exception) -> None:
    """Log an error without its text, which may contain private words."""
    frames = [f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)[-8:]]
    log.error("update failed", platform="telegram", kind=type(error).__name__, where=frames)
