"""What an error of the library means for the call that raised it.

Only the Bot API's own words say something about a chat. Where a gateway or a proxy answered in its place, the library
raises the same classes of errors, and keeps as their cause that the response was no JSON.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import httpx
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken

if TYPE_CHECKING:
    from collections.abc import Mapping

    from telegram.error import NetworkError, RetryAfter, TelegramError

UNSENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
REFUSALS: Final = (BadRequest, Conflict, Forbidden, InvalidToken)
"""What the library makes of a status from 400 to 409."""
FORBIDDEN: Final = "forbidden: "
GONE: Final = (
    (re.compile(r"bot was blocked by the user"), "blocked"),
    (re.compile(r"user is deactivated"), "deleted"),
    (re.compile(r"bot was kicked from the \w+ chat|bot is not a member of the \w+ chat"), "removed"),
    (re.compile(r"chat not found|(?:the )?group chat was (?:deleted|deactivated)"), "deleted"),
)
NO_TIMES: Final = 'unsupported start tag "tg-time"'
LOST: Final[Mapping[str, str]] = {
    "message thread not found": "unknown",
    "topic_deleted": "unknown",
    "topic_closed": "closed",
    "chat_write_forbidden": "rights",
    "chat_restricted": "rights",
    "need administrator rights in the channel chat": "rights",
    "have no rights to send a message": "rights",
}
NO_RIGHTS: Final = re.compile(r"not enough rights to send [\w ]+ to the chat")
CODE: Final = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)+")
UNCHANGED: Final = "message is not modified"
NO_MESSAGE: Final = frozenset(
    {
        "message to edit not found",
        "message can't be edited",
        "message_id_invalid",
        "there is no text in the message to edit",
        "there is no caption in the message to edit",
        "there is no media in the message to edit",
    }
)


def is_foreign(error: TelegramError) -> bool:
    """Whether something in between, such as a proxy or a firewall, has refused the call with a page of its own."""
    if not isinstance(error, REFUSALS):
        return False
    cause = error.__cause__
    while isinstance(cause, InvalidToken):  # the library raises it anew at the start
        cause = cause.__cause__
    return cause is not None or (isinstance(error, Forbidden) and not _text(error).startswith(FORBIDDEN))


def why_gone(error: TelegramError) -> str | None:
    """Why nothing can be sent to a chat any more, in one word; None if the error does not mean that."""
    if not isinstance(error, BadRequest | Forbidden) or is_foreign(error):
        return None
    text = _text(error).removeprefix(FORBIDDEN)
    return next((why for pattern, why in GONE if pattern.fullmatch(text)), None)


def why_place_lost(error: TelegramError) -> str | None:
    """Why the bot may not write in that part of the chat (`PlaceLost.why`); None if the error does not mean that."""
    if not isinstance(error, BadRequest | Forbidden) or is_foreign(error):
        return None
    text = _text(error).removeprefix(FORBIDDEN)
    return "rights" if NO_RIGHTS.fullmatch(text) else LOST.get(text)


def code_of(error: TelegramError) -> str:
    """What may be logged of an error's text: a constant such as `CHAT_RESTRICTED`; empty if it is a sentence."""
    text = _text(error).removeprefix(FORBIDDEN)
    return text.upper() if CODE.fullmatch(text) else ""


def knows_no_times(error: BadRequest) -> bool:
    """Whether a message was refused because the Bot API server is too old for times in each reader's zone."""
    return NO_TIMES in str(error).casefold()


def is_unchanged(error: TelegramError) -> bool:
    """Whether an edit was refused because the message already has this content."""
    return isinstance(error, BadRequest) and UNCHANGED in _text(error)


def message_is_gone(error: TelegramError) -> bool:
    """Whether an edit was refused because the message does not exist, or cannot be edited in that way."""
    return isinstance(error, BadRequest) and _text(error) in NO_MESSAGE


def seconds_of(error: RetryAfter) -> float:
    """How many seconds Telegram asks to wait; the library is changing the type from int to timedelta."""
    after = error.retry_after
    return after.total_seconds() if isinstance(after, timedelta) else float(after)


def was_never_sent(error: NetworkError) -> bool:
    """Whether a call certainly never left this machine; the library keeps the connection error as the cause.

    Of everything else that failed, the effect is in doubt: the Bot API answers 500 also for messages that it has handed
    over, and a gateway answers 502 or 504 while the call goes on behind it.
    """
    return isinstance(error.__cause__, UNSENT)


def _text(error: TelegramError) -> str:
    return str(error).casefold()
