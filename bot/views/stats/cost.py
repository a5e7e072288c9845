"""Every cost of the proposals of a period, and which of them cost most without a hire."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.reply.parts import Button, Buttons, Fact, Fields, Reply, Say, reply, say
from bot.views.entries import sum_of
from bot.views.stats.phrases import choice_phrase, chosen_of, each_cost, expense_of, in_clauses, period_of, spent_on
from bot.views.stats.query import Detail, back_button, in_rows, period_rows
from core.stats.model import Boost, Facet, Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.views.stats.view import StatsView
    from core.ledger.flows import Flows
    from core.stats.model import FunnelStep, Segment

IN_ROW: Final = 2


def stats_cost(view: StatsView) -> Reply:
    """What each proposal, reply, interview and hire cost."""
    funnel = view.found.funnel
    rows: list[tuple[Say, Fact]] = [(say(f"each-{one.step}"), _cost_of(one, view)) for one in funnel.steps]
    rows.append((say("field-stats-together"), expense_of(funnel.expense, money=view.money)))
    if view.flows is not None:
        rows += _flow_rows(view.flows, money=view.money)
    title = say("stats-cost-title", period=period_of(view.found, view.query), about=chosen_of(view.query))
    rest = tuple(button for button in (back_button(view.query), view.beside) if button is not None)
    keys = (*segment_rows(view, view.found.costly), *period_rows(view.query._replace(show=Detail.COST)), rest)
    notes = (*cost_notes(view), costly(view))
    return reply(Fields(tuple(rows), title), *notes, Buttons(keys), replace=True)


def _cost_of(one: FunnelStep, view: StatsView) -> Say:
    """What each that got this far cost. Only some of the views are known, so one may have cost less."""
    if one.unit_cost is None:
        return say("cost-each-none")
    cost = each_cost(one.unit_cost, money=view.money, about=bool(view.found.funnel.expense.about))
    return say("cost-each-most", cost=cost) if one.step is Step.VIEW and one.unit_cost.tenths is not None else cost


def _flow_rows(flows: Flows, *, money: bool) -> Iterator[tuple[Say, Fact]]:
    """What was spent by purpose, and what was bought."""
    if (spent := spent_on(flows.spent)) is not None:
        yield say("field-stats-spent"), spent
    if flows.bought:
        connects = say("connects", connects=flows.bought)
        price = sum_of(flows.paid) if money else None
        yield (
            say("field-stats-bought"),
            connects if price is None else say("cost-each-in-money", connects=connects, price=price),
        )


def cost_notes(view: StatsView) -> Iterator[Say]:
    """What the costs leave out, and what is not certain about them."""
    expense = view.found.funnel.expense
    if expense.unpriced:
        yield say("stats-unpriced", count=expense.unpriced)
    if view.money and expense.unknown > expense.unpriced:
        yield say("stats-unknown-cost", count=expense.unknown - expense.unpriced, connects=expense.unknown_connects)
    if expense.about:
        yield say("stats-about", count=expense.about)


def costly(view: StatsView) -> Say | None:
    """Those that cost most without a hire; None if there are none."""
    named = [
        say("stats-costly-one", name=choice_phrase(*option), cost=expense_of(one.funnel.expense, money=view.money))
        for one in view.found.costly
        if (option := _option(view, one)) is not None
    ]
    return say("stats-costly", which=in_clauses(named)) if named else None


def segment_rows(view: StatsView, segments: Iterable[Segment]) -> Iterator[tuple[Button, ...]]:
    """A button for each of these segments, which shows it alone; none for what has no name."""
    return in_rows((_button(view, one) for one in segments if _option(view, one) is not None), IN_ROW)


def _button(view: StatsView, segment: Segment) -> Button:
    name, words = _option(view, segment) or ("", "")
    only = {**view.query.only, name: words}
    return Button(choice_phrase(name, words), view.query.card._replace(only=only).line)


def _option(view: StatsView, segment: Segment) -> tuple[str, str] | None:
    """The option that chooses a segment, and its words; None if no words name it."""
    if segment.facet is Facet.BOOST:
        return "boosted", "on" if segment.name == Boost.BOOSTED else "off"
    words = segment.name or ("" if segment.by is None else view.people.get(segment.by, ""))
    return (segment.facet.value, words) if words else None
