"""Brings answers to chats. What goes wrong on the way ends here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

import structlog
from telegram import InlineKeyboardMarkup, InputFile, LinkPreviewOptions, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.platforms.telegram.lanes import Lanes
from bot.platforms.telegram.render import Document, Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Bot

    from bot.desk import Desk
    from bot.platforms.telegram.calls import Calls
    from bot.platforms.telegram.incoming import Seat
    from bot.platforms.telegram.render import Payload

log = structlog.get_logger()

NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)
COURTESY: Final = 5.0
UNCHANGED: Final = "message is not modified"
WHY: Final = (("blocked", "blocked"), ("deactivated", "deleted"), ("kicked", "removed"), ("not a member", "removed"))


class Courier:
    """Delivers answers, one after another in each chat: a chat that must wait holds up no other."""

    def __init__(self, bot: Bot, desk: Desk, calls: Calls) -> None:
        """Send through `bot`; tell `desk` which chats are gone."""
        self._bot, self._desk, self._calls = bot, desk, calls
        self._chats = Lanes()

    async def acknowledge(self, query: str) -> None:
        """Stop the button's spinner: a courtesy, so it is tried once and never stands in the way of the work.

        A press of which Telegram says that it is too old was a press all the same.
        """
        try:
            await self._bot.answer_callback_query(query, read_timeout=COURTESY)
        except TelegramError as error:
            log.debug("not acknowledged", platform="telegram", kind=type(error).__name__)

    async def deliver(self, payloads: Sequence[Payload], seat: Seat, *, replace: bool) -> bool:
        """Send an answer, or put it in place of the message whose button was pressed; False: the chat is gone."""
        async with self._chats.hold(seat.chat):
            try:
                await self._deliver(payloads, seat, replace=replace)
            except Forbidden as error:
                await self._desk.gone(seat.ref, seat.kind, _why(error))
                return False
            except TelegramError as error:
                log.warning("answer not delivered", platform="telegram", kind=type(error).__name__)
            return True

    async def _deliver(self, payloads: Sequence[Payload], seat: Seat, *, replace: bool) -> None:
        rest = list(payloads)
        if replace and rest and await self._edited(rest[0], seat):
            del rest[0]
        for payload in rest:
            await self._send(payload, seat)

    async def _edited(self, payload: Payload, seat: Seat) -> bool:
        """Change the pressed message; False where that cannot be done."""
        message = seat.pressed
        if message is None or not isinstance(payload, Message):
            return False
        if not isinstance(payload.markup, InlineKeyboardMarkup | None):
            return False
        text, markup = payload.text, payload.markup
        try:
            await self._calls.make(
                seat.chat,
                lambda chat: self._bot.edit_message_text(
                    text,
                    chat_id=chat,
                    message_id=message,
                    parse_mode=ParseMode.HTML,
                    reply_markup=markup,
                    link_preview_options=NO_PREVIEW,
                ),
                again=True,
            )
        except BadRequest as error:
            return UNCHANGED in str(error).casefold()
        return True

    async def _send(self, payload: Payload, seat: Seat) -> None:
        below = None if seat.below is None else ReplyParameters(seat.below, allow_sending_without_reply=True)

        async def call(chat: int) -> object:
            match payload:
                case Message(text, markup):
                    return await self._bot.send_message(
                        chat,
                        text,
                        parse_mode=ParseMode.HTML,
                        reply_markup=markup,
                        reply_parameters=below,
                        message_thread_id=seat.topic,
                        link_preview_options=NO_PREVIEW,
                    )
                case Document(name, content, caption, markup):
                    return await self._bot.send_document(
                        chat,
                        InputFile(content, filename=name),
                        caption=caption or None,
                        parse_mode=ParseMode.HTML,
                        reply_markup=markup,
                        reply_parameters=below,
                        message_thread_id=seat.topic,
                    )
                case other:
                    assert_never(other)

        await self._calls.make(seat.chat, call, again=False)


def _why(error: Forbidden) -> str:
    """Why nothing can be sent to a chat any more, in one word."""
    text = str(error).casefold()
    return next((word for sign, word in WHY if sign in text), "forbidden")
