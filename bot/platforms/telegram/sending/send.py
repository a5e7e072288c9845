"""The calls that send a payload, or edit a message."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final, assert_never

from telegram import InlineKeyboardMarkup, InputFile, InputMediaPhoto, LinkPreviewOptions, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.platforms.telegram.drawing.render import Document, Message
from bot.platforms.telegram.sending.errors import is_unchanged, knows_no_times, message_is_gone

if TYPE_CHECKING:
    import telegram

    from bot.platforms.telegram.drawing.render import Payload
    from bot.platforms.telegram.updates.incoming import Seat

TIME_TAG: Final = re.compile(r"</?tg-time[^>]*>")
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
    """What to send instead: a message without times, or the words below a picture where none may be sent."""
    if isinstance(payload, Document):
        return Message(payload.caption, payload.markup) if payload.picture and payload.caption else None
    return _without_times(payload) if knows_no_times(error) else None


async def edit(bot: telegram.Bot, chat: int, message: int, payload: Payload, *, pictured: bool = False) -> bool:
    """Replace a message by a message or a picture; whether it is a picture then.

    pictured: it is one, so that the words of a message become its caption.

    An input prompt is left out, because an edit cannot show one.
    """
    try:
        return await _edit(bot, chat, message, payload, pictured=pictured)
    except BadRequest as error:
        words = None if is_unchanged(error) or message_is_gone(error) else _in_words(payload, error)
        if words is None:
            raise
    return await _edit(bot, chat, message, words, pictured=pictured)


def _without_times(payload: Message) -> Message:
    """The same for a Bot API server from before Telegram had times; each of them has its zone in its text."""
    return replace(payload, text=TIME_TAG.sub("", payload.text))


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
                InputFile(content, filename=name),
                caption=caption or None,
                parse_mode=ParseMode.HTML,
                reply_markup=markup,
                reply_parameters=below,
                message_thread_id=seat.topic,
                disable_notification=seat.quiet or None,
            )
        case Document(name, content, caption, markup):
            return await bot.send_document(
                chat,
                InputFile(content, filename=name),
                caption=caption or None,
                parse_mode=ParseMode.HTML,
                reply_markup=markup,
                reply_parameters=below,
                message_thread_id=seat.topic,
                disable_notification=seat.quiet or None,
            )
        case other:
            assert_never(other)


async def _edit(bot: telegram.Bot, chat: int, message: int, payload: Payload, *, pictured: bool) -> bool:
    markup = payload.markup if isinstance(payload.markup, InlineKeyboardMarkup) else None
    match payload:
        case Document(name, content, caption):
            media = InputMediaPhoto(content, caption or None, ParseMode.HTML, filename=name)
            await bot.edit_message_media(media, chat_id=chat, message_id=message, reply_markup=markup)
            return True
        case Message(text) if pictured:
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
    return pictured
