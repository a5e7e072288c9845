"""The menus of commands, kept for each scope and language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.loopback.telegram.wire import Json, bad_request

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.loopback.telegram.state import State
    from tests.loopback.telegram.wire import Params

MOST_COMMANDS = 100
LONGEST_NAME = 32
LONGEST_DESCRIPTION = 256
SCOPES = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
CHAT_SCOPES = ("chat", "chat_administrators", "chat_member")


def set_my_commands(state: State, params: Params) -> bool:
    given = params.structure("commands")
    if not isinstance(given, list):
        raise bad_request("expected an Array of BotCommand")
    commands = [_read_command(one) for one in given]
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    _keep(state, _key(state, params), commands)
    return True


def delete_my_commands(state: State, params: Params) -> bool:
    _keep(state, _key(state, params), [])
    return True


def get_my_commands(state: State, params: Params) -> list[Json]:
    return state.commands.get(_key(state, params), [])


def _keep(state: State, key: tuple[str, str], commands: list[Json]) -> None:
    if commands:
        state.commands[key] = commands
    else:
        state.commands.pop(key, None)
    state.pulse.beat()


def _key(state: State, params: Params) -> tuple[str, str]:
    language = params.text("language_code")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad_request("invalid language code specified")
    return scope_name(state, params.structure("scope") or {"type": "default"}), language


def scope_name(state: State, scope: Json) -> str:
    """Such as "default", "chat -4001" or "chat_member -4001 1002"."""
    kind = scope.get("type")
    if kind in SCOPES:
        return str(kind)
    if kind not in CHAT_SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    chat = state.chats.get(int(scope.get("chat_id") or 0))
    if chat is None:
        raise bad_request("chat not found")
    name = f"{kind} {chat.id}"
    return f"{name} {scope.get('user_id')}" if kind == "chat_member" else name


def _read_command(raw: Json) -> Json:
    if not isinstance(raw, dict) or "command" not in raw or "description" not in raw:
        raise bad_request('can\'t parse BotCommand: Can\'t find field "command" or "description"')
    name = str(raw["command"]).strip().removeprefix("/")
    description = str(raw["description"]).strip()
    for word, value, most in (("", name, LONGEST_NAME), (" description", description, LONGEST_DESCRIPTION)):
        if not value:
            raise bad_request(f"command{word} must be non-empty")
        if len(value) > most:
            raise bad_request(f"command{word} length must not exceed {most}")
    if not re.fullmatch(r"[a-z0-9_]+", name):
        raise bad_request("BOT_COMMAND_INVALID")
    return {"command": name, "description": description}


METHODS: dict[str, Callable[[State, Params], list[Json] | bool]] = {
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
}
