"""What an error of the library means for the call that raised it."""

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
NO_TIMES: Final = 'unsupported start tag "tg-time"'
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
    """Why nothing can be sent to a chat any more, in one word; None if the error does not mean that."""
    text = str(error).casefold()
    if isinstance(error, Forbidden):
        return next((word for sign, word in WHY if sign in text), "forbidden")
    return NO_CHAT.get(text) if isinstance(error, BadRequest) else None


def topic_is_gone(error: BadRequest) -> bool:
    """Whether the topic does not exist or is closed, while the chat itself can be written to."""
    return str(error).casefold() in NO_TOPIC


def knows_no_times(error: BadRequest) -> bool:
    """Whether a message was refused because the Bot API server is too old for times in each reader's zone."""
    return NO_TIMES in str(error).casefold()


def is_unchanged(error: TelegramError) -> bool:
    """Whether an edit was refused because the message already has this content."""
    return isinstance(error, BadRequest) and UNCHANGED in str(error).casefold()


def message_is_gone(error: TelegramError) -> bool:
    """Whether an edit was refused because the message does not exist or cannot be edited."""
    return isinstance(error, BadRequest) and str(error).casefold() in NO_MESSAGE


def seconds_of(error: RetryAfter) -> float:
    """How many seconds Telegram asks to wait; the library is changing the type from int to timedelta."""
    after = error.retry_after
    return after.total_seconds() if isinstance(after, timedelta) else float(after)


def was_never_sent(error: NetworkError) -> bool:
    """Whether a call certainly never left this machine; the library keeps the connection error as the cause."""
    return isinstance(error.__cause__, UNSENT)


def had_no_effect(error: NetworkError) -> bool:
    """Whether a call certainly had no effect: it was never sent, or the Bot API itself said that it failed.

    If a gateway answered instead of the Bot API, the error has a cause, too.
    """
    return error.__cause__ is None or was_never_sent(error)
