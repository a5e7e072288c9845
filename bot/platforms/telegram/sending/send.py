"""The calls that send a payload, or edit a message."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final, assert_never

from telegram import (
    InlineKeyboardMarkup,
    InputFile,
    InputMediaDocument,
    InputMediaPhoto,
    LinkPreviewOptions,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.platforms.telegram.drawing.render import Document, Message
from bot.platforms.telegram.sending.errors import is_unchanged, knows_no_times, message_is_gone

if TYPE_CHECKING:
    import telegram

    from bot.platforms.telegram.drawing.render import Payload
    from bot.platforms.telegram.updates.incoming import Seat

TIME_TAG: Final = re.compile(r"</?tg-time[^>]*>")
READ_TIMEOUT: Final = 20.0  # in seconds; after that, a response counts as lost and the call is not repeated
SLOWEST: Final = 1_000_000  # bytes that Telegram takes in a second, at least
NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)


async def send(bot: telegram.Bot, chat: int, payload: Payload, seat: Seat) -> telegram.Message:
    """Send a payload to a chat, in the topic and below the message of `seat`; raises TelegramError."""
    try:
        return await _send(bot, chat, payload, seat)
    except BadRequest as error:
        words = _in_words(payload, error)
        if words is None:
            raise
    return await _send(bot, chat, words, seat)


def _in_words(payload: Payload, error: BadRequest) -> Message | None:
    """What to send instead: a message without times, or what is said where a file may not be sent."""
    if isinstance(payload, Document):
        return Message(payload.refused, payload.markup) if payload.refused else None
    return _without_times(payload) if knows_no_times(error) else None


async def edit(bot: telegram.Bot, chat: int, message: int, payload: Payload, *, captioned: bool = False) -> bool:
    """Replace a message by a message or a file; whether it has a picture or a file then.

    captioned: it has one, so that the words of a message become its caption.

    An input prompt is left out, because an edit cannot show one.
    """
    try:
        return await _edit(bot, chat, message, payload, captioned=captioned)
    except BadRequest as error:
        words = None if is_unchanged(error) or message_is_gone(error) else _in_words(payload, error)
        if words is None:
            raise
    return await _edit(bot, chat, message, words, captioned=captioned)


def _without_times(payload: Message) -> Message:
    """The same for a Bot API server from before Telegram had times; each of them has its zone in its text."""
    return replace(payload, text=TIME_TAG.sub("", payload.text))


def _upload(name: str, content: bytes, *, attach: bool = False) -> InputFile:
    """A file that is read bit by bit as it is sent; in one piece, encrypting it would hold up everybody's answers."""
    return InputFile(io.BytesIO(content), filename=name, attach=attach, read_file_handle=False)


def _patience(content: bytes) -> float:
    """How many seconds to wait for the answer to a call. A large file is passed on within Telegram before it comes."""
    return READ_TIMEOUT + len(content) / SLOWEST


async def _send(bot: telegram.Bot, chat: int, payload: Payload, seat: Seat) -> telegram.Message:
    below = None if seat.below is None else ReplyParameters(seat.below, allow_sending_without_reply=True)
    match payload:
        case Message(text, markup):
            return await bot.send_message(
                chat,
                text,
                parse_mode=ParseMode.HTML,
                reply_markup=markup,
                reply_parameters=below,
                message_thread_id=seat.topic,
                disable_notification=seat.quiet or None,
                link_preview_options=NO_PREVIEW,
            )
        case Document(name, content, caption, markup, picture=True):
            return await bot.send_photo(
                chat,
                _upload(name, content),
                caption=caption or None,
                parse_mode=ParseMode.HTML,
                reply_markup=markup,
                reply_parameters=below,
                message_thread_id=seat.topic,
                disable_notification=seat.quiet or None,
                read_timeout=_patience(content),
            )
        case Document(name, content, caption, markup):
            return await bot.send_document(
                chat,
                _upload(name, content),
                caption=caption or None,
                parse_mode=ParseMode.HTML,
                reply_markup=markup,
                reply_parameters=below,
                message_thread_id=seat.topic,
                disable_notification=seat.quiet or None,
                read_timeout=_patience(content),
            )
        case other:
            assert_never(other)


async def _edit(bot: telegram.Bot, chat: int, message: int, payload: Payload, *, captioned: bool) -> bool:
    markup = payload.markup if isinstance(payload.markup, InlineKeyboardMarkup) else None
    match payload:
        case Document(name, content, caption):
            kind = InputMediaPhoto if payload.picture else InputMediaDocument
            media = kind(_upload(name, content, attach=True), caption or None, ParseMode.HTML)
            patience = _patience(content)
            await bot.edit_message_media(
                media, chat_id=chat, message_id=message, reply_markup=markup, read_timeout=patience
            )
            return True
        case Message(text) if captioned:
            await bot.edit_message_caption(chat, message, caption=text, parse_mode=ParseMode.HTML, reply_markup=markup)
        case Message(text):
            await bot.edit_message_text(
                text,
                chat_id=chat,
                message_id=message,
                parse_mode=ParseMode.HTML,
                reply_markup=markup,
                link_preview_options=NO_PREVIEW,
            )
        case other:
            assert_never(other)
    return captioned
