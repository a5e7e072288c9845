"""The command that hands over the books as a file: entries or postings of a period, or a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from bot.command.declaration import Call, DoubtError, command
from bot.commands.exports.answers import Wanted, document_answer, stop_writing
from bot.commands.exports.books import books_answer
from bot.commands.exports.dates import dates_of
from bot.commands.exports.gathering import Gathering
from bot.commands.exports.ordering import Scope, order_of
from bot.commands.exports.report import report_answer
from bot.documents.model import Form, Subject
from bot.options.choice import Switch
from bot.options.numbers import Whole
from bot.options.times.period import ALL_TIME, Days, Span
from bot.processes.owned_tasks import MOST_TOKEN
from bot.reading.exports.lines import EXPORT, export_line
from bot.reading.exports.words import FORM, PERIOD
from bot.reply.parts import Reply, reply, say
from bot.views.statements.captions import Sums, caption_of, document_buttons, stem_of
from bot.views.statements.periods import words_of_days
from bot.views.statements.query import DocumentQuery
from core.shared.calendar import day_in

if TYPE_CHECKING:
    from bot.documents.model import Document
    from bot.reply.parts import Say

EVER: Final[Span] = PERIOD.read(ALL_TIME)
NO_SUMS: Final = Sums(0, 0)


@command(EXPORT, reader=export_line)
async def export(
    call: Call,
    period: Annotated[Span | None, PERIOD] = None,
    form: Annotated[str, FORM] = Form.CSV,
    *,
    postings: Annotated[bool, Switch(named=True)] = False,
    stop: Annotated[int | None, Whole(low=1, high=MOST_TOKEN, named=True, hidden=True)] = None,
) -> Reply:
    """Send the books of a period as a file, or stop writing it."""
    wanted, days = Form(form), period or EVER
    if wanted is Form.CALENDAR:
        return await _calendar(call, stop)
    if wanted is Form.PAGE:
        return await report_answer(call, days, stop)
    if postings and wanted is not Form.CSV:
        words = words_of_days(days.of(day_in(call.zone, call.at)))
        rows, entries = DocumentQuery(Subject.POSTINGS, Form.CSV, words), DocumentQuery(Subject.ENTRIES, wanted, words)
        raise DoubtError(say("doubt-postings-form", form=say(f"form-{wanted}")), rows.form_button, entries.form_button)
    return await books_answer(call, Subject.POSTINGS if postings else Subject.ENTRIES, wanted, days, stop)


async def _calendar(call: Call, stop: int | None) -> Reply:
    """What falls due, as a calendar."""
    today = day_in(call.zone, call.at)
    query = DocumentQuery(Subject.DATES, Form.CALENDAR, ALL_TIME)
    if stop is not None:
        return stop_writing(call, query, stop)
    dates = await dates_of(call)
    others = document_buttons(query, "", None)
    if not dates:
        return reply(say("export-no-dates"), others)
    count = len(dates)

    def caption(document: Document) -> tuple[Say, ...]:
        return (caption_of(query, document._replace(rows=count), say("period-all"), NO_SUMS),)

    scope = Scope(Days(today, today), today, today, ())
    order = await order_of(call, query, scope, 0, dates=dates)
    wanted = Wanted(query, say("document-what-dates"), stem_of(query, today), caption, others)
    return await document_answer(call, wanted, order, await Gathering.of(call, query, 0))
