"""What a person types into a slash command, held against what the bot has registered."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tests.loopback.discord import permissions
from tests.loopback.discord.messages import User
from tests.loopback.discord.world import Chat, Role

if TYPE_CHECKING:
    from tests.loopback.discord.state import State
    from tests.loopback.discord.wire import Json
    from tests.loopback.discord.world import Guild

SUB_COMMAND, SUB_GROUP, STRING, INTEGER, BOOLEAN = 1, 2, 3, 4, 5
USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT = 6, 7, 8, 9, 10, 11
SAFE_INTEGER = 2**53
IN_SERVER, WITH_BOT, AMONG_PEOPLE = EVERYWHERE = (0, 1, 2)
OF_GUILD, OF_USER = 0, 1
CHAT_INPUT, MESSAGE_MENU = 1, 3


class ImpossibleError(AssertionError):
    """No person could have done this on Discord: the test itself is wrong, or the bot did not offer it."""


class Wish:
    """A command as a person fills it in."""

    def __init__(self, state: State, user: User, chat: Chat, line: str) -> None:
        self._state = state
        self._user = user
        self._chat = chat
        self._resolved: dict[str, Json] = {}
        words = line.split()
        self.command = self._find(words[0])
        self._path: list[Json] = []
        self._options = self._descend(words[1:])

    def filled(self, values: dict[str, Any]) -> Json:
        """The interaction's data, all values checked."""
        missing = [one["name"] for one in self._options if one.get("required") and one["name"] not in values]
        if missing:
            raise ImpossibleError(f"/{self.command['name']} lacks its required {', '.join(missing)}")
        return self._data([self._filled_option(name, value) for name, value in values.items()])

    def being_typed(self, focused: str, values: dict[str, Any]) -> Json:
        """The same while the person still types into one option."""
        if not self._option(focused).get("autocomplete"):
            raise ImpossibleError(f"option {focused!r} has no autocomplete")
        options = [self._filled_option(name, value) for name, value in values.items() if name != focused]
        kind = self._option(focused)["type"]
        typed = {"name": focused, "type": kind, "value": str(values.get(focused, "")), "focused": True}
        return self._data([*options, typed])

    def _data(self, options: list[Json]) -> Json:
        for step in reversed(self._path):
            options = [{"name": step["name"], "type": step["type"], "options": options}]
        data = {"id": self.command["id"], "name": self.command["name"], "type": 1, "options": options}
        if self._resolved:
            data["resolved"] = self._resolved
        if "guild_id" in self.command:
            data["guild_id"] = self.command["guild_id"]
        return data

    def _find(self, name: str) -> Json:
        offered = list(offered_to(self._state, self._user, self._chat))
        for command in offered:
            if command["name"] == name:
                return command
        names = [command["name"] for command in offered]
        raise ImpossibleError(f"no command /{name} is offered to {self._user.name} in {self._chat.name}: {names}")

    def _descend(self, words: list[str]) -> list[Json]:
        options: list[Json] = self.command.get("options") or []
        for word in words:
            step = next((one for one in options if one["name"] == word and one["type"] in (1, 2)), None)
            if step is None:
                raise ImpossibleError(f"/{self.command['name']} has no sub-command {word!r}")
            self._path.append(step)
            options = step.get("options") or []
        if any(one["type"] in (SUB_COMMAND, SUB_GROUP) for one in options):
            raise ImpossibleError(f"/{self.command['name']} wants one of {[one['name'] for one in options]}")
        return options

    def _option(self, name: str) -> Json:
        for option in self._options:
            if option["name"] == name:
                return option
        names = [one["name"] for one in self._options]
        raise ImpossibleError(f"/{self.command['name']} has no option {name!r}, only {names}")

    def _filled_option(self, name: str, value: object) -> Json:
        option = self._option(name)
        kind = option["type"]
        sent = ENCODERS[kind](self, option, value)
        choices = option.get("choices") or []
        if choices:
            named = {choice["name"]: choice["value"] for choice in choices}
            if sent not in named and sent not in named.values():
                raise ImpossibleError(f"{value!r} is no choice of {name}: {list(named)}")
            sent = named.get(sent, sent)
        return {"name": name, "type": kind, "value": sent}

    def _string(self, option: Json, value: object) -> str:
        if not isinstance(value, str):
            raise _wrong(option, value, "a text")
        least, most = option.get("min_length") or 0, option.get("max_length") or 6000
        if not least <= len(value) <= most:
            raise _wrong(option, value, f"{least} to {most} characters long")
        return value

    def _number(self, option: Json, value: object) -> float:
        whole = option["type"] == INTEGER
        chosen = {choice["name"]: choice["value"] for choice in option.get("choices") or []}
        value = chosen.get(value, value) if isinstance(value, str) else value
        if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
            raise _wrong(option, value, "a whole number" if whole else "a number")
        least = option.get("min_value", -SAFE_INTEGER)
        most = option.get("max_value", SAFE_INTEGER)
        if not least <= value <= most:
            raise _wrong(option, value, f"between {least} and {most}")
        return value

    def _boolean(self, option: Json, value: object) -> bool:
        if not isinstance(value, bool):
            raise _wrong(option, value, "true or false")
        return value

    def _mentionable(self, option: Json, value: object) -> str:
        return self._role(option, value) if isinstance(value, Role) else self._person(option, value)

    def _person(self, option: Json, value: object) -> str:
        if not isinstance(value, User):
            raise _wrong(option, value, "a person")
        self._resolve("users", value.id, value.payload())
        guild = self._chat.guild
        if guild is not None and value.id in guild.members:
            member = guild.member(value) | {"permissions": str(guild.bits(value))}
            member.pop("user")
            self._resolve("members", value.id, member)
        return str(value.id)

    def _channel(self, option: Json, value: object) -> str:
        if not isinstance(value, Chat) or value.guild is None or value.guild is not self._chat.guild:
            raise _wrong(option, value, "a channel of this server")
        kind, wanted = value.payload()["type"], option.get("channel_types")
        if wanted and kind not in wanted:
            raise _wrong(option, value, f"a channel of the types {wanted}")
        self._resolve("channels", value.id, value.payload(permissions.ORDINARY))
        return str(value.id)

    def _role(self, option: Json, value: object) -> str:
        if not isinstance(value, Role):
            raise _wrong(option, value, "a role")
        self._resolve("roles", value.id, value.payload())
        return str(value.id)

    def _attachment(self, option: Json, value: object) -> str:
        match value:
            case (str(name), bytes(data)):
                stored = self._state.store(name, data)
                self._resolve("attachments", stored.id, stored.payload())
                return str(stored.id)
        raise _wrong(option, value, "a file as (name, bytes)")

    def _resolve(self, kind: str, number: int, payload: Json) -> None:
        self._resolved.setdefault(kind, {})[str(number)] = payload


