"""The application commands that the bot has registered."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tests.loopback.discord.check_commands import CHAT_INPUT, check_command, check_scope
from tests.loopback.discord.wire import TOO_MANY_COMMANDS, UNKNOWN_COMMAND, ApiError, Json, Problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.loopback.discord.clock import Snowflakes

MOST = 100
MOST_MENUS = 5
OF_GLOBAL = frozenset({"dm_permission", "contexts", "integration_types"})
"""What only a global command has; a guild's own may name it, but it is dropped."""
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
        """Guild commands hide global ones of the same name and kind."""
        own = [] if guild_id is None else self.of(guild_id)
        keys = {_key(command) for command in own}
        yield from own
        yield from (command for command in self.of(None) if _key(command) not in keys)

    def find(self, command_id: str) -> Json | None:
        """The command of that id, in whichever scope."""
        return next((one for listed in self._scopes.values() for one in listed if one["id"] == command_id), None)

    def get(self, scope: int | None, command_id: int) -> Json:
        for command in self.of(scope):
            if command["id"] == str(command_id):
                return command
        raise ApiError(*UNKNOWN_COMMAND)

    def replace(
        self, scope: int | None, bodies: object, application_id: int, ids: Snowflakes, types: tuple[int, ...] = (0, 1)
    ) -> list[Json]:
        """`types`: how the application may be installed, by its settings."""
        problems = Problems()
        listed = bodies if isinstance(bodies, list) else []
        if not isinstance(bodies, list):
            problems.add("", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
        checked = [check_command(body, problems, str(index)) for index, body in enumerate(listed)]
        for index, command in enumerate(checked):
            check_scope(command, problems, str(index), types if scope is None else ())
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

    def upsert(
        self, scope: int | None, body: object, application_id: int, ids: Snowflakes, types: tuple[int, ...] = (0, 1)
    ) -> Json:
        problems = Problems()
        checked = check_command(body, problems)
        check_scope(checked, problems, "", types if scope is None else ())
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
    numbers = Counter(kind for kind, _ in keys)
    if numbers.pop(CHAT_INPUT, 0) > MOST or any(number > MOST_MENUS for number in numbers.values()):
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
        made = {key: value for key, value in made.items() if key not in OF_GLOBAL} | {"guild_id": str(scope)}
    return made
