"""How commands and their options are described, in help and in native forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.reply.parts import Say, say
from bot.reply.words import CATALOG

if TYPE_CHECKING:
    from bot.command.declaration import Command, Option


def about_option(command: Command, option: Option) -> Say:
    """The description of an option: written for this command if there is one, else for the option in general."""
    own = f"opt-{command.name}-{option.name}"
    return say(own if CATALOG.has(own) else f"opt-{option.name}")
