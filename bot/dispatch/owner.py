"""Says whose wallet an answer is about, where people may be mistaken: the group's, or the person's own elsewhere."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.command.incoming import Pressed
from bot.reply.parts import say

if TYPE_CHECKING:
    from bot.command.declaration import Command
    from bot.command.incoming import Incoming
    from bot.reply.parts import Reply, Say


def with_owner(given: Reply, incoming: Incoming, command: Command | None) -> Reply:
    """An answer that begins with its wallet's owner if that may be unclear; `command` is None if it is in doubt."""
    owner = _owner(incoming, command)
    return given if owner is None else replace(given, parts=(owner, *given.parts))


def _owner(incoming: Incoming, command: Command | None) -> Say | None:
    """In a group a button need not say it again, and some buttons are below messages that everybody reads."""
    if incoming.away:
        return say("own-wallet")
    unclear = incoming.group and incoming.everywhere and not isinstance(incoming.said, Pressed)
    return say("group-wallet", group=incoming.title) if unclear and (command is None or command.needs_wallet) else None
