"""Keeps the bold, italics and links of a text that somebody wrote, for the options that take them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.command.incoming import Pressed
from bot.options.text import Text
from bot.reply.marks import from_markdown, is_marked, taken_from

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.command.declaration import Command
    from bot.command.incoming import Incoming


def with_marks(command: Command, words: Mapping[str, str], incoming: Incoming) -> Mapping[str, str]:
    """The words of a command's options, those of a rich text with its marks.

    What the bot printed on a button has them already, and so have words that came with an earlier answer.
    """
    rich = {option.name for option in command.options if isinstance(option.kind, Text) and option.kind.rich}
    if isinstance(incoming.said, Pressed) or not rich & words.keys():
        return words
    return {name: _marked(value, incoming) if name in rich else value for name, value in words.items()}


def _marked(words: str, incoming: Incoming) -> str:
    if is_marked(words):
        return words
    if incoming.markdown:
        return from_markdown(words)
    return taken_from(incoming.marked, words) if incoming.marked else words
