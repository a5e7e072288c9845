"""The command that hands over the books as a file: entries or postings of a period, or a calendar."""

from __future__ import annotations

from typing import Annotated, Final

from bot.command.declaration import Call, DoubtError, command
from bot.commands.exports.answers import STOP
from bot.commands.exports.books import books_answer, choices_answer
from bot.commands.exports.calendar import calendar_answer
from bot.commands.exports.orders import query_of
from bot.commands.exports.report import report_answer
from bot.documents.model import Form, Subject
from bot.options.choice import Switch
from bot.options.times.period import ALL_TIME, Span
from bot.reading.exports.lines import EXPORT, export_line
from bot.reading.exports.words import PERIOD
from bot.reading.forms import FORM
from bot.reply.parts import Reply, say

EVER: Final[Span] = PERIOD.read(ALL_TIME)


@command(EXPORT, reader=export_line)
async def export(
    call: Call,
    period: Annotated[Span | None, PERIOD] = None,
    form: Annotated[str, FORM] = Form.CSV,
    *,
    postings: Annotated[bool, Switch(named=True)] = False,
    more: Annotated[bool, Switch(named=True, hidden=True)] = False,
    stop: Annotated[int | None, STOP] = None,
) -> Reply:
    """Send the books of a period as a file, stop writing it, or offer all files that there are."""
    wanted, days = Form(form), period or EVER
    if more:
        return await choices_answer(call, wanted, days)
    if wanted is Form.CALENDAR:
        return await calendar_answer(call, stop)
    if wanted is Form.PAGE:
        return await report_answer(call, days, stop)
    if postings and wanted is not Form.CSV:
        rows = query_of(call, Subject.POSTINGS, Form.CSV, days)
        entries = query_of(call, Subject.ENTRIES, wanted, days)
        raise DoubtError(say("doubt-postings-form", form=say(f"form-{wanted}")), rows.form_button, entries.form_button)
    return await books_answer(call, Subject.POSTINGS if postings else Subject.ENTRIES, wanted, days, stop)
