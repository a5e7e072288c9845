"""What a person can say, one file for each topic. A command declared in any file of this folder is found here."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType
from typing import TYPE_CHECKING

from bot.command import Command

if TYPE_CHECKING:
    from collections.abc import Mapping


@lru_cache
def declared() -> tuple[Command, ...]:
    """All commands, in the order in which help lists them: by file, then as declared."""
    found: list[Command] = []
    for module in sorted(iter_modules(__path__), key=lambda module: module.name):
        members = vars(import_module(f"{__name__}.{module.name}")).values()
        found.extend(member for member in members if isinstance(member, Command))
    return tuple(found)


@lru_cache
def by_name() -> Mapping[str, Command]:
    """Every command under its name and its aliases."""
    return MappingProxyType({name: command for command in declared() for name in (command.name, *command.aliases)})
