"""The command that hands over one page to read, print or send: figures, pictures and tables of a period."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated, Final

from bot.command.declaration import Call, command
from bot.commands.exports.answers import STOP, Wanted, document_answer, stop_writing
from bot.commands.exports.facts import ReportFactReader
from bot.commands.exports.gathering import Gathering, at_one_moment
from bot.commands.exports.orders import order_of, period_name, query_of, scope_of
from bot.documents.model import Form, Subject
from bot.options.times.period import Span
from bot.reading.exports.lines import REPORT, export_line
from bot.reading.exports.words import PERIOD
from bot.reply.parts import Reply
from bot.views.money.visibility import in_money
from bot.views.statements.captions import caption_of, document_buttons, stem_of
from core.shared.calendar import day_in

if TYPE_CHECKING:
    from bot.commands.exports.orders import Scope
    from bot.documents.model import Document, DocumentOrder
    from bot.reply.parts import Say
    from bot.views.statements.query import DocumentQuery

A_YEAR: Final[Span] = PERIOD.read("year")


@command(REPORT, reader=export_line)
async def report(
    call: Call,
    period: Annotated[Span | None, PERIOD] = None,
    *,
    stop: Annotated[int | None, STOP] = None,
) -> Reply:
    """Send one page with figures, pictures and tables of a period, to read, print or pass on."""
    return await report_answer(call, period or A_YEAR, stop)


async def report_answer(call: Call, period: Span, stop: int | None) -> Reply:
    """The page, at once or later; or what became of the wish to stop it."""
    query = query_of(call, Subject.REPORT, Form.PAGE, period)
    if stop is not None:
        return stop_writing(call, query, stop)
    up_to, scope = await at_one_moment(call.books, call.open_wallet.id, partial(scope_of, call, period, query))
    name = period_name(call, scope.days)
    facts = ReportFactReader(call, scope)
    wanted = Wanted(
        query,
        query.named(name),
        stem_of(query, day_in(call.zone, call.at)),
        partial(_caption, query, name, facts),
        document_buttons(query, scope.booked, in_money(call, query.line)),
        lambda: not facts.drawn,
    )
    books = await Gathering.of(call, query, up_to)
    return await document_answer(call, wanted, partial(_order, call, query, scope, up_to, facts), books)


async def _order(call: Call, query: DocumentQuery, scope: Scope, up_to: int, facts: ReportFactReader) -> DocumentOrder:
    """The order of a report, for which its pictures are drawn first."""
    return await order_of(call, query, scope, up_to, report=await facts.read())


def _caption(query: DocumentQuery, period: Say, facts: ReportFactReader, document: Document) -> tuple[Say, ...]:
    return (caption_of(query, document, period), *facts.left_out)
