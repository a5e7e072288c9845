"""The command that draws pictures: the balance, what became of proposals, what was spent, what a reply cost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Final

from bot.command.declaration import Call, command
from bot.commands.charts import data
from bot.commands.charts.answers import picture_answer, stop_drawing
from bot.commands.charts.team import team
from bot.options.choice import Switch
from bot.options.numbers import Whole
from bot.options.times.period import Span
from bot.pictures.kinds import Picture
from bot.processes.owned_tasks import MOST_TOKEN
from bot.reading.pictures import PERIOD, PICTURE, chart_line
from bot.reply.parts import Button, Buttons, Reply, reply, say
from bot.reply.words import voice
from bot.views.charts.captioned import ChartWriter, Missing
from bot.views.charts.query import USUAL, ChartQuery, rows
from bot.views.money.visibility import in_money, shows_money
from bot.views.stats.query import CHART, usual_words
from bot.views.stats.query import USUAL as USUAL_PERIOD
from core.shared.calendar import day_in

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from bot.views.charts.captioned import CaptionedChart

    Read = Callable[[Call, data.ChartScope, ChartWriter], Awaitable[CaptionedChart | Missing]]

READ: Final[Mapping[Picture, Read]] = {
    Picture.BALANCE: data.balance,
    Picture.FUNNEL: data.funnel,
    Picture.SPEND: data.spend,
    Picture.REPLIES: data.replies,
    Picture.TEAM: team,
}
IN_MONEY: Final = frozenset({Picture.REPLIES})
"""The pictures that can be drawn in money."""
SAY_MONEY: Final = frozenset({*IN_MONEY, Picture.SPEND, Picture.FUNNEL})
"""The pictures below which costs are said in money."""


@command(CHART, "picture", "graph", reader=chart_line)
async def chart(
    call: Call,
    what: Annotated[Picture, PICTURE],
    period: Annotated[Span | None, PERIOD] = None,
    *,
    money: Annotated[bool, Switch(named=True)] = False,
    here: Annotated[bool, Switch(named=True, hidden=True)] = False,
    stop: Annotated[int | None, Whole(low=1, high=MOST_TOKEN, named=True, hidden=True)] = None,
) -> Reply:
    """Draw a picture of figures, or stop drawing it."""
    picture = Picture(what)
    today = day_in(call.zone, call.at)
    words = USUAL.get(picture, USUAL_PERIOD) if period is None else usual_words(period, today)
    query = ChartQuery(picture, words, money and picture in IN_MONEY and shows_money(call))
    if stop is not None:
        return stop_drawing(call, query, stop)
    writer = ChartWriter(voice(call.locale, call.zone), call.open_wallet.settings.figures.dark)
    found = await READ[picture](call, _scope(call, query), writer)
    buttons = Buttons(tuple(rows(query, _beside(call, query), shared=call.of_group)))
    if isinstance(found, Missing):
        helping = (found.help,) if found.help and not call.group else ()
        return reply(found.why, Buttons((*helping, *buttons.rows)), replace=here)
    return replace(await picture_answer(call, query, found, buttons), replace=here)


def _scope(call: Call, query: ChartQuery) -> data.ChartScope:
    """The days, without those that are still to come."""
    today = day_in(call.zone, call.at)
    first, last = PERIOD.read(query.period).of(today)
    return data.ChartScope(first, max(first, min(last, today)), query.money, shows_money(call))


def _beside(call: Call, query: ChartQuery) -> Button | None:
    """The button that shows the same in money, or in Connects."""
    if query.picture in SAY_MONEY and not shows_money(call):
        return in_money(call, query._replace(money=query.picture in IN_MONEY).line)
    if query.picture not in IN_MONEY:
        return None
    label = say("button-in-connects" if query.money else "button-in-money")
    return Button(label, query._replace(money=not query.money).line)
