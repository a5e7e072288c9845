"""Hands over entries, postings or a statement of a period as a file."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bot.commands.exports.answers import Wanted, document_answer, stop_writing
from bot.commands.exports.gathering import Gathering, at_one_moment
from bot.commands.exports.orders import order_of, period_name, query_of, scope_of
from bot.documents.model import Form, Subject
from bot.reply.parts import Reply, buttons, reply, say
from bot.views.money.visibility import in_money, shows_money
from bot.views.statements.captions import Sums, caption_of, choices_reply, document_buttons, stem_of
from bot.views.statements.query import NEEDS_MONEY
from core.shared.calendar import day_in
from core.statements.statement import statement

if TYPE_CHECKING:
    from bot.command.declaration import Call
    from bot.commands.exports.orders import Scope
    from bot.documents.model import Document
    from bot.options.times.period import Span
    from bot.reply.parts import Say
    from bot.views.statements.query import DocumentQuery


async def books_answer(call: Call, subject: Subject, form: Form, period: Span, stop: int | None) -> Reply:
    """The file, at once or later; or what became of the wish to stop it."""
    query = query_of(call, subject, form, period)
    if stop is not None:
        return stop_writing(call, query, stop)
    if form in NEEDS_MONEY and not shows_money(call):
        tables = (query._replace(form=one).form_button for one in (Form.CSV, Form.EXCEL))
        sentence = say("document-needs-money", form=say(f"form-{form}"))
        return reply(sentence, buttons(in_money(call, query.line), *tables))
    read = partial(_read, call, period, query)
    up_to, (scope, sums) = await at_one_moment(call.books, call.open_wallet.id, read)
    wanted = Wanted(
        query,
        query.named(period_name(call, scope.days)),
        stem_of(query, day_in(call.zone, call.at)),
        partial(_caption, query, period_name(call, scope.days), sums),
        document_buttons(query, scope.booked, in_money(call, query.line)),
    )
    books = await Gathering.of(call, query, up_to)
    return await document_answer(call, wanted, await order_of(call, query, scope, up_to), books)


async def choices_answer(call: Call, form: Form, period: Span) -> Reply:
    """All files of a period, as buttons."""
    query = query_of(call, Subject.ENTRIES, form, period, more=True)
    scope = await scope_of(call, period, query)
    return choices_reply(query, period_name(call, scope.days), scope.booked)


async def _read(call: Call, period: Span, query: DocumentQuery) -> tuple[Scope, Sums]:
    scope = await scope_of(call, period, query)
    return scope, await _sums(call, scope)


def _caption(query: DocumentQuery, period: Say, sums: Sums, document: Document) -> tuple[Say, ...]:
    return (caption_of(query, document, period, sums),)


async def _sums(call: Call, scope: Scope) -> Sums:
    """What the books come to at the beginning of the period and at its end."""
    wallet = call.open_wallet
    found = await statement(call.store.ledger, wallet.id, scope.span, wallet.settings.zone, call.at)
    return Sums(found.opening.connects, found.closing.connects)
