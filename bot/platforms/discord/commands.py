"""The declared commands as Discord's application commands, in the JSON that is registered."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import discord

from bot.options.choice import Choice
from bot.options.numbers import Whole
from bot.options.place import Place
from bot.options.text import Text
from bot.platforms.discord.drawing.markup import shorten
from bot.reply.parts import Say, say
from bot.reply.words import CATALOG, FALLBACK, Voice, voice
from bot.views.commands import about_option

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.command.declaration import Command, Option

Json = dict[str, Any]

CHAT_INPUT: Final = 1
STRING, INTEGER, CHANNEL = 3, 4, 7
WRITTEN_IN: Final = (0, 5, 10, 11, 12)  # text channels, announcement channels, and threads
IN_SERVERS, WITH_THE_BOT = 0, 1
DESCRIPTION: Final = 100
MOST_CHOICES: Final = 25


def registered(commands: Iterable[Command]) -> list[Json]:
    """An application command for each declared one, for servers and for direct messages with the bot."""
    return [
        {
            "type": CHAT_INPUT,
            "name": command.name,
            **_described("description", say(f"cmd-{command.name}")),
            "options": [_option(command, option) for option in _in_order(command)],
            "contexts": [IN_SERVERS, WITH_THE_BOT],
            "integration_types": [0],
        }
        for command in commands
    ]


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
        "required": option.required,
        **_native(option),
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


def _described(key: str, sentence: Say) -> Json:
    """A sentence under a key, with its translations into the languages that both Discord and the bot have."""
    others = {tag: _text(sentence, speaker) for tag, speaker in _other_voices()}
    texts: Json = {key: _text(sentence, Voice(FALLBACK, "UTC"))}
    return {**texts, f"{key}_localizations": others} if others else texts


def _text(sentence: Say, speaker: Voice) -> str:
    return shorten(speaker.say(sentence), DESCRIPTION)


@lru_cache
def _other_voices() -> tuple[tuple[str, Voice], ...]:
    spoken = (locale.value for locale in discord.Locale if set(CATALOG.files_for(locale.value)) - {FALLBACK})
    return tuple((tag, voice(tag, "UTC")) for tag in spoken)
