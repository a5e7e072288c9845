"""Sends answers to chats. Errors of sending are handled here and not raised."""

from __future__ import annotations

import dataclasses
from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

import structlog
from telegram import InlineKeyboardMarkup
from telegram.error import BadRequest, RetryAfter, TelegramError

from bot.platforms.telegram.drawing.render import Document, Message
from bot.platforms.telegram.drawing.text import html, lines_of
from bot.platforms.telegram.sending.errors import code_of, is_unchanged, message_is_gone, seconds_of, why_gone
from bot.platforms.telegram.sending.send import edit, send
from bot.platforms.telegram.sending.withdraw import delete
from bot.platforms.telegram.updates.incoming import NAME
from bot.platforms.telegram.updates.ordering import KeyedLocks

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from telegram import Bot

    from bot.dispatch.desk import Desk
    from bot.platforms.telegram.drawing.render import Payload
    from bot.platforms.telegram.sending.calls import Calls
    from bot.platforms.telegram.updates.incoming import Seat

log = structlog.get_logger()

ACKNOWLEDGE_TIMEOUT: Final = 5.0


class Standing(NamedTuple):
    """A message in which an answer stands; if it has a picture or a file, the words are its caption."""

    message: int
    captioned: bool


class AnswerSender:
    """Sends answers, one after another in each chat; a chat that must wait does not delay others."""

    def __init__(self, bot: Bot, desk: Desk, calls: Calls) -> None:
        """`desk` is notified of chats that cannot be reached any more."""
        self._bot, self._desk, self._calls = bot, desk, calls
        self._chats, self._messages = KeyedLocks(), KeyedLocks()

    async def acknowledge(self, query: str, words: str | None = None) -> bool:
        """Stop the spinner of a pressed button, and show `words`, if given, to the one who pressed; whether it worked.

        This is a courtesy: it is tried once, and a failure is no reason not to carry out the press.
        """
        shown = None if words is None else True
        try:
            await self._bot.answer_callback_query(query, words, shown, read_timeout=ACKNOWLEDGE_TIMEOUT)
        except TelegramError as error:
            log.debug("not acknowledged", platform=NAME, kind=type(error).__name__)
            return False
        return True

    async def open_chat(self, query: str, url: str) -> bool:
        """Answer a press by opening the bot's private chat; whether it worked. A client shows no words beside that."""
        try:
            await self._bot.answer_callback_query(query, url=url, read_timeout=ACKNOWLEDGE_TIMEOUT)
        except TelegramError as error:
            log.debug("not opened", platform="telegram", kind=type(error).__name__)
            return False
        return True

    async def show_meanwhile(self, seat: Seat, keyboard: InlineKeyboardMarkup | None, words: str) -> None:
        """Show words in the message whose button was pressed, until the answer comes. Its buttons stay."""
        message, payload = seat.pressed, Message(html(lines_of(words)), keyboard)
        if message is None:
            return
        try:
            await self._change(message, payload, seat)
        except TelegramError as error:
            log.debug("not shown meanwhile", platform=NAME, kind=type(error).__name__)

    async def deliver(
        self, payloads: Sequence[Payload], seat: Seat, *, replace: bool, in_caption: bool = False
    ) -> Sequence[Standing]:
        """Send an answer, or edit the message whose button was pressed. Who cannot be reached is noted.

        in_caption: words may take the place of those below a picture, whose place another picture takes later.

        Returns the messages in which the answer stands, in order.
        """
        async with self._chats.hold(seat.chat):
            try:
                return await self._deliver(payloads, seat, replace=replace, in_caption=in_caption)
            except TelegramError as error:
                await self._lost(error, seat)
                return ()

    async def take_place(self, payloads: Sequence[Payload], seat: Seat, before: Standing) -> None:
        """Put an answer in the place of one that was shown before it; if that is impossible, it goes below.

        A large file takes long, so the other answers in the chat do not wait for it.
        """
        there = dataclasses.replace(seat, pressed=before.message, captioned=before.captioned, has_file=False)
        try:
            shown = await self._deliver(payloads, there, replace=True, in_caption=True)
        except TelegramError as error:
            await self._lost(error, seat)
            return
        if not shown or shown[0].message == before.message:
            return
        try:
            await self._calls.make(seat.chat, lambda chat: delete(self._bot, chat, before.message), idempotent=True)
        except TelegramError as error:
            log.debug("not taken away", platform=NAME, kind=type(error).__name__)

    async def show_stage(self, payloads: Sequence[Payload], seat: Seat, before: Standing) -> None:
        """Show in a message how far it is. That is tried once, because something newer takes its place soon.

        If Telegram says to wait, that is waited out here, so that what comes next need not.
        """
        if len(payloads) != 1:
            return
        try:
            await self._change_once(seat.chat, before.message, payloads[0], captioned=before.captioned)
        except RetryAfter as error:
            await self._calls.wait(seconds_of(error))
        except TelegramError as error:
            log.debug("stage not shown", platform=NAME, kind=type(error).__name__)

    async def edit(self, call: Callable[[int], Awaitable[None]], seat: Seat) -> bool:
        """Edit a message that was sent before; False if that is impossible, so that it has to be sent anew."""
        async with self._chats.hold(seat.chat):
            try:
                await self._calls.make(seat.chat, call, idempotent=True)
            except TelegramError as error:
                if message_is_gone(error):
                    return False
                if not is_unchanged(error):
                    await self._lost(error, seat)
            return True

    async def _lost(self, error: TelegramError, seat: Seat) -> None:
        """An answer did not arrive."""
        why = why_gone(error)
        if why is not None:
            await self._desk.chat_unreachable(seat.ref, seat.kind, why)
            return
        log.warning("answer not delivered", platform=NAME, kind=type(error).__name__, code=code_of(error))

    async def _deliver(
        self, payloads: Sequence[Payload], seat: Seat, *, replace: bool, in_caption: bool
    ) -> Sequence[Standing]:
        first, rest = None, list(payloads)
        if replace and rest and _fits(rest[0], seat, in_caption=in_caption):
            first = await self._edited(rest[0], seat)
        if first is not None:
            del rest[0]
        sent = [await self._send(payload, seat) for payload in rest]
        return sent if first is None else (first, *sent)

    async def _edited(self, payload: Payload, seat: Seat) -> Standing | None:
        """Edit the message whose button was pressed; None if that is impossible."""
        message = seat.pressed
        if message is None:
            return None
        try:
            captioned = await self._change(message, payload, seat)
        except BadRequest as error:
            return Standing(message, seat.captioned) if is_unchanged(error) else None
        return Standing(message, captioned)

    async def _change(self, message: int, payload: Payload, seat: Seat) -> bool:
        """Edit a message; whether it has a picture or a file then."""
        make = partial(self._change_once, message=message, payload=payload, captioned=seat.captioned)
        return await self._calls.make(seat.chat, make, idempotent=True)

    async def _change_once(self, chat: int, message: int, payload: Payload, *, captioned: bool) -> bool:
        """One edit of a message at a time: they would arrive in any order."""
        async with self._messages.hold((chat, message)):
            return await edit(self._bot, chat, message, payload, captioned=captioned)

    async def _send(self, payload: Payload, seat: Seat) -> Standing:
        make = partial(send, self._bot, payload=payload, seat=seat)
        sent = await self._calls.make(seat.chat, make, idempotent=False)
        return Standing(sent.message_id, bool(sent.photo or sent.document))


def _fits(payload: Payload, seat: Seat, *, in_caption: bool) -> bool:
    """Whether an edit can show this: a picture anywhere, a file where one was awaited, no words instead of those."""
    if seat.has_file or not isinstance(payload.markup, InlineKeyboardMarkup | None):
        return False
    if isinstance(payload, Document):
        return payload.picture or in_caption
    return in_caption or not seat.captioned
