"""How commands and their options are described, in help and in native forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.reading.parser import words_of
from bot.reply.parts import Say, say
from bot.reply.words import CATALOG, voice

if TYPE_CHECKING:
    from bot.command.declaration import Call, Command, Option


def about_option(command: Command, option: Option) -> Say:
    """The description of an option: written for this command if there is one, else for the option in general."""
    own = f"opt-{command.name}-{option.name}"
    return say(own if CATALOG.has(own) else f"opt-{option.name}")


def more_about(command: Command) -> Say | None:
    """What is worth knowing before a command is used; None if its description says it all."""
    more = f"more-{command.name}"
    return say(more) if CATALOG.has(more) else None


def example_of(call: Call, found: Command) -> Say:
    """A line that does something. Discord's app takes the options of its commands by their names only."""
    example = say(f"example-{found.name}")
    if call.chat.platform != "discord" or found.hidden:
        return example
    name, _, line = voice(call.locale, "UTC").say(example).partition(" ")
    options = (f"{option}:{words}" for option, words in words_of(found, line).items())
    return say("raw", text=" ".join((name, *options)))
