"""The command menu: which commands are offered in which chats, in every language."""

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

from bot.command.declaration import Who
from bot.platforms.telegram.drawing.text import clip
from bot.reply.parts import say
from bot.reply.words import CATALOG, FALLBACK, voice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import Bot

    from bot.command.declaration import Command
    from core.shared.ports import Clock, Notes

LONGEST_DESCRIPTION: Final = 256
MOST_COMMANDS: Final = 100
LANGUAGE_LETTERS: Final = 2  # Telegram has menus for languages, but not for regional variants


class Menu(NamedTuple):
    """The commands for one scope; `language` is empty for everyone whose language has no menu of its own."""

    scope: BotCommandScope
    language: str
    commands: tuple[BotCommand, ...]


def menus_of(commands: Sequence[Command]) -> list[Menu]:
    """All menus. Private chats and admins of groups get all commands, the other members those that they may use."""
    open_to_all = [command for command in commands if command.who is Who.EVERYONE]
    scopes: tuple[tuple[BotCommandScope, Sequence[Command]], ...] = (
        (BotCommandScopeAllPrivateChats(), commands),
        (BotCommandScopeAllGroupChats(), open_to_all),
        (BotCommandScopeAllChatAdministrators(), commands),
    )
    return [
        Menu(scope, "" if locale == FALLBACK else locale, _named(shown, locale))
        for locale in CATALOG.offered()
        if len(locale) == LANGUAGE_LETTERS or locale == FALLBACK
        for scope, shown in scopes
    ]


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
    name, fingerprint = f"telegram:menu:{bot.id}", _fingerprint(menus)
    if await notes.note(name, clock.now()) == fingerprint:
        return False
    for menu in menus:
        await bot.set_my_commands(menu.commands, scope=menu.scope, language_code=menu.language or None)
    await notes.put_note(name, fingerprint, None)
    return True


def _fingerprint(menus: Sequence[Menu]) -> str:
    text = json.dumps(
        [[menu.scope.type, menu.language, [command.to_dict() for command in menu.commands]] for menu in menus]
    )
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
