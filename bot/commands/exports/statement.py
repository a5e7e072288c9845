"""The command that says what a period comes to: in the chat, or as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from bot.command.declaration import Call, command
from bot.commands.exports.answers import STOP
from bot.commands.exports.books import books_answer
from bot.commands.exports.calendar import calendar_answer
from bot.commands.exports.orders import query_of, scope_of
from bot.commands.exports.report import report_answer
from bot.commands.team.seen import team_seen
from bot.documents.model import Form, Subject
from bot.options.choice import Switch
from bot.options.times.period import Span
from bot.reading.exports.lines import STATEMENT, export_line
from bot.reading.exports.words import PERIOD
from bot.reading.forms import FORM
from bot.reply.parts import Reply
from bot.reply.words import voice
from bot.views.money.visibility import in_money, shows_money
from bot.views.statements.periods import usual_month, words_of_days
from bot.views.statements.statement import StatementView, statement_reply
from core.ledger.queries import began_on
from core.shared.calendar import day_in
from core.statements.statement import statement as statement_of

if TYPE_CHECKING:
    from bot.commands.exports.orders import Scope
    from bot.views.team.seen import TeamSeen


@command(STATEMENT, reader=export_line)
async def statement(
    call: Call,
    period: Annotated[Span | None, PERIOD] = None,
    form: Annotated[str | None, FORM] = None,
    *,
    more: Annotated[bool, Switch(named=True, hidden=True)] = False,
    here: Annotated[bool, Switch(named=True, hidden=True)] = False,
    stop: Annotated[int | None, STOP] = None,
) -> Reply:
    """State what was there, what came and went in a period, and what is left."""
    days = period or await _usual(call)
    if form == Form.PAGE:
        return await report_answer(call, days, stop)
    if form == Form.CALENDAR:
        return await calendar_answer(call, stop)
    if form is not None:
        return await books_answer(call, Subject.STATEMENT, Form(form), days, stop)
    wallet = call.open_wallet
    query = query_of(call, Subject.STATEMENT, None, days, more=more)
    scope = await scope_of(call, days, query)
    view = StatementView(
        found=await statement_of(call.store.ledger, wallet.id, scope.span, wallet.settings.zone, call.at),
        query=query,
        days=scope.days,
        today=scope.today,
        began=scope.began,
        speak=voice(call.locale, call.zone),
        money=shows_money(call),
        beside=in_money(call, query.line),
        team=await _team(call, scope),
    )
    shown = statement_reply(view)
    return shown if here else Reply(shown.parts)


async def _team(call: Call, scope: Scope) -> TeamSeen | None:
    if not call.of_group:
        return None
    first = None if scope.past is None else scope.past[0]
    return await team_seen(call, (first, scope.up_to_today.last))


async def _usual(call: Call) -> Span:
    """Last month, or this one if the books began in it."""
    wallet = call.open_wallet
    began = began_on(await call.store.ledger.lots(wallet.id), wallet.settings.zone)
    return PERIOD.read(words_of_days(usual_month(day_in(wallet.settings.zone, call.at), began)))
