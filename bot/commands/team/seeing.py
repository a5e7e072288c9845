"""What somebody may see of what the members of a group have spent."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.command.permissions import READERS, role_in_group

if TYPE_CHECKING:
    from bot.command.declaration import Call
    from core.shared.ids import PersonId
    from core.team.model import TeamReport


async def is_shared(call: Call) -> bool:
    """Whether the wallet is a group's."""
    return call.group or await call.store.people.group_of(call.open_wallet.id) is not None


async def sees_all(call: Call) -> bool:
    """Whether somebody may see what each member spent, not only what they did. It may be shown outside the group."""
    if call.group:
        return await call.role() in READERS
    group = await call.store.people.group_of(call.open_wallet.id)
    if group is None:
        return True
    if group == call.chat:  # it is shown in the group, but to one person only
        return await replace(call, group=True).role() in READERS
    return await role_in_group(call.admins, group, call.team, call.person.id) in READERS


def only_own(found: TeamReport, person: PersonId) -> TeamReport:
    """The report as a member may see it: their own row, and all together."""
    return found._replace(rows=tuple(row for row in found.rows if row.who.person == person))
