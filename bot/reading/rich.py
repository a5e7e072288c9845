"""Keeps the bold, italics and links of a text that somebody wrote, for the options that take them."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from bot.command.incoming import Pressed
from bot.options.text import Text
from bot.reading.lines import line_of
from bot.reply.marks import from_markdown, is_marked, taken_from

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.command.declaration import Command
    from bot.command.incoming import Incoming
    from bot.reply.parts import Button

NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


def with_marks(
    command: Command, words: Mapping[str, str], incoming: Incoming, known: Mapping[str, str] = NOTHING
) -> Mapping[str, str]:
    """The words of a command's options, those of a rich text with its marks.

    What the bot printed on a button has its marks already, and so have the words that are `known` from before.
    """
    rich = {option.name for option in command.options if isinstance(option.kind, Text) and option.kind.rich}
    new = {name for name in rich & words.keys() if words[name] != known.get(name)}
    if isinstance(incoming.said, Pressed) or not new:
        return words
    return {name: _marked(value, incoming) if name in new else value for name, value in words.items()}


def reading_with_marks(reading: Button, command: Command, words: Mapping[str, str], incoming: Incoming) -> Button:
    """A reading of what was typed, whose line has these words; with marks if the text in it was typed with any."""
    kept = with_marks(command, words, incoming)
    return reading if kept == words else replace(reading, line=line_of(command.name, kept))


def _marked(words: str, incoming: Incoming) -> str:
    if is_marked(words):
        return words
    if incoming.markdown:
        return from_markdown(words)
    return taken_from(incoming.marked, words) if incoming.marked else words
