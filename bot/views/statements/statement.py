"""A statement as the chat shows it: what was there, what came, what went, what is left, and what that cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from bot.documents.model import Form, Subject
from bot.reading.exports.lines import FORMS
from bot.reading.lines import line_of
from bot.reply.parts import Button, Buttons, Fact, Fields, Reply, Say, enumerated, reply, say
from bot.views.entries import signed, sum_of
from bot.views.statements.periods import QUARTER, YEAR, months_of, name_of_days, name_of_months
from bot.views.stats.phrases import spent_on
from bot.views.stats.query import in_rows
from bot.views.team.phrases import name_of
from bot.views.team.query import TEAM
from core.ledger.flows import FlowKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from bot.options.times.period import Days
    from bot.reply.words import Voice
    from bot.views.statements.query import DocumentQuery
    from bot.views.team.seen import TeamSeen
    from core.ledger.flows import Flows
    from core.shared.money import Price
    from core.statements.model import Statement

MOST_MEMBERS: Final = 3
"""How many members are named; /team has all of them."""
SHOWN: Final = (Form.EXCEL, Form.CSV)
"""The forms that are offered first."""


class StatementView(NamedTuple):
    """A statement with what the chat needs to show it.

    `began` is the first day of the books. `money`: whoever reads it may see and state what things cost; if not,
    `beside` is the button that leads there. `team`: who spent what of it, if several people share the wallet.
    """

    found: Statement
    query: DocumentQuery
    days: Days
    today: date
    began: date
    speak: Voice
    money: bool = True
    beside: Button | None = None
    team: TeamSeen | None = None


def statement_reply(view: StatementView) -> Reply:
    """The statement."""
    found = view.found
    title = say("statement-title", period=_period(view))
    rows = Fields(tuple(_rows(view)), title)
    return reply(rows, *_notes(view), Buttons(tuple(_buttons(view, found))), replace=True)


def _period(view: StatementView) -> Say:
    """What the period is called. One that is not over yet is said to be so."""
    name = name_of_days(view.days, view.speak)
    running = view.days.last >= view.today and months_of(view.days) is not None
    return say("period-running", period=name) if running else name


def _rows(view: StatementView) -> Iterator[tuple[Say, Fact]]:
    found, flows = view.found, view.found.flows
    if view.days.first > view.began:
        yield say("field-statement-opening"), _connects(found.opening.connects)
    came = _came(flows)
    if came:
        phrases = enumerated([phrase for _, phrase in came], "list-comma")
        yield say("field-statement-came"), _sum(sum(connects for connects, _ in came), phrases, len(came))
    if (spent := spent_on(flows.spent)) is not None:
        yield say("field-statement-went"), _sum(sum(flows.spent.values()), spent, len(flows.spent))
    if view.team is not None and view.team.found.whole.connects > 0:
        yield say("field-statement-team"), members_in_words(view.team)
    if flows.expired:
        yield say("field-statement-expired"), _connects(flows.expired)
    if flows.adjusted:
        yield say("field-statement-corrected"), say("signed", delta=signed(flows.adjusted))
    closing = "field-statement-now" if view.days.last >= view.today else "field-statement-closing"
    yield say(closing), _connects(found.closing.connects)
    if view.money:
        yield from ((say("field-statement-paid"), _paid(price)) for price in flows.paid)
        yield from _cost("field-statement-used", flows.cost)
        yield from _cost("field-statement-lost", (-flows.change_by(FlowKind.EXPIRED)).money)


def members_in_words(team: TeamSeen) -> Say:
    """Whoever spent most, and all others together; or the reader, and all others. It adds up to what was spent."""
    rows, whole = team.found.rows[:MOST_MEMBERS], team.found.whole
    named: list[tuple[Say, int]] = [
        (say("statement-you") if team.own else name_of(row.who, team.names), row.connects) for row in rows
    ]
    named.append((say("statement-others"), whole.connects - sum(row.connects for row in rows)))
    parts = [say("statement-member", name=name, connects=connects) for name, connects in named if connects]
    shares = enumerated(parts, "list-comma")
    return say("statement-net", shares=shares, returned=whole.returned) if whole.returned else shares


def _cost(name: str, prices: Iterable[Price]) -> Iterator[tuple[Say, Fact]]:
    """What Connects cost that are gone, if they cost anything."""
    shown = [price for price in prices if price.total > 0]
    if shown:
        taxed = any(price.tax for price in shown)
        yield say(name), say("statement-taxed", cost=sum_of(shown)) if taxed else sum_of(shown)


def _came(flows: Flows) -> list[tuple[int, Say]]:
    """What came in, with where from."""
    earned = [
        (connects, say("statement-from", connects=connects, source=source)) for source, connects in flows.earned.items()
    ]
    every = [
        (flows.opened, say("statement-opened", connects=flows.opened)),
        (flows.bought, say("moved-bought", connects=flows.bought)),
        *earned,
        (flows.returned, say("moved-returned", connects=flows.returned)),
        (flows.other, say("moved-other", connects=flows.other)),
    ]
    return [(connects, phrase) for connects, phrase in every if connects]


def _sum(connects: int, parts: Say, count: int) -> Say:
    """A sum with its parts; if there is but one, that alone."""
    return parts if count == 1 else say("statement-sum", connects=connects, parts=parts)


def _connects(connects: int) -> Say:
    return say("connects", connects=connects)


def _paid(price: Price) -> Say:
    """A price and its tax, apart."""
    if not price.tax:
        return say("statement-untaxed", net=price)
    return say("statement-paid", net=price._replace(tax=0), tax=price._replace(net=price.tax, tax=0))


def _notes(view: StatementView) -> Iterator[Say]:
    """What must be known to read the figures."""
    flows = view.found.flows
    if view.days.first <= view.began and view.found.first is not None and view.began != view.days.first:
        yield say("statement-began", day=view.began)
    if not any((flows.delta, flows.spent, flows.returned, flows.bought, flows.earned, flows.expired, flows.adjusted)):
        yield say("statement-nothing")
    if not view.money:
        return
    if flows.unpriced:
        yield say("statement-unpriced", connects=flows.unpriced)
    if flows.unknown > 0:
        yield say("statement-unknown-cost", connects=flows.unknown)
    if view.found.closing.unknown:
        yield say("statement-unknown-left", connects=view.found.closing.unknown)


def _buttons(view: StatementView, found: Statement) -> Iterator[tuple[Button, ...]]:
    """What to state, other periods, and the forms."""
    unknown = found.flows.unknown > 0 or found.flows.unpriced or found.closing.unknown
    if unknown and view.money:
        yield (Button(say("button-say-costs"), "cost"),)
    if not view.query.more:
        yield from filter(None, (tuple(_beside(view)), tuple(_longer(view))))
    yield from _forms(view)
    beside = (None if view.query.more else _team_button(view), view.beside)
    if last := tuple(button for button in beside if button is not None):
        yield last


def _team_button(view: StatementView) -> Button | None:
    """The button that leads to all that each member did, if they spent anything."""
    if view.team is None or view.team.found.whole.connects <= 0:
        return None
    return Button(say("item-team"), line_of(TEAM, {"period": view.query.period}))


def _beside(view: StatementView) -> Iterator[Button]:
    """The period before and the one after, as far as there are books."""
    months = months_of(view.days)
    if months is None:
        return
    before, after = months.beside(-1), months.beside(1)
    if before.days.last >= view.began:
        yield Button(say("button-earlier", period=name_of_months(before, view.speak)), _at(view, before.words))
    if after.days.first <= view.today:
        yield Button(say("button-later-period", period=name_of_months(after, view.speak)), _at(view, after.words))


def _longer(view: StatementView) -> Iterator[Button]:
    """The quarter and the year that a shorter period is in."""
    months = months_of(view.days)
    if months is None:
        return
    for count in (QUARTER, YEAR):
        if months.length < count:
            longer = months.within(count)
            yield Button(name_of_months(longer, view.speak), _at(view, longer.words))


def _at(view: StatementView, words: str) -> str:
    return view.query._replace(period=words, more=False).line


def _forms(view: StatementView) -> Iterator[tuple[Button, ...]]:
    """The forms in which the statement can be had, and the entries behind it."""
    query = view.query
    if not query.more:
        shown = (query._replace(form=form).form_button for form in SHOWN)
        yield (*shown, Button(say("button-more-forms"), query._replace(more=True).line))
        return
    yield from in_rows((query._replace(form=form, more=False).form_button for form in FORMS), 2)
    page = query._replace(subject=Subject.REPORT, form=Form.PAGE, more=False)
    entries = query._replace(subject=Subject.ENTRIES, form=Form.CSV, more=False)
    yield Button(say("button-page"), page.line), Button(say("button-every-entry"), entries.line)
    yield (Button(say("button-fewer-forms"), query._replace(more=False).line),)
