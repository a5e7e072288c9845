"""The call that deletes a message of the bot, and what a refusal of it means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from telegram.error import BadRequest

from core.delivery.outcome import Failed, Sent

if TYPE_CHECKING:
    import telegram

    from core.delivery.outcome import Outcome

GONE: Final = frozenset({"message to delete not found", "message_id_invalid"})
KEPT: Final = ("message can't be deleted", "message_delete_forbidden")
TOO_OLD: Final = Failed("too old")
"""Telegram lets a bot delete its messages within 48 hours."""


async def delete(bot: telegram.Bot, chat: int, message: int) -> Outcome:
    """Delete a message; raises TelegramError if it is not the message that is at fault."""
    try:
        await bot.delete_message(chat, message)
    except BadRequest as error:
        why = str(error).casefold()
        if why.startswith(KEPT):
            return TOO_OLD
        if why not in GONE:
            raise
    return Sent(str(message))
