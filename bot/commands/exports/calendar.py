"""Hands over what falls due as a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.commands.exports.answers import Wanted, document_answer, stop_writing
from bot.commands.exports.dates import dates_of
from bot.commands.exports.gathering import Gathering
from bot.commands.exports.orders import Scope, order_of
from bot.documents.model import Form, Subject
from bot.options.times.period import ALL_TIME, Days
from bot.reply.parts import Reply, reply, say
from bot.views.statements.captions import caption_of, document_buttons, stem_of
from bot.views.statements.query import DocumentQuery
from core.shared.calendar import day_in

if TYPE_CHECKING:
    from bot.command.declaration import Call
    from bot.documents.model import Document
    from bot.reply.parts import Say


async def calendar_answer(call: Call, stop: int | None) -> Reply:
    """The calendar, at once or later; or what became of the wish to stop it."""
    today = day_in(call.zone, call.at)
    query = DocumentQuery(Subject.DATES, Form.CALENDAR, ALL_TIME)
    if stop is not None:
        return stop_writing(call, query, stop)
    dates = await dates_of(call)
    others = document_buttons(query, Days(today, today))
    if not dates:
        return reply(say("export-no-dates"), others)
    count = len(dates)

    def caption(document: Document) -> tuple[Say, ...]:
        return (caption_of(query, document._replace(rows=count), say("period-all")),)

    scope = Scope(Days(today, today), today, today, ())
    order = await order_of(call, query, scope, 0, dates=dates)
    wanted = Wanted(query, say("document-what-dates"), stem_of(query, today), caption, others)
    return await document_answer(call, wanted, order, await Gathering.of(call, query, 0))
