"""What somebody may see of what the members of a group have spent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.command.permissions import READERS
from bot.commands.imports.remembered import members_named
from bot.views.team.seen import TeamSeen
from core.stats.team import TeamFigures

if TYPE_CHECKING:
    from datetime import date

    from bot.command.declaration import Call
    from core.shared.ids import PersonId
    from core.team.model import TeamReport


def is_shared(call: Call) -> bool:
    """Whether the wallet is a group's, which may be shown outside it as well."""
    return call.group or call.acts_as is not None


async def sees_all(call: Call) -> bool:
    """Whether somebody may see what each member has spent, not only what they have spent themselves."""
    return await call.role() in READERS


def only_own(found: TeamReport, person: PersonId) -> TeamReport:
    """The report as a member may see it: their own row, and all together."""
    return found._replace(rows=tuple(row for row in found.rows if row.who.person == person))


async def team_seen(call: Call, days: tuple[date | None, date]) -> TeamSeen:
    """Who spent what in some days, as far as whoever calls may see it."""
    wallet = call.open_wallet
    people = await members_named(call.store.notes, wallet.id, call.at)
    found = await TeamFigures(call.store, call.books.clock).report(wallet.id, days, people)
    if not (every := await sees_all(call)):
        found = only_own(found, call.person.id)
    shown = {row.who.person for row in found.rows if row.who.person is not None}
    return TeamSeen(found, await call.store.people.names(shown), own=not every)
