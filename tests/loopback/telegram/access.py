"""Whom a call may address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.loopback.telegram.wire import ApiError, bad_request, forbidden

if TYPE_CHECKING:
    from tests.loopback.telegram.chats import Chat
    from tests.loopback.telegram.messages import Message
    from tests.loopback.telegram.state import State
    from tests.loopback.telegram.wire import Params


def named_chat(state: State, params: Params) -> Chat | None:
    """The chat that a call names, if it exists."""
    raw = params.text("chat_id")
    if raw.lstrip("-").isdigit():
        return state.chats.get(int(raw))
    return None


def known_chat(state: State, params: Params) -> Chat:
    """A chat that the bot has heard of."""
    if not params.text("chat_id"):
        raise bad_request("chat_id is empty")
    chat = named_chat(state, params)
    if chat is None or not _has_met(state, chat):
        raise bad_request("chat not found")
    if chat.migrated_to:
        reason = "Bad Request: group chat was upgraded to a supergroup chat"
        raise ApiError(400, reason, migrate_to_chat_id=chat.migrated_to.id)
    if chat.is_group:
        _check_membership(chat)
    return chat


def writable_chat(state: State, params: Params) -> Chat:
    """A chat in which the bot may write now."""
    chat = known_chat(state, params)
    if chat.ended:
        raise forbidden(chat.ended)
    if chat.blocked:
        raise forbidden("bot was blocked by the user")
    if chat.is_channel and not (chat.bot_status == "administrator" and chat.bot_may_post):
        raise bad_request("need administrator rights in the channel chat")
    if not chat.is_group and not chat.started:
        raise forbidden("bot can't initiate conversation with a user")
    return chat


def named_message(chat: Chat, params: Params, missing: str) -> Message:
    message = chat.message(params.integer("message_id"))
    if message is None:
        raise bad_request(missing)
    return message


def _has_met(state: State, chat: Chat) -> bool:
    if chat.is_group or chat.started:
        return True
    return any(one.is_group and chat.id in one.members and _is_in(one) for one in state.chats.values())


def _is_in(chat: Chat) -> bool:
    return chat.bot_status not in ("left", "kicked")


def _check_membership(chat: Chat) -> None:
    kind = chat.kind
    if chat.bot_status == "kicked":
        raise forbidden(f"bot was kicked from the {kind} chat")
    if chat.bot_status == "left":
        raise forbidden(f"bot is not a member of the {kind} chat")
