"""Reads who spent what, as far as whoever calls may see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.command.permissions import sees_all
from bot.commands.imports.remembered import members_named
from bot.views.team.seen import TeamSeen
from core.stats.team import TeamFigures
from core.team.report import own_rows

if TYPE_CHECKING:
    from datetime import date

    from bot.command.declaration import Call


async def team_seen(call: Call, days: tuple[date | None, date]) -> TeamSeen:
    """Who spent what in some days."""
    wallet = call.open_wallet
    people = await members_named(call.store.notes, wallet.id, call.at)
    found = await TeamFigures(call.store, call.books.clock).report(wallet.id, days, people)
    if not (every := await sees_all(call)):
        found = own_rows(found, call.person.id)
    shown = {row.who.person for row in found.rows if row.who.person is not None}
    return TeamSeen(found, await call.store.people.names(shown), own=not every)
