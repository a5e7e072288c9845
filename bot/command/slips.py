"""Words with a slip in them: the command that was meant, and whether two words differ by one letter."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from bot.reply.parts import Say, say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.command.declaration import Command


def no_such_command(name: str, commands: Mapping[str, Command]) -> Say:
    """The answer to an unknown command, with the closest known one if there is any."""
    if not name:
        return say("no-command")
    near = nearest_command(name, commands)
    shown = name[:40]
    return say("no-such-command", name=shown) if near is None else say("no-such-command-but", name=shown, near=near)


def nearest_command(name: str, commands: Mapping[str, Command]) -> str | None:
    """The known command whose name is most like this one, if any is."""
    offered = [known for known, found in commands.items() if not found.hidden]
    return next(iter(get_close_matches(name.casefold(), offered, n=1)), None)


def one_slip_apart(one: str, other: str) -> bool:
    """Whether one word is the other with a letter left out, added or changed, or with two neighbours swapped."""
    start = _common(one, other)
    one, other = one[start:], other[start:]
    end = _common(one[::-1], other[::-1])
    one, other = one[: len(one) - end], other[: len(other) - end]
    swapped = len(one) == len(other) == len("ab") and one == other[::-1]
    return swapped or max(len(one), len(other)) == 1


def _common(one: str, other: str) -> int:
    """The length of the beginning that two words have in common."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (mine, yours) in pairs if mine != yours), min(len(one), len(other)))
