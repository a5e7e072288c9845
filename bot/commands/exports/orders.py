"""Makes the order of a document: which days, of which books, in whose words, and with what everything cost or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bot.command.declaration import DoubtError
from bot.command.permissions import sees_all
from bot.commands.imports.remembered import members_named
from bot.documents.model import DocumentOrder, Form, ReportFacts, TeamFacts
from bot.options.times.period import ALL_TIME, EVER, Days
from bot.reading.exports.lines import EXPORT
from bot.reading.lines import line_of
from bot.reply.parts import Button, say
from bot.reply.words import voice
from bot.views.money.visibility import shows_money
from bot.views.statements.periods import MONTH, Months, name_of_days, name_of_months, words_of_days
from bot.views.statements.query import DocumentQuery
from core.ledger.queries import began_on
from core.shared.calendar import day_in

if TYPE_CHECKING:
    from datetime import date

    from bot.command.declaration import Call
    from bot.documents.model import DueDate, Subject
    from bot.options.times.period import Span
    from bot.reply.parts import Say
    from core.ledger.model import Lot

NOTHING_BESIDE: Final = ReportFacts()


class Scope(NamedTuple):
    """The days that a document is about, the lots of the wallet, and the first day of its books."""

    days: Days
    today: date
    began: date
    lots: tuple[Lot, ...]

    @property
    def span(self) -> tuple[date, date] | None:
        """The days; None for all time."""
        return None if self.days.first == EVER else (self.days.first, self.days.last)

    @property
    def booked(self) -> Days:
        """The days since the books began."""
        return Days(self.began, self.today)

    @property
    def up_to_today(self) -> Days:
        """The days without those that are still to come."""
        return Days(self.days.first, min(self.days.last, self.today))

    @property
    def past(self) -> tuple[date, date] | None:
        """Those days; None for all time."""
        return None if self.span is None else self.up_to_today

    @property
    def words(self) -> str:
        """Words that mean these days whenever they are read."""
        return words_of_days(self.days)


def query_of(call: Call, subject: Subject, form: Form | None, period: Span, *, more: bool = False) -> DocumentQuery:
    """The query for a document of a period, in words that mean the same days whenever they are read."""
    return DocumentQuery(subject, form, words_of_days(period.of(day_in(call.zone, call.at))), more=more)


async def scope_of(call: Call, period: Span, query: DocumentQuery) -> Scope:
    """The days of a period. DoubtError with other days if there is nothing in these: still to come, or too early."""
    zone = call.open_wallet.settings.zone
    today = day_in(zone, call.at)
    days = period.of(today)
    if days.first > today:
        so_far = Button(say("period-this-year"), query._replace(period="this year").line)
        dates = Button(say("button-calendar"), line_of(EXPORT, {"form": Form.CALENDAR}))
        raise DoubtError(say("document-ahead", period=period_name(call, days)), so_far, dates)
    lots = await call.store.ledger.lots(call.open_wallet.id)
    began = began_on(lots, zone)
    if began is None:
        raise DoubtError(say("document-nothing"), Button(say("button-import"), "import"))
    if days.last < began:
        first = Months(began.year, began.month, MONTH)
        others = (
            Button(_month(call, first), query._replace(period=first.words).line),
            Button(say("period-all"), query._replace(period=ALL_TIME).line),
        )
        none = say("document-before", day=began, period=period_name(call, days))
        raise DoubtError(none, *others, Button(say("button-import"), "import"))
    return Scope(days, today, began, lots)


def period_name(call: Call, days: Days) -> Say:
    """What a period is called."""
    return name_of_days(days, voice(call.locale, call.zone))


def _month(call: Call, month: Months) -> Say:
    return name_of_months(month, voice(call.locale, call.zone))


async def order_of(
    call: Call,
    query: DocumentQuery,
    scope: Scope,
    up_to: int,
    *,
    dates: tuple[DueDate, ...] = (),
    report: ReportFacts = NOTHING_BESIDE,
) -> DocumentOrder:
    """The order of a document. `up_to` is the last entry that counts."""
    wallet = call.open_wallet
    group = await call.store.people.group_of(wallet.id)
    chat = None if group is None else await call.store.people.chat(group)
    return DocumentOrder(
        subject=query.subject,
        form=query.form or Form.CSV,
        wallet=wallet.id,
        days=scope.span,
        at=call.at,
        up_to=up_to,
        locale=call.locale,
        zone=wallet.settings.zone,
        currency=wallet.settings.currency,
        money=shows_money(call),
        title=call.person.name if chat is None else chat.title,
        lots=scope.lots,
        dates=dates,
        report=report,
        team=None if group is None else await _team(call),
    )


async def _team(call: Call) -> TeamFacts:
    """Who shares the wallet. Whoever may not see what others have spent reads only their own name."""
    wallet, same = call.open_wallet, call.team.same
    people = await members_named(call.store.notes, wallet.id, call.at)
    return TeamFacts(
        people,
        await call.store.people.names({person for person in people.values() if person} | {now for _, now in same}),
        None if await sees_all(call) else call.person.id,
        wallet.settings.alerts.answer,
        same,
    )
