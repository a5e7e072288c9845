"""What is said below a document, what its file is called, and the buttons that ask for other documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bot.documents.model import Form, Subject
from bot.options.times.period import ALL_TIME
from bot.reading.exports.words import PERIOD
from bot.reply.parts import Button, Buttons, Say, say
from bot.views.statements.periods import words_of_days
from bot.views.statements.query import FORMS, NEEDS_MONEY, DocumentQuery
from bot.views.stats.query import in_rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from bot.documents.model import Document
    from bot.options.times.period import Days

PERIODS: Final = {
    "this month": "period-this-month",
    "last month": "period-last-month",
    "last quarter": "period-last-quarter",
    "this year": "period-this-year",
    ALL_TIME: "period-all",
}
"""The periods that a tap leads to, with what they are called."""
STEMS: Final = {
    Subject.ENTRIES: "connects",
    Subject.POSTINGS: "postings",
    Subject.STATEMENT: "statement",
    Subject.REPORT: "report",
    Subject.DATES: "connects-dates",
}
IN_ROW: Final = 4


class Sums(NamedTuple):
    """What a caption says of the books: the Connects at the beginning of the period and at its end."""

    opening: int
    closing: int


def stem_of(query: DocumentQuery, today: date) -> str:
    """The name of a document's file without its ending: with its period, or if that is all time, with the day."""
    if query.subject is Subject.DATES or query.period == ALL_TIME:
        return f"{STEMS[query.subject]}-{today}"
    period = query.period.replace("..", "-to-").replace(" ", "-")
    return f"{STEMS[query.subject]}-{period}"


def caption_of(query: DocumentQuery, document: Document, period: Say, sums: Sums) -> Say:
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


def document_buttons(query: DocumentQuery, books: Days, beside: Button | None = None) -> Buttons:
    """Other forms, other periods, and other documents of the same days. `books` are the days that there are."""
    rows = (*_forms(query), *_periods(query, books), tuple(_others(query)), (beside,) if beside is not None else ())
    return Buttons(tuple(row for row in rows if row))


def _forms(query: DocumentQuery) -> Iterator[tuple[Button, ...]]:
    if query.subject in {Subject.DATES, Subject.REPORT}:
        return
    subject = Subject.ENTRIES if query.subject is Subject.POSTINGS else query.subject
    each = (query._replace(subject=subject, form=form) for form in FORMS)
    yield from in_rows((one.form_button for one in each if one != query), IN_ROW)


def _periods(query: DocumentQuery, books: Days) -> Iterator[tuple[Button, ...]]:
    """The other periods in which there is anything."""
    if query.subject is Subject.DATES:
        return
    each = ((words, name, PERIOD.read(words).of(books.last)) for words, name in PERIODS.items())
    others = (
        (words, name) for words, name, days in each if words_of_days(days) != query.period and days.last >= books.first
    )
    yield from in_rows((Button(say(name), query._replace(period=words).line) for words, name in others), IN_ROW)


def _others(query: DocumentQuery) -> Iterator[Button]:
    """The statement in the chat, the page, and the postings or the entries."""
    if query.subject is Subject.DATES:
        yield Button(say("button-statement"), DocumentQuery(Subject.STATEMENT, None, "this month").line)
        return
    yield Button(say("button-statement"), query._replace(subject=Subject.STATEMENT, form=None).line)
    if query.subject is not Subject.REPORT:
        yield Button(say("button-page"), query._replace(subject=Subject.REPORT, form=Form.PAGE).line)
    if query.subject is Subject.REPORT:
        yield Button(say("button-every-entry"), query._replace(subject=Subject.ENTRIES, form=Form.EXCEL).line)
