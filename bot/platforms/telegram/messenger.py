"""Sends notices and edits them. Errors become outcomes; nothing is retried here."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import structlog
from telegram.error import BadRequest, ChatMigrated, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.delivery.carrier import NO_MESSAGE, NOT_CONNECTED
from bot.platforms.telegram.drawing.render import Message, render
from bot.platforms.telegram.sending.errors import (
    code_of,
    is_foreign,
    is_unchanged,
    message_is_gone,
    seconds_of,
    was_never_sent,
    why_gone,
    why_place_lost,
)
from bot.platforms.telegram.sending.rights import lacking
from bot.platforms.telegram.sending.send import edit, send
from bot.platforms.telegram.sending.withdraw import delete
from bot.platforms.telegram.updates.incoming import NAME, Seat
from core.delivery.outcome import Failed, Later, Moved, PlaceLost, Sent, Uncertain, Unreachable
from core.wallets.people import ChatKind, ChatRef

if TYPE_CHECKING:
    from collections.abc import Awaitable, Coroutine

    import telegram

    from bot.dispatch.desk import Desk
    from bot.platforms.telegram.drawing.render import Payload
    from bot.platforms.telegram.sending.limits import Limits
    from bot.reply.parts import Reply
    from bot.reply.words import Voice
    from core.delivery.notice import Target
    from core.delivery.outcome import Outcome

log = structlog.get_logger()

PAGE: Final = Later(timedelta(seconds=5), all=True, fault=True)
"""Something between the bot and Telegram refuses every call."""
LAST_MESSAGES: Final = 20.0  # in seconds; calls time out after this, too


class Messenger:
    """Makes each call once, because Telegram cannot recognise a message that is sent twice.

    It does not share the locks of answers: an answer that waits out a rate limit would delay the notices of all chats.
    """

    def __init__(self, bot: telegram.Bot, desk: Desk, limits: Limits, refused: asyncio.Event) -> None:
        """`desk` is notified of chats that are gone or moved; `refused` is set if Telegram refuses the token."""
        self._bot, self._desk, self._limits, self._refused = bot, desk, limits, refused
        self._under_way: set[asyncio.Task[Outcome]] = set()
        self._lost_topics: set[tuple[int, int]] = set()

    async def carry(self, target: Target, given: Reply, speak: Voice) -> Outcome:
        """Draw a reply and send it."""
        return await self._through(self._carry(target, given, speak))

    async def amend(self, target: Target, message: str, given: Reply, speak: Voice) -> Outcome:
        """Draw a reply, and replace a message by its first part."""
        return await self._through(self._amend(target, message, given, speak))

    async def lacks(self, target: Target) -> tuple[str, ...] | None:
        """What the bot lacks to write there. That a topic is closed or gone shows only when something is sent to it."""
        seat = _seat(target, int(target.chat))
        lacked = await lacking(self._bot, seat.chat)
        if lacked is None or seat.topic is None or (seat.chat, seat.topic) not in self._lost_topics:
            return lacked
        return (*lacked, "topic")

    async def withdraw(self, target: Target, message: str) -> Outcome:
        """Delete a message."""
        return await self._through(self._withdraw(target, message))

    async def _through(self, work: Coroutine[None, None, Outcome]) -> Outcome:
        """Run as a separate task, so that `finish` can wait for it."""
        working = asyncio.create_task(work)
        self._under_way.add(working)
        working.add_done_callback(self._under_way.discard)
        return await working

    async def finish(self) -> None:
        """Wait for calls in progress: if the connection closed under one, its outcome would stay uncertain."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=LAST_MESSAGES)

    async def _carry(self, target: Target, given: Reply, speak: Voice) -> Outcome:
        try:
            chat = int(target.chat)
            payloads = render(given, speak, group=chat < 0, home=self._bot.link)
        except Exception as error:  # noqa: BLE001 - an error in one message must not stop the others
            return _faulty(error, Failed)
        first: Outcome = Failed("empty")
        for number, payload in enumerate(payloads):
            outcome = await self._send(payload, _seat(target, chat, quiet=given.quiet))
            first = outcome if number == 0 else first
            if not isinstance(outcome, Sent):
                break  # once the first part is sent, repeating everything would be worse than a missing part
        return first

    async def _amend(self, target: Target, message: str, given: Reply, speak: Voice) -> Outcome:
        try:
            chat, number = int(target.chat), int(message)
            payload = next(iter(render(given, speak, group=chat < 0, home=self._bot.link)), None)
        except Exception as error:  # noqa: BLE001 - as above
            return _faulty(error, Failed)
        if not isinstance(payload, Message):
            return Failed("empty" if payload is None else "file")
        try:
            await edit(self._bot, chat, number, payload)
        except TelegramError as error:
            if message_is_gone(error):
                return NO_MESSAGE
            if not is_unchanged(error):
                return await self._outcome(error, _seat(target, chat))
        except Exception as error:  # noqa: BLE001 - such as a response that the library cannot parse
            return _faulty(error, Uncertain)
        self._limits.passed()
        return Sent(message)

    async def _withdraw(self, target: Target, message: str) -> Outcome:
        try:
            chat = int(target.chat)
            outcome = await delete(self._bot, chat, int(message))
        except TelegramError as error:
            return await self._outcome(error, _seat(target, chat))
        except Exception as error:  # noqa: BLE001 - such as a response that the library cannot parse
            return _faulty(error, Uncertain)
        self._limits.passed()
        return outcome

    async def _send(self, payload: Payload, seat: Seat) -> Outcome:
        try:
            message = await send(self._bot, seat.chat, payload, seat)
        except TelegramError as error:
            return await self._outcome(error, seat)
        except Exception as error:  # noqa: BLE001 - such as a response that the library cannot parse
            return _faulty(error, Uncertain)
        self._limits.passed()
        if seat.topic is not None:
            self._lost_topics.discard((seat.chat, seat.topic))
        return Sent(str(message.message_id))

    async def _outcome(self, error: TelegramError, seat: Seat) -> Outcome:
        if is_foreign(error):
            return PAGE
        match error:
            case RetryAfter():
                return self._limits.hit(seat.chat, seconds_of(error))
            case ChatMigrated(new_chat_id=new):
                await _report(self._desk.chat_moved(seat.ref, ChatRef(NAME, str(new))))
                return Moved(str(new))
            case InvalidToken():
                self._refused.set()
                return NOT_CONNECTED
        if isinstance(error, NetworkError) and not isinstance(error, BadRequest):
            return NOT_CONNECTED if was_never_sent(error) else Uncertain("lost answer")
        return await self._refusal(error, seat)

    async def _refusal(self, error: TelegramError, seat: Seat) -> Outcome:
        """The outcome of a message that the Bot API refused. Only what it says about the chat itself retires that."""
        if (gone := why_gone(error)) is not None:
            await _report(self._desk.chat_unreachable(seat.ref, seat.kind, gone))
            return Unreachable(gone)
        if (lost := why_place_lost(error)) is not None:
            if seat.topic is not None and lost != "rights":
                self._lost_topics.add((seat.chat, seat.topic))
            return PlaceLost(lost)
        log.error("message refused", platform=NAME, kind=type(error).__name__, code=code_of(error))
        return Failed(type(error).__name__)


def _seat(target: Target, chat: int, *, quiet: bool = False) -> Seat:
    topic = int(target.place) if target.place.isdecimal() else None
    return Seat(chat, ChatKind.GROUP if chat < 0 else ChatKind.PRIVATE, topic, quiet=quiet)


def _faulty(error: Exception, kind: type[Failed | Uncertain]) -> Outcome:
    """The outcome after an unexpected error, ours or the library's."""
    _note("not carried", error)
    return kind(type(error).__name__)


async def _report(reporting: Awaitable[None]) -> None:
    """If the store is out of reach, the outcome stands: the chat's next update or message will report it again."""
    try:
        await reporting
    except Exception as error:  # noqa: BLE001 - whatever happens, the message has its outcome
        _note("chat not noted", error)


def _note(event: str, error: Exception) -> None:
    """Log an error without its text, which may contain private words."""
    log.error(event, platform=NAME, kind=type(error).__name__)
