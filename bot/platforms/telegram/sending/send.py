"""The calls that send a payload, or edit a message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from telegram import InlineKeyboardMarkup, InputFile, LinkPreviewOptions, ReplyParameters
from telegram.constants import ParseMode

from bot.platforms.telegram.drawing.render import Document, Message

if TYPE_CHECKING:
    import telegram

    from bot.platforms.telegram.drawing.render import Payload
    from bot.platforms.telegram.updates.incoming import Seat

NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)


async def send(bot: telegram.Bot, chat: int, payload: Payload, seat: Seat) -> telegram.Message:
    """Send a payload to a chat, in the topic and below the message of `seat`; raises TelegramError."""
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
                link_preview_options=NO_PREVIEW,
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
            )
        case other:
            assert_never(other)


async def edit(bot: telegram.Bot, chat: int, message: int, payload: Message) -> None:
    """Replace a message by a payload; an input prompt is left out, because an edit cannot show one."""
    await bot.edit_message_text(
        payload.text,
        chat_id=chat,
        message_id=message,
        parse_mode=ParseMode.HTML,
        reply_markup=payload.markup if isinstance(payload.markup, InlineKeyboardMarkup) else None,
        link_preview_options=NO_PREVIEW,
    )
