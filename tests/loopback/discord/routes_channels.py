"""Channels and their messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.loopback.discord.check_message import check_message
from tests.loopback.discord.messages import ORDINARY, REPLY, Message
from tests.loopback.discord.wire import (
    INVALID_FORM,
    MISSING_PERMISSIONS,
    NOT_YOUR_MESSAGE,
    UNKNOWN_MESSAGE,
    ApiError,
    Json,
)

if TYPE_CHECKING:
    from tests.loopback.discord.calls import Call
    from tests.loopback.discord.world import Chat

NONCE_LIVES = 5 * 60.0
SETTABLE_FLAGS = (1 << 2) | (1 << 12)


def channel(call: Call) -> Json:
    call.state.check_bot_may_view(call.chat)
    return call.chat.payload()


def typing(call: Call) -> None:
    call.state.check_bot_may_send(call.chat)


def history(call: Call) -> list[Json]:
    call.state.check_bot_may_view(call.chat)
    shown = [message for message in call.chat.messages if not message.deleted and not message.ephemeral]
    limit = int(call.query.get("limit", "50"))
    return [message.payload() for message in reversed(shown[-limit:])]


def post(call: Call) -> Json:
    chat, state = call.chat, call.state
    state.check_bot_may_send(chat, files=bool(call.uploads))
    data = state.as_shown(chat, check_message(call.body, call.uploads))
    earlier = _same_nonce(call, data)
    if earlier is not None:
        return earlier.payload()
    message = Message(state.ids.make(), chat.id, state.bot, state.clock.now(), nonce=data.get("nonce"))
    message.flags = (data.get("flags") or 0) & SETTABLE_FLAGS
    message.reference = _referenced(chat, data.get("message_reference"))
    message.kind = ORDINARY if message.reference is None else REPLY
    return state.post(message, data, call.uploads).payload()


def get(call: Call) -> Json:
    return _find(call).payload()


def edit(call: Call) -> Json:
    message = _find(call)
    if message.author is not call.state.bot:
        raise ApiError(*NOT_YOUR_MESSAGE)
    if call.uploads:
        call.state.check_bot_may_send(call.chat, files=True)
    return call.state.edit(message, check_message(call.body, call.uploads), call.uploads).payload()


def delete(call: Call) -> None:
    message = _find(call)
    if message.author is not call.state.bot:
        raise ApiError(*MISSING_PERMISSIONS)  # in direct messages it may never, in a server it has not the right
    call.state.delete(message)


def _find(call: Call) -> Message:
    """Ephemeral messages are out of the bot's reach here: only the interaction's token leads to them."""
    call.state.check_bot_may_view(call.chat)
    message = call.chat.message(call.number("message_id"))
    if message is None or message.ephemeral:
        raise ApiError(*UNKNOWN_MESSAGE)
    return message


def _same_nonce(call: Call, data: Json) -> Message | None:
    """Discord keeps nonces by author for some minutes, so one used in another channel counts as well."""
    nonce = data.get("nonce")
    if nonce is None or not data.get("enforce_nonce"):
        return None
    since = call.state.clock.now() - NONCE_LIVES
    for message in reversed(call.state.messages):
        same = message.nonce is not None and str(message.nonce) == str(nonce)
        if same and message.author is call.state.bot and message.sent > since:
            return message
    return None


def _referenced(chat: Chat, reference: Json | None) -> Message | None:
    if reference is None:
        return None
    found = chat.message(int(reference["message_id"]))
    if found is None and reference.get("fail_if_not_exists", True):
        error = {"code": "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "message": "Unknown message"}
        raise ApiError(*INVALID_FORM, errors={"message_reference": {"_errors": [error]}})
    return found
