"""The commands, a folder for each topic. Every command that is declared in one of their files is found."""

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
    "ledger.spending",
    "ledger.receiving",
    "ledger.returning",
    "ledger.correcting",
    "ledger.costs",
    "ledger.queries",
    "lots.showing",
    "lots.forecasting",
    "reconciling.confirming",
    "ledger.history",
    "exports.statement",
    "exports.export",
    "exports.report",
    "proposals.listing",
    "proposals.refunds",
    "stats.statistics",
    "charts.chart",
    "team.team",
    "clients.showing",
    "alerts.commands",
    "team.limits",
    "team.targets",
    "wallet.settings",
    "team.roles",
    "promotions.promote",
    "promotions.claim",
    "announcements.subscribing",
    "announcements.once",
    "imports.importing",
    "wallet.opening",
    "wallet.help",
)
"""The files whose commands are listed first: what is needed daily comes before what is needed once."""


@lru_cache
def declared() -> tuple[Command, ...]:
    """All commands in the order of /help: by file, `FIRST` first, and as declared within a file."""
    found: list[Command] = []
    files = sorted(module.name.removeprefix(f"{__name__}.") for module in walk_packages(__path__, f"{__name__}."))
    for name in sorted(files, key=lambda name: FIRST.index(name) if name in FIRST else len(FIRST)):
        members = vars(import_module(f"{__name__}.{name}")).values()
        found.extend(member for member in members if isinstance(member, Command))
    return tuple(found)


@lru_cache
def by_name() -> Mapping[str, Command]:
    """The commands by name and by alias."""
    return MappingProxyType({name: command for command in declared() for name in (command.name, *command.aliases)})
