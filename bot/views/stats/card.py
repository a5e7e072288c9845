"""The card of statistics: what was sent, how far it got, what a reply cost; and, one tap away, every cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.reply.parts import Button, Buttons, Fact, Fields, Reply, Say, enumerated, reply, say
from bot.views.stats.asked import (
    Detail,
    back_button,
    detail_button,
    facet_button,
    facets,
    in_rows,
    period_rows,
    picture_buttons,
)
from bot.views.stats.cost import cost_notes
from bot.views.stats.phrases import chosen_of, each_cost, in_clauses, moved_in, period_of, rate_of
from bot.views.stats.shown import counted
from core.stats.model import Facet, Step, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.views.stats.shown import Shown
    from core.stats.model import Comparison

YARDSTICKS: Final = {"hand": say("yardstick-hand"), "volume": say("yardstick-volume")}
"""Those of the rulebook as it comes."""


def stats_card(shown: Shown) -> Reply:
    """How far the proposals of a period got."""
    rows = Fields(tuple(_rows(shown)), title_of(shown))
    return reply(rows, *_notes(shown), Buttons(tuple(_buttons(shown))), replace=True)


def title_of(shown: Shown) -> Say:
    """Which figures these are."""
    return say("stats-title", period=period_of(shown.found, shown.asked), about=chosen_of(shown.asked))


def _rows(shown: Shown) -> Iterator[tuple[Say, Fact]]:
    found, funnel = shown.found, shown.found.funnel
    yield say("field-stats-proposals"), _sent(shown)
    if found.informed and counted(funnel):
        yield from ((say(f"step-{one.step}"), rate_of(one)) for one in funnel.steps[1:])
        replies = funnel.at(Step.REPLY)
        if replies.each is not None:
            cost = each_cost(replies.each, money=shown.money, about=bool(funnel.expense.about))
            yield say("field-stats-reply-cost"), cost
    if shown.flows is not None and (moved := moved_in(shown.flows)) is not None:
        yield say("field-stats-moved"), moved
    if found.invitations.received:
        yield say("field-stats-invitations"), invitations_of(shown)


def _sent(shown: Shown) -> Say:
    """How many were sent, and how many of them are too recent to count."""
    funnel = shown.found.funnel
    sent = counted(funnel) + funnel.waiting
    if not funnel.waiting or not counted(funnel):
        return say("stats-sent", sent=sent)
    return say("stats-sent-waiting", sent=sent, waiting=funnel.waiting, early=funnel.early, days=shown.found.answer)


def invitations_of(shown: Shown) -> Say:
    """How many invitations came, and what became of them."""
    came = shown.found.invitations
    pieces = [say("stats-invited", count=came.received)]
    pieces += [
        say(f"invited-{name}", count=count)
        for name, count in (("accepted", came.accepted), ("replied", came.replied), ("hired", came.hired))
        if count
    ]
    return enumerated(pieces, "list-comma")


def _notes(shown: Shown) -> Iterator[Say]:
    """What must be known to read the figures."""
    found, funnel = shown.found, shown.found.funnel
    if not found.informed:
        yield say("stats-uninformed")
        return
    if not counted(funnel):
        yield say("stats-only-young", sent=funnel.waiting, early=funnel.early, days=found.answer)
        return
    if funnel.untold:
        yield say("stats-untold", count=funnel.untold, of=counted(funnel))
    replies = funnel.at(Step.REPLY)
    if not replies.rate.enough:
        yield say("stats-few", count=replies.rate.of)
    elif replies.beside:
        yield beside(replies.beside)
    yield from cost_notes(shown)


def beside(comparisons: Sequence[Comparison]) -> Say:
    """Replies beside the rules of thumb."""
    if all(one.verdict is Verdict.UNTOLD for one in comparisons):
        rules = [say("yardstick-untold", name=_yardstick(one.yardstick), percent=one.percent) for one in comparisons]
        return say("stats-yardsticks-untold", which=enumerated(rules, "list-comma"))
    pieces = [
        say("yardstick", name=_yardstick(one.yardstick), percent=one.percent, verdict=one.verdict.value)
        for one in comparisons
    ]
    return say("stats-yardsticks", which=in_clauses(pieces))


def _yardstick(name: str) -> Say:
    """What a yardstick is called; whoever runs the bot may have added others."""
    return YARDSTICKS.get(name) or say("raw", text=name)


def _buttons(shown: Shown) -> Iterator[tuple[Button, ...]]:
    """What else to look at, and other periods."""
    found, asked = shown.found, shown.asked
    if not found.informed:
        yield (Button(say("button-import-proposals"), "import"), Button(say("button-all-proposals"), "proposals"))
    if counted(found.funnel) and found.informed:
        yield tuple(_details(shown))
    yield from period_rows(asked)
    last = (
        detail_button(asked, Detail.PICTURES),
        Button(say("button-no-filter"), asked.card._replace(only={}).line) if asked.only else None,
        shown.beside,
    )
    yield tuple(button for button in last if button is not None)


def _details(shown: Shown) -> Iterator[Button]:
    asked, names = shown.asked, shown.found.names
    yield from (facet_button(asked, facet) for facet in facets(names, asked)[:1])
    if "boosted" not in asked.only:
        yield facet_button(asked, Facet.BOOST)
    yield detail_button(asked, Detail.COST)


def stats_pictures(shown: Shown) -> Reply:
    """Which pictures there are of the period."""
    rows = (*in_rows(picture_buttons(shown.asked), 2), (back_button(shown.asked),))
    filtered = "yes" if shown.asked.only else "no"
    sentence = say("stats-pictures", period=period_of(shown.found, shown.asked), filtered=filtered)
    return reply(sentence, Buttons(rows), replace=True)
