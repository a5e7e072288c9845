"""Proposals divided by what they have in common, and boosted ones beside plain ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.reply.parts import Button, Buttons, Fact, Reply, Say, Table, reply, say
from bot.views.entries import signed
from bot.views.stats.cost import cost_notes, costly, segment_rows
from bot.views.stats.phrases import (
    chosen_of,
    each_cost,
    expense_of,
    period_of,
    points,
    rate_in_words,
    segment_name,
)
from bot.views.stats.query import back_button, facet_button, facets, period_rows
from bot.views.stats.view import counted
from core.stats.model import Facet, Step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.views.stats.view import StatsView
    from core.stats.model import Contrast, Funnel, Segment

MOST_SEGMENTS: Final = 10
"""How many segments are listed: what a phone shows without scrolling far."""
MOST_OFFERED: Final = 6
"""How many of them have a button."""


def stats_segments(view: StatsView) -> Reply:
    """The proposals by something that they have in common. None of them is called the best: the figures are small."""
    found, query = view.found, view.query
    facet = Facet(query.by)
    listed = found.segments[:MOST_SEGMENTS]
    title = say("stats-by-title", facet=say(f"grouped-{facet}"), period=period_of(found, query), about=chosen_of(query))
    table = Table(
        (say("column-segment"), say("column-replies"), say("column-each-reply")),
        tuple(_row(view, one) for one in listed),
        title,
    )
    return reply(table, *_notes(view), Buttons(tuple(_buttons(view, facet))), replace=True)


def _row(view: StatsView, segment: Segment) -> tuple[Fact, ...]:
    funnel = segment.funnel
    name = segment_name(segment, view.people)
    if not counted(funnel):
        return name, say("segment-waiting", count=funnel.waiting), ""
    sent = say("segment-sent", sent=counted(funnel) + funnel.waiting, waiting=funnel.waiting)
    replies = rate_in_words(funnel.at(Step.REPLY).rate) if view.found.informed else sent
    return name, replies, _cost_of(funnel, money=view.money)


def _cost_of(funnel: Funnel, *, money: bool) -> Say:
    """What a reply cost; without one, what all of them did."""
    each, expense = funnel.at(Step.REPLY).unit_cost, funnel.expense
    if expense.unpriced == funnel.proposals:
        return say("segment-unpriced")
    if each is None:
        return say("segment-cost", cost=expense_of(expense, money=money))
    return say("segment-each", cost=each_cost(each, money=money, about=bool(expense.about)))


def _notes(view: StatsView) -> Iterator[Say]:
    found = view.found
    if (more := len(found.segments) - MOST_SEGMENTS) > 0:
        yield say("stats-more-segments", count=more)
    if found.selection.facet is Facet.TAG:
        yield say("stats-several-tags")
    if not found.informed:
        yield say("stats-uninformed")
    elif found.selection.facet is Facet.BOOST:
        yield difference(found.boost)
    yield from cost_notes(view)
    if len(found.segments) > len(found.costly) and (named := costly(view)) is not None:
        yield named


def _buttons(view: StatsView, facet: Facet) -> Iterator[tuple[Button, ...]]:
    """A button for each of the first segments, the other facets, other periods, and the way back."""
    found, query = view.found, view.query
    if not found.informed:
        yield (Button(say("button-import-proposals"), "import"),)
    yield from segment_rows(view, found.segments[:MOST_OFFERED])
    yield tuple(facet_button(query, other) for other in facets(found.names, query) if other is not facet)
    yield from period_rows(query)
    yield tuple(button for button in (back_button(query), view.beside) if button is not None)


def difference(sides: Contrast) -> Say:
    """Whether boosted proposals get more replies than plain ones, as far as that can be told."""
    if not sides.boosted.of or not sides.plain.of:
        return say("boost-one-sided", boosted=sides.boosted.of, plain=sides.plain.of)
    low, high = points(sides.difference.low), points(sides.difference.high)
    if sides.significant:
        return say(
            "boost-more" if low > 0 else "boost-fewer", least=min(abs(low), abs(high)), most=max(abs(low), abs(high))
        )
    if sides.more is None:
        return say("boost-inconclusive", low=signed(low), high=signed(high))
    boosted, plain = sides.more
    which = "each" if boosted == plain else "both" if boosted and plain else "boosted" if boosted else "plain"
    more = say("boost-needed", which=which, boosted=boosted, plain=plain)
    return say("boost-inconclusive-more", low=signed(low), high=signed(high), more=more)
