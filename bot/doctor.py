"""Checks everything that the bot needs to start, and reports what is wrong. It changes nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from pkgutil import resolve_name
from typing import TYPE_CHECKING

from dotenv import dotenv_values

from bot.base.platform_registry import PLATFORM_NAMES, PLATFORMS
from bot.config import ENV_FILE, ConfigError, Settings, load
from bot.main import enabled_platforms
from core.ledger import rulebook
from storage import StorageError, check_place, revisions, unfinished

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.base.platform_registry import PlatformRegistration


class Level(StrEnum):
    """How serious a finding is."""

    OK = "ok"
    NOTE = "note"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about one thing. The words show no secret."""

    level: Level
    about: str
    words: str

    def __str__(self) -> str:
        return f"{self.level:<5}  {self.about}: {self.words}"


def examine(env_file: str = ENV_FILE) -> list[Finding]:
    """Every finding. The bot can start if none of them is `wrong`."""
    try:
        settings = load(env_file)
    except ConfigError as error:
        return [Finding(Level.WRONG, "settings", problem) for problem in error.problems]
    return [
        *_settings(env_file),
        *_platforms(settings),
        *_operators(settings),
        *_database(settings),
        _rulebook(settings),
    ]


def _settings(env_file: str) -> Iterator[Finding]:
    there = Path(env_file).exists()
    yield Finding(Level.OK, "settings", f"read from the environment{f' and {env_file}' if there else ''}")
    known = {name.upper() for name in Settings.model_fields}
    for name in dotenv_values(env_file, interpolate=False) if there else ():
        if name.upper() not in known:
            yield Finding(Level.NOTE, "settings", f"{env_file} has {name}, which is not a setting of this bot")


def _platforms(settings: Settings) -> Iterator[Finding]:
    enabled = enabled_platforms(settings)
    if not enabled:
        yield Finding(Level.OK, "platforms", "none has a token, so `connects run` opens the console")
    for name in enabled:
        yield _token(PLATFORMS[name], settings.token(name))
        yield from _invitation(PLATFORMS[name], settings.token(name))


def _token(platform: PlatformRegistration, token: str) -> Finding:
    setting = platform.token_setting.upper()
    if re.fullmatch(platform.token_shape, token):
        return Finding(Level.OK, setting, "the token has the right form")
    return Finding(Level.WRONG, setting, f"this is not a valid token; {platform.token_hint}")


def _invitation(platform: PlatformRegistration, token: str) -> Iterator[Finding]:
    link = resolve_name(platform.inviter)(token) if platform.inviter else ""
    if link:
        yield Finding(
            Level.OK, platform.name, f"invite the bot, also once more where it lacks permissions, with {link}"
        )


def _operators(settings: Settings) -> Iterator[Finding]:
    for identity in sorted(settings.operators):
        platform, _, user = identity.partition(":")
        if platform not in PLATFORM_NAMES:
            known = ", ".join(PLATFORM_NAMES)
            yield Finding(Level.WRONG, "OPERATORS", f"{platform} is not a platform of this bot; there are {known}")
        elif platform in PLATFORMS and PLATFORMS[platform].numeric_users and not user.isdecimal():
            words = f"{identity} needs a number, such as {platform}:42; /whoami shows yours"
            yield Finding(Level.WRONG, "OPERATORS", words)


def _database(settings: Settings) -> Iterator[Finding]:
    try:
        check_place(settings.database_url)
        stored, head = revisions(settings.database_url)
        waiting = unfinished(settings.database_url) if stored == head else 0
    except StorageError as error:
        yield Finding(Level.WRONG, "database", str(error))
        return
    yield _schema(stored, head)
    if waiting:
        words = f"{waiting} received and not finished; a bot that runs is handling them, or the next start does first"
        yield Finding(Level.NOTE, "updates", words)


def _schema(stored: str | None, head: str) -> Finding:
    if stored is None:
        return Finding(Level.OK, "database", f"does not exist yet; the first start creates it at revision {head}")
    if stored == head:
        return Finding(Level.OK, "database", f"reachable, at revision {stored}")
    if stored < head:
        return Finding(Level.OK, "database", f"reachable, at revision {stored}; the next start upgrades it to {head}")
    return Finding(
        Level.WRONG,
        "database",
        f"at revision {stored}, which is newer than this program's {head}; install a newer version",
    )


def _rulebook(settings: Settings) -> Finding:
    if settings.rulebook is None:
        return Finding(Level.OK, "rulebook", "the built-in one")
    try:
        rulebook.load(settings.rulebook)
    except rulebook.RulebookError as error:
        return Finding(Level.WRONG, "RULEBOOK", str(error))
    return Finding(Level.OK, "rulebook", str(settings.rulebook))
