"""The application commands that the bot has registered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.loopback.discord.check_commands import CHAT_INPUT, check_command
from tests.loopback.discord.wire import TOO_MANY_COMMANDS, UNKNOWN_COMMAND, ApiError, Json, Problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.loopback.discord.clock import Snowflakes

MOST = 100
KEPT = (
    "name",
    "description",
    "options",
    "name_localizations",
    "description_localizations",
    "dm_permission",
    "nsfw",
    "contexts",
    "integration_types",
)


class Commands:
    """By scope: None for the global ones, else a guild's id."""

    def __init__(self) -> None:
        self._scopes: dict[int | None, list[Json]] = {}
        self.writes = 0
        """How many calls changed a list: a bot that syncs on every start shows here."""

    def of(self, scope: int | None) -> list[Json]:
        return self._scopes.get(scope, [])

    def offered_in(self, guild_id: int | None) -> Iterator[Json]:
        """Guild commands hide global ones of the same name."""
        own = [] if guild_id is None else self.of(guild_id)
        names = {command["name"] for command in own}
        yield from own
        for command in self.of(None):
            if command["name"] not in names and (guild_id is not None or _offered_in_dms(command)):
                yield command

    def get(self, scope: int | None, command_id: int) -> Json:
        for command in self.of(scope):
            if command["id"] == str(command_id):
                return command
        raise ApiError(*UNKNOWN_COMMAND)

    def replace(self, scope: int | None, bodies: object, application_id: int, ids: Snowflakes) -> list[Json]:
        problems = Problems()
        listed = bodies if isinstance(bodies, list) else []
        if not isinstance(bodies, list):
            problems.add("", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
        checked = [check_command(body, problems, str(index)) for index, body in enumerate(listed)]
        keys = [_key(command) for command in checked]
        for index, key in enumerate(keys):
            if key in keys[:index]:
                problems.add(f"{index}.name", "APPLICATION_COMMANDS_DUPLICATE_NAME", "Names must be unique")
        problems.refuse()
        _check_number(keys)
        old = {_key(command): command for command in self.of(scope)}
        made = [_stored(body, scope, application_id, ids, old.get(_key(body))) for body in checked]
        self._scopes[scope] = made
        self.writes += 1
        return made

    def upsert(self, scope: int | None, body: object, application_id: int, ids: Snowflakes) -> Json:
        problems = Problems()
        checked = check_command(body, problems)
        problems.refuse()
        others = [command for command in self.of(scope) if _key(command) != _key(checked)]
        _check_number([_key(command) for command in others] + [_key(checked)])
        old = next((command for command in self.of(scope) if _key(command) == _key(checked)), None)
        made = _stored(checked, scope, application_id, ids, old)
        self._scopes[scope] = [*others, made]
        self.writes += 1
        return made

    def delete(self, scope: int | None, command_id: int) -> None:
        self.get(scope, command_id)
        self._scopes[scope] = [one for one in self.of(scope) if one["id"] != str(command_id)]
        self.writes += 1


def _key(command: Json) -> tuple[int, str]:
    return command.get("type") or CHAT_INPUT, str(command.get("name"))


def _check_number(keys: list[tuple[int, str]]) -> None:
    if sum(kind == CHAT_INPUT for kind, _ in keys) > MOST:
        raise ApiError(*TOO_MANY_COMMANDS)


def _stored(body: Json, scope: int | None, application_id: int, ids: Snowflakes, old: Json | None) -> Json:
    needed = body.get("default_member_permissions")
    made: Json = {key: body[key] for key in KEPT if key in body}
    made |= {
        "id": old["id"] if old else str(ids.make()),
        "type": body.get("type") or CHAT_INPUT,
        "application_id": str(application_id),
        "version": str(ids.make()),
        "default_member_permissions": None if needed is None else str(needed),
        "description": body.get("description") or "",
    }
    if scope is not None:
        made["guild_id"] = str(scope)
    return made


def _offered_in_dms(command: Json) -> bool:
    contexts = command.get("contexts")
    return 1 in contexts if contexts else command.get("dm_permission") is not False
