"""Who may use a command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.command.declaration import Who
from bot.command.incoming import AdminsUnseenError, Pressed
from bot.reply.parts import Say, say

if TYPE_CHECKING:
    from bot.command.declaration import Call, Command
    from bot.command.incoming import Incoming
    from bot.reply.parts import Reply

NOT_FOR_THEM: Final = frozenset(
    {
        *("operators-only", "admins-only", "admins-unseen", "admins-press"),
        *("not-yours", "not-your-proposal", "alerts-not-yours"),
    }
)
"""The sentences that refuse somebody."""


async def forbidden(command: Command, call: Call, incoming: Incoming) -> Say | None:
    """The answer to somebody who may not use a command; None if they may."""
    if command.who is Who.OPERATORS and not call.operator:
        return say("operators-only", command=command.name)
    if command.who is not Who.ADMINS or not call.group:
        return None
    try:
        if await incoming.admin():
            return None
    except AdminsUnseenError:
        return say("admins-unseen")
    return say("admins-press") if isinstance(incoming.said, Pressed) else say("admins-only", command=command.name)


async def is_admin(incoming: Incoming) -> bool:
    """Whether somebody is an admin of the group; False if the platform does not let the bot see it."""
    try:
        return await incoming.admin()
    except AdminsUnseenError:
        return False


def refuses_presser(given: Reply, incoming: Incoming) -> bool:
    """Whether somebody pressed in a group what is not for them, which nobody else there need read."""
    first = next(iter(given.parts), None)
    pressed = incoming.group and isinstance(incoming.said, Pressed)
    return pressed and isinstance(first, Say) and first.id in NOT_FOR_THEM
