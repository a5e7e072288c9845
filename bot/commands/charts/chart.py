"""The command that draws pictures: the balance, what became of proposals, what was spent, what a reply cost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Final

from bot.command.declaration import Call, command
from bot.commands.charts import figures
from bot.commands.charts.drawing import drawn, stopped
from bot.commands.stats.money import in_money, shows_money
from bot.options.choice import Switch
from bot.options.numbers import Whole
from bot.options.times.period import Span
from bot.pictures.drawings import MOST_TOKEN
from bot.pictures.kinds import Picture
from bot.reading.pictures import PERIOD, PICTURE, chart_line
from bot.reply.parts import Button, Buttons, Reply, reply, say
from bot.reply.words import voice
from bot.views.charts.asked import USUAL, Asked, rows
from bot.views.charts.pictured import Missing, Writer
from bot.views.stats.asked import CHART
from bot.views.stats.asked import USUAL as USUAL_PERIOD
from core.shared.calendar import day_in

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from bot.views.charts.pictured import Pictured

    Read = Callable[[Call, figures.Wanted, Writer], Awaitable[Pictured | Missing]]

READ: Final[Mapping[Picture, Read]] = {
    Picture.BALANCE: figures.balance,
    Picture.FUNNEL: figures.funnel,
    Picture.SPEND: figures.spend,
    Picture.REPLIES: figures.replies,
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
    words = USUAL.get(picture, USUAL_PERIOD) if period is None else period.words
    asked = Asked(picture, words, money and picture in IN_MONEY and shows_money(call))
    if stop is not None:
        return stopped(call, asked, stop)
    writer = Writer(voice(call.locale, call.zone), call.open_wallet.settings.figures.dark)
    found = await READ[picture](call, _wanted(call, asked), writer)
    buttons = Buttons(tuple(rows(asked, _beside(call, asked))))
    if isinstance(found, Missing):
        helping = (found.help,) if found.help and not call.group else ()
        return reply(found.why, Buttons((*helping, *buttons.rows)), replace=here)
    return replace(await drawn(call, asked, found, buttons), replace=here)


def _wanted(call: Call, asked: Asked) -> figures.Wanted:
    """The days, without those that are still to come."""
    today = day_in(call.zone, call.at)
    first, last = PERIOD.read(asked.period).of(today)
    return figures.Wanted(first, max(first, min(last, today)), asked.money, shows_money(call))


def _beside(call: Call, asked: Asked) -> Button | None:
    """The button that shows the same in money, or in Connects."""
    if asked.picture in SAY_MONEY and not shows_money(call):
        return in_money(call, asked._replace(money=asked.picture in IN_MONEY).line)
    if asked.picture not in IN_MONEY:
        return None
    label = say("button-in-connects" if asked.money else "button-in-money")
    return Button(label, asked._replace(money=not asked.money).line)
