"""Who may use a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.command.declaration import Who
from bot.command.incoming import AdminsUnseenError
from bot.reply.parts import say

if TYPE_CHECKING:
    from bot.command.declaration import Call, Command
    from bot.command.incoming import Incoming
    from bot.reply.parts import Say


async def forbidden(command: Command, call: Call, incoming: Incoming) -> Say | None:
    """The answer to somebody who may not use a command; None if they may."""
    if command.who is Who.OPERATORS and not call.operator:
        return say("operators-only", command=command.name)
    if command.who is not Who.ADMINS or not call.group:
        return None
    try:
        return None if await incoming.admin() else say("admins-only", command=command.name)
    except AdminsUnseenError:
        return say("admins-unseen")


async def is_admin(incoming: Incoming) -> bool:
    """Whether somebody is an admin of the group; False if the platform does not let the bot see it."""
    try:
        return await incoming.admin()
    except AdminsUnseenError:
        return False
