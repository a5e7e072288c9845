"""The methods that ask about the bot, chats, members and files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.loopback.telegram.access import known_chat
from tests.loopback.telegram.chats import permissions_without
from tests.loopback.telegram.wire import Json, bad_request

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.loopback.telegram.state import State
    from tests.loopback.telegram.wire import Params

BIGGEST_DOWNLOAD = 20 * 1024 * 1024
ADMINS = ("creator", "administrator")
GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


def get_me(state: State, _params: Params) -> Json:
    return state.bot.wire | {
        "can_join_groups": True,
        "can_read_all_group_messages": not state.privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def get_chat(state: State, params: Params) -> Json:
    chat = known_chat(state, params)
    permits = {"permissions": permissions_without(chat.withheld)} if chat.is_group and not chat.is_channel else {}
    return (
        chat.wire
        | permits
        | {
            "accent_color_id": 0,
            "max_reaction_count": 11,
            "accepted_gift_types": dict.fromkeys(GIFTS, False),
        }
    )


def get_chat_member(state: State, params: Params) -> Json:
    chat = known_chat(state, params)
    user_id = params.integer("user_id")
    user = state.bot if user_id == state.bot.id else state.users.get(user_id)
    if user is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    if chat.hides_members and chat.bot_status not in ADMINS:
        raise bad_request("CHAT_ADMIN_REQUIRED")
    return chat.member_wire(user)


def get_chat_administrators(state: State, params: Params) -> list[Json]:
    chat = known_chat(state, params)
    if not chat.is_group:
        raise bad_request("there are no administrators in the private chat")
    if chat.hides_admins and chat.bot_status not in ADMINS:
        raise bad_request("CHAT_ADMIN_REQUIRED")
    people = [state.bot, *state.users.values()]
    return [chat.member_wire(one) for one in people if chat.status(one.id) in ADMINS]


def leave_chat(state: State, params: Params) -> bool:
    chat = known_chat(state, params)
    if not chat.is_group:
        raise bad_request("chat member status can't be changed in private chats")
    before = chat.bot_status
    chat.members[state.bot.id] = "left"
    chat.tell_bot_status(before, None)
    return True


def get_file(state: State, params: Params) -> Json:
    file = state.files.get(params.text("file_id"))
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(file.data) > BIGGEST_DOWNLOAD:
        raise bad_request("file is too big")
    return file.wire | {"file_path": f"documents/{file.id}"}


def log_out(state: State, _params: Params) -> bool:
    state.logged_out = True
    state.updates.end_poll("logOut")
    return True


def close(state: State, _params: Params) -> bool:
    state.updates.end_poll("close")
    return True


METHODS: dict[str, Callable[[State, Params], Json | list[Json] | bool]] = {
    "getMe": get_me,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "leaveChat": leave_chat,
    "getFile": get_file,
    "logOut": log_out,
    "close": close,
}
