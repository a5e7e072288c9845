"""Answers where there are no figures yet, each with the way to fill them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.reply.parts import Button, Buttons, Fields, Reply, reply, say
from bot.views.stats.card import invitations_of
from bot.views.stats.phrases import choice_phrase, moved_in, period_of, which_of
from bot.views.stats.query import in_rows, period_rows

if TYPE_CHECKING:
    from bot.views.stats.view import StatsView


MOST_OFFERED: Final = 4
"""How many names are offered of what there is instead."""


def nothing_yet() -> Reply:
    """There is no proposal in the books at all."""
    row = (Button(say("button-import"), "import"), Button(say("button-book-bid"), "spend"))
    return reply(say("stats-nothing-yet"), Buttons((row,)), replace=True)


def nothing_then(view: StatsView) -> Reply:
    """There are proposals, but none of this period."""
    moved = moved_in(view.found.flows)
    every = (Button(say("button-all-proposals"), "proposals"),)
    return reply(
        say("stats-nothing-then", period=period_of(view.found, view.query)),
        None if moved is None else Fields(((say("field-stats-moved"), moved),)),
        Buttons((*period_rows(view.query), every)),
        replace=True,
    )


def nothing_so(view: StatsView) -> Reply:
    """There are proposals of this period, but none of those that were chosen."""
    names, only = view.found.names, view.query.only
    known = {"profile": names.profiles, "tag": names.tags, "member": names.members}
    others = [
        Button(choice_phrase(option, name), view.query.card._replace(only={**only, option: name}).line)
        for option in known.keys() & only.keys()
        for name in known[option][:MOST_OFFERED]
    ]
    unfiltered = (Button(say("button-no-filter"), view.query.card._replace(only={}).line),)
    sentence = say(
        "stats-nothing-so",
        which=which_of(view.query),
        count=view.found.every,
        period=period_of(view.found, view.query),
    )
    return reply(sentence, Buttons((*in_rows(others, 2), *period_rows(view.query), unfiltered)), replace=True)


def only_invitations(view: StatsView) -> Reply:
    """Invitations came, and nothing was sent."""
    sentence = say("stats-only-invitations", period=period_of(view.found, view.query), invitations=invitations_of(view))
    row = (Button(say("button-book-bid"), "spend"), Button(say("button-invitations"), "proposals state=invitations"))
    return reply(sentence, Buttons((row, *period_rows(view.query))), replace=True)
