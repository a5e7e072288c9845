"""The declared commands as Discord's application commands, in the JSON that is registered."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import discord

from bot.command.permissions import permission_of
from bot.options.choice import Choice
from bot.options.numbers import Whole
from bot.options.place import Place
from bot.options.text import Text
from bot.platforms.discord.drawing.markup import shorten
from bot.platforms.discord.events.messages import IMPORT, MENU
from bot.reply.parts import Say, say
from bot.reply.words import CATALOG, FALLBACK, FALLBACK_VOICE, Voice, voice
from bot.views.commands import about_option

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.command.declaration import Command, Option

Json = dict[str, Any]

CHAT_INPUT, MESSAGE_MENU = 1, 3
STRING, INTEGER, CHANNEL, ATTACHMENT = 3, 4, 7, 11
WRITTEN_IN: Final = (0, 5, 10, 11, 12)  # text channels, announcement channels, and threads
IN_SERVERS, WITH_THE_BOT, AMONG_PEOPLE = 0, 1, 2
FOR_SERVERS, FOR_PEOPLE = 0, 1
FILE, PAGE = "file", "page"
ADMINISTRATORS: Final = "0"  # no permission but that of administrators is enough
DESCRIPTION: Final = 100
LONGEST_MENU: Final = 32
MOST_CHOICES: Final = 25


def registered(commands: Iterable[Command], *, anywhere: bool = False, for_operators: bool = False) -> list[Json]:
    """The global application commands: one for each declared command that people may use, and those of messages.

    anywhere: people may install the bot for themselves, and then have its commands everywhere.
    for_operators: their commands are offered too, in direct messages with the bot, where Discord shows them to all.
    """
    own = (FOR_SERVERS, FOR_PEOPLE) if anywhere else (FOR_SERVERS,)
    places = (IN_SERVERS, WITH_THE_BOT, AMONG_PEOPLE) if anywhere else (IN_SERVERS, WITH_THE_BOT)
    found: list[Json] = []
    for command in commands:
        offered = tuple(_offered(command, places, for_operators=for_operators))
        if offered:
            installs = (FOR_SERVERS,) if not permission_of(command).private and IN_SERVERS in offered else own
            found.append(_command(command) | _scope(offered, installs))
    menu = [
        {"type": MESSAGE_MENU, **_described("name", say(name), LONGEST_MENU)} | _scope(places, own) for name in MENU
    ]
    return [*found, *menu]


def registered_for_operators(commands: Iterable[Command]) -> list[Json]:
    """The commands of a server that operators have named as theirs. Only its administrators see them there."""
    return [_command(command) for command in commands if permission_of(command).for_operators]


def _offered(command: Command, places: Iterable[int], *, for_operators: bool) -> Iterator[int]:
    """In which of these places somebody can use a command."""
    permission = permission_of(command)
    if command.hidden and not permission.operators:
        return
    for place in places:
        if place == IN_SERVERS:
            usable = bool(permission.users)
        else:
            usable = permission.private or (place == WITH_THE_BOT and for_operators and permission.operators)
        if usable:
            yield place


def _command(command: Command) -> Json:
    file = [_file(command)] if command.with_file else []
    return {
        "type": CHAT_INPUT,
        "name": command.name,
        **_described("description", say(f"cmd-{command.name}")),
        "options": [*(_option(command, option) for option in _in_order(command)), *file],
        **_permitted(command),
    }


def _scope(contexts: tuple[int, ...], installs: tuple[int, ...]) -> Json:
    return {"contexts": list(contexts), "integration_types": list(installs)}


def _permitted(command: Command) -> Json:
    """Who is offered a command in a server: all, if there is a role that may use it, which Discord cannot know.

    The desk refuses it to others, whatever a server's settings say.
    """
    return {"default_member_permissions": ADMINISTRATORS} if permission_of(command).for_operators else {}


def fingerprint(payload: list[Json]) -> str:
    """A digest that changes when the registered commands change."""
    text = json.dumps(payload, sort_keys=True, ensure_ascii=True)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _in_order(command: Command) -> list[Option]:
    """The options as declared, but the required ones first, which Discord demands."""
    return sorted(command.shown, key=lambda option: not option.required)


def _option(command: Command, option: Option) -> Json:
    return {
        "name": option.name,
        **_described("description", about_option(command, option)),
        "required": option.required and not command.with_file,
        **_native(option),
    }


def _file(command: Command) -> Json:
    """A file says everything else, so that no other option is required beside it; the desk asks for what is missing."""
    is_page = command.name == IMPORT
    return {
        "name": PAGE if is_page else FILE,
        **_described("description", say("page-option") if is_page else say("file-option")),
        "required": False,
        "type": ATTACHMENT,
    }


def _native(option: Option) -> Json:
    """The type of an option, with its bounds and choices. Discord takes choices or suggestions, never both."""
    kind = option.kind
    suggested: Json = {} if kind.suggest is None else {"autocomplete": True}
    match kind:
        case Whole(low=low, high=high):
            return {"type": INTEGER, "min_value": low, "max_value": high, **suggested}
        case Choice(values=values) if len(values) <= MOST_CHOICES:
            return {"type": STRING, "choices": [_choice(words, label) for words, label in kind.choices]}
        case Place():
            return {"type": CHANNEL, "channel_types": list(WRITTEN_IN)}
        case Text(most=most):
            return {"type": STRING, "max_length": most, **suggested}
        case _:
            return {"type": STRING, **suggested}


def _choice(words: str, label: Say) -> Json:
    return {**_described("name", label), "value": words}


def _described(key: str, sentence: Say, most: int = DESCRIPTION) -> Json:
    """A sentence under a key, with its translations into the languages that both Discord and the bot have."""
    others = {tag: shorten(speaker.say(sentence), most) for tag, speaker in _other_voices()}
    texts: Json = {key: shorten(FALLBACK_VOICE.say(sentence), most)}
    return {**texts, f"{key}_localizations": others} if others else texts


@lru_cache
def _other_voices() -> tuple[tuple[str, Voice], ...]:
    spoken = (locale.value for locale in discord.Locale if set(CATALOG.files_for(locale.value)) - {FALLBACK})
    return tuple((tag, voice(tag, "UTC")) for tag in spoken)
