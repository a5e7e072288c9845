"""An answer that is a picture. If it takes long, something is said first, with a button that stops the drawing."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.base.waiting import done_within, is_cancelled
from bot.command.declaration import UnfitError
from bot.pictures.studio import NotDrawnError
from bot.processes.errors import BusyError
from bot.processes.owned_tasks import Stop
from bot.reply.parts import Button, Buttons, File, Reply, reply, say
from bot.views.charts.query import name_of

if TYPE_CHECKING:
    from bot.command.declaration import Call
    from bot.views.charts.captioned import CaptionedChart
    from bot.views.charts.query import ChartQuery

NAME: Final = "{}.png"


async def picture_answer(call: Call, query: ChartQuery, found: CaptionedChart, buttons: Buttons) -> Reply:
    """The picture with its caption and these buttons, at once or later."""
    try:
        drawing = call.drawings.begin(call.person.id, found.chart)
    except BusyError:
        return _busy(query, found)
    coming = asyncio.ensure_future(_finished(drawing.picture, query, found, buttons))
    if await done_within(coming, call.drawings.grace):
        return coming.result()
    cancel = Button(say("button-cancel"), query.stopping(drawing.token))
    return replace(reply(say("chart-drawing", picture=name_of(query.picture)), Buttons(((cancel,),))), coming=coming)


def stop_drawing(call: Call, query: ChartQuery, token: int) -> Reply:
    """What became of the wish to stop a drawing. What is drawn already stays."""
    outcome = call.drawings.stop(call.person.id, token)
    if outcome is Stop.STOPPED:
        return _stopped(query)
    if outcome is Stop.OTHERS:
        raise UnfitError(say("chart-of-another"))
    name = "chart-drawn-already" if outcome is Stop.DONE else "chart-not-drawing"
    return reply(say(name), Buttons(((query.again,),)), replace=outcome is Stop.UNKNOWN)


async def _finished(picture: asyncio.Task[bytes], query: ChartQuery, found: CaptionedChart, buttons: Buttons) -> Reply:
    """The picture, or why there is none."""
    try:
        content = await picture
    except BusyError:
        return _busy(query, found)
    except NotDrawnError as error:
        again = Buttons(((Button(say("button-retry"), query.line),), *buttons.rows))
        return reply(found.caption, say("chart-failed", id=error.number), again)
    except asyncio.CancelledError:
        if is_cancelled():
            raise
        return _stopped(query)  # by its button, whose answer may be shown before this or after it
    return reply(File(NAME.format(query.picture), content, found.caption, picture=True), buttons)


def _busy(query: ChartQuery, found: CaptionedChart) -> Reply:
    return reply(found.caption, say("chart-busy"), Buttons(((Button(say("button-retry"), query.line),),)))


def _stopped(query: ChartQuery) -> Reply:
    return reply(say("chart-stopped"), Buttons(((query.again,),)), replace=True)
