"""Refuses whoever may not use a command, and says who may."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.command.incoming import AdminsUnseenError, Pressed
from bot.command.permissions import changes_something, is_or_was, permission_of
from bot.reply.parts import Buttons, Say, say
from bot.views.team.roles import people_named, roles_named
from core.shared.ids import PersonId
from core.shared.names import SOMEONE
from core.wallets.team import Role

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.command.declaration import Call, Command
    from bot.command.incoming import Incoming
    from bot.reply.parts import Button, Reply

NOT_FOR_THEM: Final = frozenset(
    {
        *("operators-only", "groups-only", "admins-only", "admins-change", "admins-unseen", "admins-press"),
        *(
            "roles-only",
            "roles-change",
            "roles-press",
            "viewers-read",
            "menu-theirs",
            "joined-only",
            "member-anonymous",
        ),
        *("asked-another", "not-yours", "not-your-proposal", "alerts-not-yours"),
    }
)
"""The sentences that refuse somebody."""
FOR_WHOM_IT_ASKS: Final = frozenset({"spend", "bid", "several", "boosted", "number", "unsent"})
"""The commands that count for whoever uses them. As an answer to what the bot asked, nobody else may press them."""
MOST_NAMED: Final = 3
"""How many owners a refusal names."""


async def forbidden(
    command: Command, call: Call, incoming: Incoming, words: Mapping[str, str], *, only: int = 0
) -> Say | None:
    """The answer to somebody who may not use a command, with these words for its options; None if they may.

    only: the number of the one person whom it was offered to (0: everybody).
    """
    if only and not await is_or_was(call, PersonId(only)):
        names = await call.store.people.names([PersonId(only)])
        return say("asked-another", name=names.get(PersonId(only), SOMEONE))
    permission, changes = permission_of(command), changes_something(command, words)
    role = call.known_role if call.group else None
    if permission.allows(role, operator=call.operator, changes=changes):
        return None
    if permission.for_operators or not call.group:
        return say("operators-only" if permission.operators else "groups-only", command=command.name)
    try:
        if (call.led_by_admins or (call.joined and permission.of_chat)) and await incoming.admin():
            return None
    except AdminsUnseenError:
        return say("admins-unseen")
    return await _refusal(command, call, incoming)


async def _refusal(command: Command, call: Call, incoming: Incoming) -> Say:
    """Who may do it, and who can change that."""
    permission = permission_of(command)
    does = "press" if isinstance(incoming.said, Pressed) else "change" if permission.reads else "only"
    if call.known_role is Role.VIEWER and Role.MEMBER in permission.roles:
        return say("viewers-read")
    if call.joined and not call.team.owned:
        return say("joined-only", command=command.name, roles=roles_named(permission.roles, owned=True))
    if call.speaks_as_chat and call.team.owned:
        return say("member-anonymous")
    if not call.team.roles:
        return say(f"admins-{does}", command=command.name)
    people = await call.store.people.names(person for person, role in call.team.roles if role is Role.OWNER)
    return say(
        f"roles-{does}",
        command=command.name,
        roles=roles_named(permission.roles, owned=call.team.owned),
        owners=people_named([*people.values()][:MOST_NAMED]),
        count=len(people),
    )


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


def for_asker(given: Reply, call: Call) -> Reply:
    """An answer in a group whose buttons book something for whoever presses them: only who was asked may."""
    if not call.group:
        return given
    parts = (
        replace(part, rows=tuple(tuple(_for_asker(one, call) for one in row) for row in part.rows))
        if isinstance(part, Buttons)
        else part
        for part in given.parts
    )
    return replace(given, parts=tuple(parts))


def _for_asker(one: Button, call: Call) -> Button:
    name = one.line.removeprefix("/").partition(" ")[0]
    return replace(one, only=call.person.id) if one.goes_on or name in FOR_WHOM_IT_ASKS else one
