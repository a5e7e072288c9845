"""What the bot shows before anybody writes: the menu of commands in each kind of chat, and what the bot is for."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Final, NamedTuple

from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)

from bot.command.permissions import permission_of
from bot.platforms.telegram.drawing.text import clip
from bot.reply.parts import say
from bot.reply.words import CATALOG, FALLBACK, voice

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from telegram import Bot

    from bot.command.declaration import Command
    from bot.reply.words import Catalog, Voice
    from core.shared.ports import Clock, Notes

LONGEST_DESCRIPTION: Final = 256
MOST_COMMANDS: Final = 100
LANGUAGE_LETTERS: Final = 2  # Telegram has menus for languages, but not for regional variants
LONGEST_ABOUT: Final = 512
LONGEST_SHORT_ABOUT: Final = 120


class Menu(NamedTuple):
    """The commands for one scope; `language` is empty for everyone whose language has no menu of its own."""

    scope: BotCommandScope
    language: str
    commands: tuple[BotCommand, ...]


def menus_of(commands: Sequence[Command]) -> list[Menu]:
    """All menus. Telegram knows no roles, so a group's has what any role may use; the desk refuses the others."""
    in_private = [command for command in commands if permission_of(command).private]
    in_groups = [command for command in commands if permission_of(command).users]
    scopes: tuple[tuple[BotCommandScope, Sequence[Command]], ...] = (
        (BotCommandScopeAllPrivateChats(), in_private),
        (BotCommandScopeAllGroupChats(), in_groups),
        (BotCommandScopeAllChatAdministrators(), in_groups),
    )
    return [
        Menu(scope, language, _named(shown, locale))
        for language, locale in languages(CATALOG).items()
        for scope, shown in scopes
    ]


def languages(catalog: Catalog) -> dict[str, str]:
    """The locale of each language that Telegram knows; English is for everyone whose language has none.

    A language with regional variants only, such as pt-BR, has the first of them.
    """
    found = {"": FALLBACK}
    for locale in sorted(catalog.offered(), key=len):
        language = locale.partition("-")[0].casefold()
        if len(language) == LANGUAGE_LETTERS and language != FALLBACK:
            found.setdefault(language, locale)
    return found


class About(NamedTuple):
    """What the bot says of itself in a language: on its empty first screen, and on its profile."""

    language: str
    text: str
    short: str


def abouts() -> list[About]:
    """What it says of itself in each language."""
    return [_about(language, voice(locale, "UTC")) for language, locale in languages(CATALOG).items()]


def _about(language: str, speak: Voice) -> About:
    short = clip(speak.say(say("bot-short-description")), LONGEST_SHORT_ABOUT)
    return About(language, speak.say(say("bot-description"))[:LONGEST_ABOUT], short)


def _named(commands: Sequence[Command], locale: str) -> tuple[BotCommand, ...]:
    speak = voice(locale, "UTC")
    return tuple(
        BotCommand(command.name, clip(speak.say(say(f"cmd-{command.name}")), LONGEST_DESCRIPTION))
        for command in commands[:MOST_COMMANDS]
    )


async def register(bot: Bot, menus: Sequence[Menu], notes: Notes, clock: Clock) -> bool:
    """Register the menus if they changed since this bot last did; whether they changed.

    For registrations that are repeated, Telegram demands long pauses.
    """

    async def put() -> None:
        for menu in menus:
            await bot.set_my_commands(menu.commands, scope=menu.scope, language_code=menu.language or None)

    content = [[menu.scope.type, menu.language, [command.to_dict() for command in menu.commands]] for menu in menus]
    return await _if_changed(f"telegram:menu:{bot.id}", content, notes, clock, put)


async def describe(bot: Bot, notes: Notes, clock: Clock) -> bool:
    """The same for what the bot says of itself."""
    texts = abouts()

    async def put() -> None:
        for about in texts:
            await bot.set_my_description(about.text, about.language or None)
            await bot.set_my_short_description(about.short, about.language or None)

    return await _if_changed(f"telegram:about:{bot.id}", texts, notes, clock, put)


async def _if_changed(
    name: str, content: object, notes: Notes, clock: Clock, put: Callable[[], Awaitable[None]]
) -> bool:
    fingerprint = hashlib.blake2b(json.dumps(content).encode(), digest_size=16).hexdigest()
    if await notes.note(name, clock.now()) == fingerprint:
        return False
    await put()
    await notes.put_note(name, fingerprint, None)
    return True
