"""What a person can say, a folder for each topic. A command declared in any file of them is found here."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from pkgutil import walk_packages
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bot.command.declaration import Command

if TYPE_CHECKING:
    from collections.abc import Mapping

FIRST: Final = (
    "ledger.booking",
    "ledger.reading",
    "alerts.settings",
    "wallet.settings",
    "promotions.claim",
    "announcements.once",
    "wallet.opening",
)
"""The files whose commands are listed first, in this order: what is needed daily comes before what is needed once."""


@lru_cache
def declared() -> tuple[Command, ...]:
    """All commands, in the order in which help lists them: by file, `FIRST` first, then as declared."""
    found: list[Command] = []
    files = sorted(module.name.removeprefix(f"{__name__}.") for module in walk_packages(__path__, f"{__name__}."))
    for name in sorted(files, key=lambda name: FIRST.index(name) if name in FIRST else len(FIRST)):
        members = vars(import_module(f"{__name__}.{name}")).values()
        found.extend(member for member in members if isinstance(member, Command))
    return tuple(found)


@lru_cache
def by_name() -> Mapping[str, Command]:
    """Every command under its name and its aliases."""
    return MappingProxyType({name: command for command in declared() for name in (command.name, *command.aliases)})
