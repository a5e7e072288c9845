"""Reads who spent what for a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.commands.team.seen import team_seen
from bot.reply.parts import Button, say
from bot.views.charts.captioned import Missing
from bot.views.charts.team import team_picture
from bot.views.stats.phrases import days_in_words

if TYPE_CHECKING:
    from bot.command.declaration import Call
    from bot.commands.charts.data import ChartScope
    from bot.views.charts.captioned import CaptionedChart, ChartWriter

BOOK: Final = Button(say("button-book-bid"), "spend")


async def team(call: Call, scope: ChartScope, write: ChartWriter) -> CaptionedChart | Missing:
    """Who spent what; somebody who may not see that of all sees what they did themselves."""
    if not call.of_group:
        return Missing(say("team-for-groups", groups="no"), ())
    seen = await team_seen(call, (None, scope.last) if scope.days is None else scope.days)
    if not any(row.connects for row in seen.found.rows):
        return Missing(say("chart-spend-none", days=days_in_words(seen.found.first, seen.found.last)), (BOOK,))
    return team_picture(seen, write)
