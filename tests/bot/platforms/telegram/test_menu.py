"""The command menu."""

from __future__ import annotations

import re

from telegram import BotCommandScopeAllGroupChats

from bot.commands import declared
from bot.platforms.telegram.menu import menus_of

OFFERED = tuple(command for command in declared() if not command.hidden)


def test_every_scope_has_its_menu() -> None:
    everyone = [menu for menu in menus_of(OFFERED) if menu.language == ""]
    assert [menu.scope.type for menu in everyone] == [
        "all_private_chats",
        "all_group_chats",
        "all_chat_administrators",
    ]


def test_a_group_is_offered_what_everyone_may_use() -> None:
    for menu in menus_of(OFFERED):
        names = {command.command for command in menu.commands}
        assert ("buy" in names) == (not isinstance(menu.scope, BotCommandScopeAllGroupChats))
        assert {"spend", "balance", "help"} <= names


def test_telegram_accepts_every_name_and_description() -> None:
    for menu in menus_of(OFFERED):
        assert 1 <= len(menu.commands) <= 100
        for command in menu.commands:
            assert re.fullmatch("[a-z0-9_]{1,32}", command.command)
            assert 1 <= len(command.description) <= 256
