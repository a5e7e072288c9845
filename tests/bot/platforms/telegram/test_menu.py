"""The command menu."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from telegram import BotCommandScopeAllPrivateChats

from bot.command.permissions import permission_of
from bot.commands import declared
from bot.platforms.telegram.menu import languages, menus_of
from bot.reply.words import Catalog

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.bot.stages.telegram import TelegramStage

OFFERED = tuple(command for command in declared() if not command.hidden)


def test_every_scope_has_its_menu() -> None:
    everyone = [menu for menu in menus_of(OFFERED) if menu.language == ""]
    assert [menu.scope.type for menu in everyone] == [
        "all_private_chats",
        "all_group_chats",
        "all_chat_administrators",
    ]


def test_each_kind_of_chat_is_offered_what_somebody_may_use_there() -> None:
    for menu in menus_of(OFFERED):
        in_private = isinstance(menu.scope, BotCommandScopeAllPrivateChats)
        permissions = {found.name: permission_of(found) for found in OFFERED}
        usable = {name for name, one in permissions.items() if (one.private if in_private else one.users)}
        assert {command.command for command in menu.commands} == usable


def test_telegram_accepts_every_name_and_description() -> None:
    for menu in menus_of(OFFERED):
        assert 1 <= len(menu.commands) <= 100
        for command in menu.commands:
            assert re.fullmatch("[a-z0-9_]{1,32}", command.command)
            assert 1 <= len(command.description) <= 256


def test_a_language_has_the_first_of_its_regional_variants_if_it_has_nothing_else(tmp_path: Path) -> None:
    for name in ("en", "en-GB", "pt-BR", "pt-PT", "uk", "zh-Hans", "fil"):
        (tmp_path / f"{name}.ftl").write_text("never = x\n", encoding="utf-8")
    found = languages(Catalog(tmp_path))
    assert found == {"": "en", "uk": "uk", "pt": "pt-BR", "zh": "zh-Hans"}


async def noted(stage: TelegramStage) -> None:
    """Wait until the menu is registered and noted: a conversation takes at least as long."""
    await stage.server.called("setMyShortDescription")
    ann = await stage.person("Ann")
    assert "20 Connects are available." in (await ann.say("/start")).text + (await ann.say("/balance")).text


async def test_the_menu_is_registered_once_and_not_again_after_a_restart(stage: TelegramStage) -> None:
    await noted(stage)
    assert stage.server.commands("all_private_chats")["spend"] == "Book Connects you spent"
    assert "buy" in stage.server.commands("all_group_chats"), "a manager need not be an admin"
    assert "buy" in stage.server.commands("all_chat_administrators")
    await stage.restart()
    await noted(stage)
    await stage.stop()
    assert stage.server.count()["setMyCommands"] == 3


async def test_so_are_the_descriptions(stage: TelegramStage) -> None:
    await noted(stage)
    said = stage.server.state.descriptions
    assert said["description", ""].startswith("I keep the books on your Upwork Connects:")
    assert said["short_description", ""].startswith("Keeps the books on Upwork Connects:")
    await stage.restart()
    await noted(stage)
    await stage.stop()
    counted = stage.server.count()
    assert (counted["setMyDescription"], counted["setMyShortDescription"]) == (1, 1)


async def test_descriptions_are_registered_though_the_menu_is_refused(stage: TelegramStage) -> None:
    await noted(stage)
    for name in ("menu", "about"):
        await stage.bot.store.notes.put_note(f"telegram:{name}:{stage.server.bot.id}", "", stage.bot.clock.now())
    stage.server.faults.rate_limit(3600, method="setMyCommands")
    await stage.restart()
    await stage.server.called("setMyShortDescription", 2)


async def test_a_menu_that_was_refused_is_registered_at_the_next_start(stage: TelegramStage) -> None:
    await noted(stage)
    await stage.bot.store.notes.put_note(f"telegram:menu:{stage.server.bot.id}", "", stage.bot.clock.now())
    stage.server.faults.rate_limit(3600, method="setMyCommands")
    await stage.restart()
    await stage.server.called("setMyCommands", 4)
    await noted(stage)
    await stage.restart()
    await stage.server.called("setMyCommands", 7)


async def test_changed_words_change_the_menu(stage: TelegramStage, monkeypatch: pytest.MonkeyPatch) -> None:
    await noted(stage)
    monkeypatch.setattr("bot.platforms.telegram.menu.LONGEST_DESCRIPTION", 12)
    await stage.restart()
    await stage.server.called("setMyCommands", 6)
    assert stage.server.commands("all_private_chats")["spend"] == "Book Connec…"
