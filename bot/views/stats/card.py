"""The card of statistics: what was sent, how far it got, what a reply cost; and, one tap away, every cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.reply.parts import Button, Buttons, Fact, Fields, Reply, Say, enumerated, reply, say
from bot.views.stats.cost import cost_notes
from bot.views.stats.phrases import chosen_of, each_cost, in_clauses, moved_in, period_of, rate_of
from bot.views.stats.query import (
    Detail,
    back_button,
    detail_button,
    facet_button,
    facets,
    in_rows,
    period_rows,
    picture_buttons,
)
from bot.views.stats.view import counted
from core.stats.model import Facet, Step, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.views.stats.view import StatsView
    from core.stats.model import Comparison

YARDSTICKS: Final = {"hand": say("yardstick-hand"), "volume": say("yardstick-volume")}
"""Those of the rulebook as it comes."""


def stats_card(view: StatsView) -> Reply:
    """How far the proposals of a period got."""
    rows = Fields(tuple(_rows(view)), title_of(view))
    return reply(rows, *_notes(view), Buttons(tuple(_buttons(view))), replace=True)


def title_of(view: StatsView) -> Say:
    """Which figures these are."""
    return say("stats-title", period=period_of(view.found, view.query), about=chosen_of(view.query))


def _rows(view: StatsView) -> Iterator[tuple[Say, Fact]]:
    found, funnel = view.found, view.found.funnel
    yield say("field-stats-proposals"), _sent(view)
    if found.informed and counted(funnel):
        yield from ((say(f"step-{one.step}"), rate_of(one)) for one in funnel.steps[1:])
        replies = funnel.at(Step.REPLY)
        if replies.unit_cost is not None:
            cost = each_cost(replies.unit_cost, money=view.money, about=bool(funnel.expense.about))
            yield say("field-stats-reply-cost"), cost
    if view.flows is not None and (moved := moved_in(view.flows)) is not None:
        yield say("field-stats-moved"), moved
    if found.invitations.received:
        yield say("field-stats-invitations"), invitations_of(view)


def _sent(view: StatsView) -> Say:
    """How many were sent, and how many of them are too recent to count."""
    funnel = view.found.funnel
    sent = counted(funnel) + funnel.waiting
    if not funnel.waiting or not counted(funnel):
        return say("stats-sent", sent=sent)
    return say("stats-sent-waiting", sent=sent, waiting=funnel.waiting, early=funnel.early, days=view.found.answer)


def invitations_of(view: StatsView) -> Say:
    """How many invitations came, and what became of them."""
    came = view.found.invitations
    pieces = [say("stats-invited", count=came.received)]
    pieces += [
        say(f"invited-{name}", count=count)
        for name, count in (("accepted", came.accepted), ("replied", came.replied), ("hired", came.hired))
        if count
    ]
    return enumerated(pieces, "list-comma")


def _notes(view: StatsView) -> Iterator[Say]:
    """What must be known to read the figures."""
    found, funnel = view.found, view.found.funnel
    if not found.informed:
        yield say("stats-uninformed")
        return
    if not counted(funnel):
        yield say("stats-only-young", sent=funnel.waiting, early=funnel.early, days=found.answer)
        return
    if funnel.unreported:
        yield say("stats-unreported", count=funnel.unreported, of=counted(funnel))
    replies = funnel.at(Step.REPLY)
    if not replies.rate.enough:
        yield say("stats-few", count=replies.rate.of)
    elif replies.comparisons:
        yield beside(replies.comparisons)
    yield from cost_notes(view)


def beside(comparisons: Sequence[Comparison]) -> Say:
    """Replies beside the rules of thumb, in one sentence while nothing can be told."""
    if all(one.verdict is Verdict.INCONCLUSIVE for one in comparisons):
        rules = [
            say("yardstick-inconclusive", name=_yardstick(one.yardstick), percent=one.percent) for one in comparisons
        ]
        return say("stats-yardsticks-inconclusive", which=enumerated(rules, "list-comma"))
    pieces = [
        say("yardstick", name=_yardstick(one.yardstick), percent=one.percent, verdict=one.verdict.value)
        for one in comparisons
    ]
    return say("stats-yardsticks", which=in_clauses(pieces))


def _yardstick(name: str) -> Say:
    """What a yardstick is called; whoever runs the bot may have added others."""
    return YARDSTICKS.get(name) or say("raw", text=name)


def _buttons(view: StatsView) -> Iterator[tuple[Button, ...]]:
    """What else to look at, and other periods."""
    found, query = view.found, view.query
    if not found.informed:
        yield (Button(say("button-import-proposals"), "import"), Button(say("button-all-proposals"), "proposals"))
    if counted(found.funnel) and found.informed:
        yield tuple(_details(view))
    yield from period_rows(query)
    last = (
        detail_button(query, Detail.PICTURES),
        Button(say("button-no-filter"), query.card._replace(only={}).line) if query.only else None,
        view.beside,
    )
    yield tuple(button for button in last if button is not None)


def _details(view: StatsView) -> Iterator[Button]:
    query, names = view.query, view.found.names
    yield from (facet_button(query, facet) for facet in facets(names, query)[:1])
    if "boosted" not in query.only:
        yield facet_button(query, Facet.BOOST)
    yield detail_button(query, Detail.COST)


def stats_pictures(view: StatsView) -> Reply:
    """Which pictures there are of the period."""
    rows = (*in_rows(picture_buttons(view.query), 2), (back_button(view.query),))
    filtered = "yes" if view.query.only else "no"
    sentence = say("stats-pictures", period=period_of(view.found, view.query), filtered=filtered)
    return reply(sentence, Buttons(rows), replace=True)
