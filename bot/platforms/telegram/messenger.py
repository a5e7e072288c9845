"""Brings messages to chats unasked. What goes wrong on the way becomes an outcome; nothing is tried twice here."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import structlog
from telegram.error import BadRequest, ChatMigrated, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.platform import NOT_CONNECTED
from bot.platforms.telegram.errors import never_left, seconds_of, surely_undone, why_gone, without_topic
from bot.platforms.telegram.incoming import NAME, Seat
from bot.platforms.telegram.render import render
from bot.platforms.telegram.sending import send
from core.notices import Failed, Gone, Later, Moved, Sent, Unknown
from core.people import ChatKind, ChatRef

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from telegram import Bot, Message

    from bot.platforms.telegram.limits import Limits
    from bot.platforms.telegram.reception import Reception
    from bot.platforms.telegram.render import Payload
    from bot.reply import Reply
    from bot.words import Voice
    from core.notices import Outcome, Target

log = structlog.get_logger()

SHORTLY: Final = Later(timedelta(seconds=5), fault=True)
LAST_MESSAGES: Final = 20.0  # the answer to a call is not waited for any longer either


class Messenger:
    """Sends each message exactly once: Telegram could not tell that it came twice.

    Not in the chat's lane, where an answer that waits out a limit would hold up whoever else is to be told something.
    """

    def __init__(self, bot: Bot, reception: Reception, limits: Limits, refused: asyncio.Event) -> None:
        """Send through `bot`; tell `reception` which chats are gone or moved; set `refused` where the token is."""
        self._bot, self._reception, self._limits, self._refused = bot, reception, limits, refused
        self._under_way: set[asyncio.Task[Outcome]] = set()

    async def carry(self, target: Target, given: Reply, speak: Voice) -> Outcome:
        """Draw a reply and send it."""
        carrying = asyncio.create_task(self._carry(target, given, speak))
        self._under_way.add(carrying)
        carrying.add_done_callback(self._under_way.discard)
        return await carrying

    async def finish(self) -> None:
        """Let what is under way arrive: a connection closed under it would leave a doubt for ever."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=LAST_MESSAGES)

    async def _carry(self, target: Target, given: Reply, speak: Voice) -> Outcome:
        try:
            chat = int(target.chat)
            payloads = render(given, speak, group=chat < 0)
        except Exception as error:  # noqa: BLE001 - a fault in one message must not stop the others
            return _faulty(error, Failed)
        topic = int(target.place) if target.place.isdecimal() else None
        seat = Seat(chat, ChatKind.GROUP if chat < 0 else ChatKind.PRIVATE, topic)
        first: Outcome = Failed("empty")
        for number, payload in enumerate(payloads):
            outcome = await self._send(payload, seat)
            first = outcome if number == 0 else first
            if not isinstance(outcome, Sent):
                break  # where the first part is there, all of it sent again would be worse than a part missing
        return first

    async def _send(self, payload: Payload, seat: Seat) -> Outcome:
        try:
            message = await self._placed(payload, seat)
        except TelegramError as error:
            return await self._outcome(error, seat)
        except Exception as error:  # noqa: BLE001 - such as an answer that the library cannot read
            return _faulty(error, Unknown)
        self._limits.passed()
        return Sent(str(message.message_id))

    async def _placed(self, payload: Payload, seat: Seat) -> Message:
        """Send it into its topic; where that is no more or closed, into the chat itself."""
        try:
            return await send(self._bot, seat.chat, payload, seat)
        except BadRequest as error:
            if seat.topic is None or not without_topic(error):
                raise
        return await send(self._bot, seat.chat, payload, replace(seat, topic=None))

    async def _outcome(self, error: TelegramError, seat: Seat) -> Outcome:
        match error:
            case RetryAfter():
                return self._limits.hit(seat.chat, seconds_of(error))
            case ChatMigrated(new_chat_id=new):
                await _tell(self._reception.move(seat.ref, ChatRef(NAME, str(new))))
                return Moved(str(new))
            case InvalidToken():
                self._refused.set()
                return NOT_CONNECTED
        why = why_gone(error)
        if why is not None:
            await _tell(self._reception.lose(seat.ref, seat.kind, why))
            return Gone(why)
        if isinstance(error, NetworkError) and not isinstance(error, BadRequest):
            return _of_network(error)
        return Failed(type(error).__name__)


def _of_network(error: NetworkError) -> Outcome:
    if never_left(error):
        return NOT_CONNECTED
    return SHORTLY if surely_undone(error) else Unknown("lost answer")


def _faulty(error: Exception, kind: type[Failed | Unknown]) -> Outcome:
    """A fault of ours or of the library."""
    _note("not carried", error)
    return kind(type(error).__name__)


async def _tell(telling: Awaitable[None]) -> None:
    """Where the books are out of reach, the outcome stands: the chat's next update or message tells them again."""
    try:
        await telling
    except Exception as error:  # noqa: BLE001 - whatever it is, the message has its outcome
        _note("chat not noted", error)


def _note(event: str, error: Exception) -> None:
    """Log a fault without its text, which may hold private words."""
    log.error(event, platform=NAME, kind=type(error).__name__)