Encoder = Callable[[Wish, "Json", object], Any]
ENCODERS: dict[int, Encoder] = {
    STRING: Wish._string,  # noqa: SLF001 - the table of the class's own parts
    INTEGER: Wish._number,  # noqa: SLF001
    NUMBER: Wish._number,  # noqa: SLF001
    BOOLEAN: Wish._boolean,  # noqa: SLF001
    USER: Wish._person,  # noqa: SLF001
    CHANNEL: Wish._channel,  # noqa: SLF001
    ROLE: Wish._role,  # noqa: SLF001
    MENTIONABLE: Wish._mentionable,  # noqa: SLF001
    ATTACHMENT: Wish._attachment,  # noqa: SLF001
}


def offered_to(state: State, user: User, chat: Chat, kind: int = CHAT_INPUT) -> list[Json]:
    """The commands of a kind that this person sees in this chat."""
    listed = state.commands.offered_in(None if chat.guild is None else chat.guild.id)
    return [one for one in listed if one["type"] == kind and _is_offered(one, state, user, chat)]


def _is_offered(command: Json, state: State, user: User, chat: Chat) -> bool:
    """Permissions rule what a guild has installed; what a person has installed for themselves goes everywhere."""
    guild = chat.guild
    if guild is not None and "guild_id" in command:
        return guild.bot_in and _may(command, guild, user)
    context = IN_SERVER if guild is not None else WITH_BOT if chat.has_bot else AMONG_PEOPLE
    contexts = command.get("contexts") or ((IN_SERVER,) if command.get("dm_permission") is False else EVERYWHERE)
    types = command.get("integration_types") or (OF_GUILD,)
    if context not in contexts:
        return False
    if chat.has_bot and OF_GUILD in types:
        return guild is None or _may(command, guild, user)
    return user.id in state.installed and OF_USER in types


def _may(command: Json, guild: Guild, user: User) -> bool:
    needed, held = command["default_member_permissions"], guild.bits(user)
    if needed is None or guild.offers_all or held & permissions.ADMINISTRATOR:
        return True
    return int(needed) != 0 and held & int(needed) == int(needed)


def _wrong(option: Json, value: object, wanted: str) -> ImpossibleError:
    return ImpossibleError(f"option {option['name']!r} takes {wanted}, not {value!r}")
