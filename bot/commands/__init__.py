"""What a person can say, one file for each topic. A command declared in any file of this folder is found here."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bot.command import Command

if TYPE_CHECKING:
    from collections.abc import Mapping

FIRST: Final = ("ledger", "reading", "alerting", "settings", "promoting", "announcing", "start")
"""The files whose commands are listed first, in this order: what is needed daily comes before what is needed once."""


@lru_cache
def declared() -> tuple[Command, ...]:
    """All commands, in the order in which help lists them: by file, `FIRST` first, then as declared."""
    found: list[Command] = []
    files = sorted(module.name for module in iter_modules(__path__))
    for name in sorted(files, key=lambda name: FIRST.index(name) if name in FIRST else len(FIRST)):
        members = vars(import_module(f"{__name__}.{name}")).values()
        found.extend(member for member in members if isinstance(member, Command))
    return tuple(found)


@lru_cache
def by_name() -> Mapping[str, Command]:
    """Every command under its name and its aliases."""
    return MappingProxyType({name: command for command in declared() for name in (command.name, *command.aliases)})
