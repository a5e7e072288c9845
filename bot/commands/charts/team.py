"""Reads who spent what for a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.command.permissions import sees_all
from bot.commands.imports.remembered import members_named
from bot.reply.parts import Button, say
from bot.views.charts.captioned import Missing
from bot.views.charts.team import TeamData, team_picture
from bot.views.stats.phrases import days_in_words
from core.stats.team import TeamFigures
from core.team.report import own_rows

if TYPE_CHECKING:
    from bot.command.declaration import Call
    from bot.commands.charts.data import ChartScope
    from bot.views.charts.captioned import CaptionedChart, ChartWriter

BOOK: Final = Button(say("button-book-bid"), "spend")


async def team(call: Call, scope: ChartScope, write: ChartWriter) -> CaptionedChart | Missing:
    """Who spent what; somebody who may not see that of all sees what they did themselves."""
    if not call.of_group:
        return Missing(say("team-for-groups", groups="no"), ())
    wallet = call.open_wallet
    people = await members_named(call.store.notes, wallet.id, call.at)
    days = (None, scope.last) if scope.days is None else scope.days
    found = await TeamFigures(call.store, call.books.clock).report(wallet.id, days, people)
    if not (every := await sees_all(call)):
        found = own_rows(found, call.person.id)
    if not any(row.connects for row in found.rows):
        return Missing(say("chart-spend-none", days=days_in_words(found.first, found.last)), (BOOK,))
    shown = {row.who.person for row in found.rows if row.who.person is not None}
    return team_picture(TeamData(found, await call.store.people.names(shown), own=not every), write)
