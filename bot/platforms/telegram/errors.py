"""What an error of the library says of the call that it ended."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import httpx
from telegram.error import BadRequest, Forbidden

if TYPE_CHECKING:
    from collections.abc import Mapping

    from telegram.error import NetworkError, RetryAfter, TelegramError

UNSENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
WHY: Final = (
    ("blocked", "blocked"),
    ("deactivated", "deleted"),
    ("deleted", "deleted"),
    ("kicked", "removed"),
    ("not a member", "removed"),
)
UNCHANGED: Final = "message is not modified"
NO_MESSAGE: Final = frozenset(
    {
        "message to edit not found",
        "message can't be edited",
        "message_id_invalid",
        "there is no text in the message to edit",
    }
)
NO_TOPIC: Final = frozenset({"message thread not found", "topic_closed", "topic_deleted"})
NO_CHAT: Final[Mapping[str, str]] = {
    "chat not found": "deleted",
    "group chat was deactivated": "deleted",
    "user is deactivated": "deleted",
}


def why_gone(error: TelegramError) -> str | None:
    """Why nothing can be sent to a chat any more, in one word; None where the error does not say that."""
    text = str(error).casefold()
    if isinstance(error, Forbidden):
        return next((word for sign, word in WHY if sign in text), "forbidden")
    return NO_CHAT.get(text) if isinstance(error, BadRequest) else None


def topic_is_gone(error: BadRequest) -> bool:
    """Whether the topic that was named is not there or is closed, while the chat may be written to."""
    return str(error).casefold() in NO_TOPIC


def is_unchanged(error: TelegramError) -> bool:
    """Whether an edit was refused because the message reads so already."""
    return isinstance(error, BadRequest) and UNCHANGED in str(error).casefold()


def message_is_gone(error: TelegramError) -> bool:
    """Whether an edit was refused because the message is not there, or cannot be changed."""
    return isinstance(error, BadRequest) and str(error).casefold() in NO_MESSAGE


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram wants to be left alone; the library is about to change the type."""
    after = error.retry_after
    return after.total_seconds() if isinstance(after, timedelta) else float(after)


def was_never_sent(error: NetworkError) -> bool:
    """Whether a call surely never left this machine; the library keeps the cause where the connection broke."""
    return isinstance(error.__cause__, UNSENT)


def had_no_effect(error: NetworkError) -> bool:
    """Whether a call was surely not acted on: it never left, or the Bot API itself (not a gateway) said that it failed.

    The library keeps a cause where the answer was not the Bot API's own, too.
    """
    return error.__cause__ is None or was_never_sent(error)
