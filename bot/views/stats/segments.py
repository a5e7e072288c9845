"""Proposals divided by what they have in common, and boosted ones beside plain ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.reply.parts import Button, Buttons, Fact, Reply, Say, Table, reply, say
from bot.views.entries import signed
from bot.views.stats.asked import back_button, facet_button, facets, period_rows
from bot.views.stats.cost import costly, segment_rows
from bot.views.stats.phrases import (
    chosen_of,
    each_cost,
    expense_of,
    period_of,
    points,
    rate_in_words,
    segment_name,
)
from bot.views.stats.shown import counted
from core.stats.model import Facet, Step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.views.stats.shown import Shown
    from core.stats.model import Funnel, Segment

MOST_SEGMENTS: Final = 10
"""How many segments are listed: what a phone shows without scrolling far."""
MOST_OFFERED: Final = 6
"""How many of them have a button."""


def stats_segments(shown: Shown) -> Reply:
    """The proposals by something that they have in common. None of them is called the best: the figures are small."""
    found, asked = shown.found, shown.asked
    facet = Facet(asked.by)
    listed = found.segments[:MOST_SEGMENTS]
    title = say("stats-by-title", facet=say(f"grouped-{facet}"), period=period_of(found, asked), about=chosen_of(asked))
    table = Table(
        (say("column-segment"), say("column-replies"), say("column-each-reply")),
        tuple(_row(shown, one) for one in listed),
        title,
    )
    return reply(table, *_notes(shown), Buttons(tuple(_buttons(shown, facet))), replace=True)


def _row(shown: Shown, segment: Segment) -> tuple[Fact, ...]:
    funnel = segment.funnel
    name = segment_name(segment, shown.people)
    if not counted(funnel):
        return name, say("segment-waiting", count=funnel.waiting), ""
    return name, rate_in_words(funnel.at(Step.REPLY).rate), _cost_of(funnel, money=shown.money)


def _cost_of(funnel: Funnel, *, money: bool) -> Say:
    """What a reply cost; without one, what all of them did."""
    each, expense = funnel.at(Step.REPLY).each, funnel.expense
    if expense.unpriced == funnel.proposals:
        return say("segment-unpriced")
    if each is None:
        return say("segment-cost", cost=expense_of(expense, money=money))
    return say("segment-each", cost=each_cost(each, money=money, about=bool(expense.about)))


def _notes(shown: Shown) -> Iterator[Say]:
    found = shown.found
    if (more := len(found.segments) - MOST_SEGMENTS) > 0:
        yield say("stats-more-segments", count=more)
    if found.chosen.facet is Facet.TAG:
        yield say("stats-several-tags")
    if shown.asked.by == Facet.BOOST:
        yield _difference(shown)
    if len(found.segments) > len(found.costly) and (named := costly(shown)) is not None:
        yield named


def _buttons(shown: Shown, facet: Facet) -> Iterator[tuple[Button, ...]]:
    """A button for each of the first segments, the other facets, other periods, and the way back."""
    found, asked = shown.found, shown.asked
    yield from segment_rows(shown, found.segments[:MOST_OFFERED])
    yield tuple(facet_button(asked, other) for other in facets(found.names, asked) if other is not facet)
    yield from period_rows(asked)
    yield tuple(button for button in (back_button(asked), shown.beside) if button is not None)


def _difference(shown: Shown) -> Say:
    """Whether boosted proposals get more replies, as far as that can be told."""
    sides = shown.found.boost
    if not sides.boosted.of or not sides.plain.of:
        return say("boost-one-sided", boosted=sides.boosted.of, plain=sides.plain.of)
    low, high = points(sides.difference.low), points(sides.difference.high)
    if sides.told:
        return say(
            "boost-more" if low > 0 else "boost-fewer", least=min(abs(low), abs(high)), most=max(abs(low), abs(high))
        )
    if sides.more is None:
        return say("boost-untold", low=signed(low), high=signed(high))
    boosted, plain = sides.more
    if boosted == plain:
        return say("boost-untold-more", low=signed(low), high=signed(high), more=boosted)
    return say("boost-untold-each", low=signed(low), high=signed(high), boosted=boosted, plain=plain)
