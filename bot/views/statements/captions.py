"""What is said below a document, what its file is called, and the buttons that ask for other documents."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.documents.model import Form, Subject
from bot.options.times.period import ALL_TIME
from bot.reading.exports.lines import FORMS
from bot.reading.exports.words import PERIOD
from bot.reply.parts import Button, Buttons, Reply, Say, reply, say
from bot.views.statements.periods import QUARTER, words_of_days
from bot.views.statements.query import NEEDS_MONEY, DocumentQuery
from bot.views.stats.query import in_rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from bot.documents.model import Document
    from bot.options.times.period import Days

PERIODS: Final = {
    "last month": "period-last-month",
    "this year": "period-this-year",
    ALL_TIME: "period-all",
    "this month": "period-this-month",
    "last quarter": "period-last-quarter",
    "last year": "period-last-year",
}
"""The periods that a tap leads to, the likeliest first, with what they are called."""
STEMS: Final = {
    Subject.ENTRIES: "connects",
    Subject.POSTINGS: "postings",
    Subject.STATEMENT: "statement",
    Subject.REPORT: "report",
    Subject.DATES: "connects-dates",
    Subject.PERSON: "connects-data",
}
FORMS_IN_ROW: Final = 2
NEAREST: Final = 2
"""So many other periods are offered at once."""


class Sums(NamedTuple):
    """What a caption says of the books: the Connects at the beginning of the period and at its end."""

    opening: int = 0
    closing: int = 0


NOTHING: Final = Sums()


def stem_of(query: DocumentQuery, today: date) -> str:
    """The name of a document's file without its ending: with its period, or if that is all time, with the day."""
    if query.subject is Subject.DATES or query.period == ALL_TIME:
        return f"{STEMS[query.subject]}-{today}"
    period = query.period.replace("..", "-to-").replace(" ", "-")
    return f"{STEMS[query.subject]}-{period}"


def caption_of(query: DocumentQuery, document: Document, period: Say, sums: Sums = NOTHING) -> Say:
    """What a document is."""
    match query.subject:
        case Subject.POSTINGS:
            return say("export-postings", period=period, rows=document.rows)
        case Subject.STATEMENT:
            return say("export-statement", period=period, opening=sums.opening, closing=sums.closing)
        case Subject.REPORT:
            return say("export-report", period=period)
        case Subject.DATES:
            return say("export-dates", dates=document.rows)
        case Subject.PERSON:
            return say("mydata-page")
        case Subject.ENTRIES:
            return _entries(query, document.rows - _brought_forward(query), period, sums)


def _brought_forward(query: DocumentQuery) -> int:
    """How many rows of a table of entries are none: one has what was there before the period."""
    return int(query.form not in NEEDS_MONEY and query.period != ALL_TIME)


def _entries(query: DocumentQuery, entries: int, period: Say, sums: Sums) -> Say:
    """How many entries there are, and what they come to together with what was there before."""
    if query.form in NEEDS_MONEY:
        form = say(f"form-{query.form}")
        return say("export-journal", period=period, form=form, entries=entries, closing=sums.closing)
    name = "export-sum-before" if sums.opening else "export-sum"
    total = say(name, opening=sums.opening, closing=sums.closing, entries=entries)
    return say("export-entries", period=period, entries=entries, sum=total)


def document_buttons(query: DocumentQuery, booked: Days, beside: Button | None = None) -> Buttons:
    """The likeliest other documents; all are one tap further. `booked` are the days of which there are books."""
    if query.subject is Subject.DATES:
        stated = DocumentQuery(Subject.STATEMENT, None, "this month")
        return Buttons(((Button(say("button-statement"), stated.line),),))
    rows = (
        (*_other_form(query), *islice(_periods(query, booked), NEAREST)),
        tuple(_others(query)),
        (beside,) if beside is not None else (),
    )
    return Buttons(tuple(row for row in rows if row))


def choices_reply(query: DocumentQuery, period: Say, booked: Days) -> Reply:
    """All files of a period, and the same file of other periods."""
    wanted = query._replace(more=False)
    entries = wanted._replace(subject=Subject.ENTRIES)
    page = wanted._replace(subject=Subject.REPORT, form=Form.PAGE)
    postings = wanted._replace(subject=Subject.POSTINGS, form=Form.CSV)
    rows = (
        *in_rows((entries._replace(form=form).form_button for form in FORMS), FORMS_IN_ROW),
        (Button(say("button-page"), page.line), Button(say("button-every-posting"), postings.line)),
        *in_rows(_periods(wanted, booked), FORMS_IN_ROW),
    )
    return reply(say("export-choose", period=period, form=say(f"form-{wanted.form}")), Buttons(rows))


def _other_form(query: DocumentQuery) -> Iterator[Button]:
    """The spreadsheet, or if that is there, the simpler table."""
    if query.subject is not Subject.REPORT:
        subject = Subject.ENTRIES if query.subject is Subject.POSTINGS else query.subject
        form = Form.CSV if query.form is Form.EXCEL else Form.EXCEL
        yield query._replace(subject=subject, form=form).form_button


def _periods(query: DocumentQuery, booked: Days) -> Iterator[Button]:
    """The other periods in which there is anything."""
    early = booked.last.month <= QUARTER  # when a year is handed over that has just ended
    for words, name in sorted(PERIODS.items(), key=lambda period: early and period[0] != "last year"):
        days = PERIOD.read(words).of(booked.last)
        if words_of_days(days) != query.period and days.last >= booked.first:
            yield Button(say(name), query._replace(period=words).line)


def _others(query: DocumentQuery) -> Iterator[Button]:
    """The statement in the chat, and all other files."""
    stated = query._replace(subject=Subject.STATEMENT, form=None)
    yield Button(say("button-statement"), stated.line)
    if query.subject is Subject.REPORT:
        entries = query._replace(subject=Subject.ENTRIES, form=Form.EXCEL)
        yield Button(say("button-every-entry"), entries.line)
        return
    further = stated if query.subject is Subject.STATEMENT else query
    yield Button(say("button-more-files"), further._replace(more=True).line)
