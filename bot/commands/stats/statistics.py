"""The command that says how far proposals got, and what each view, reply, interview and hire cost."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from bot.command.declaration import Call, command
from bot.command.permissions import sees_all
from bot.commands.proposals.listing import MYSELF, people_here, person_named
from bot.commands.stats.private import check_own, without_others
from bot.options.choice import Choice, Switch
from bot.options.text import Tags, Text
from bot.options.times.period import EVER, Period, Span
from bot.pages.pieces import LONGEST
from bot.reading.proposals.statistics import FACETS, stats_line
from bot.reply.parts import Reply
from bot.views.money.visibility import in_money, shows_money
from bot.views.stats.card import stats_card, stats_pictures
from bot.views.stats.cost import stats_cost
from bot.views.stats.empty import nothing_so, nothing_then, nothing_yet, only_invitations
from bot.views.stats.query import STATS, USUAL, Detail, StatsQuery, usual_words
from bot.views.stats.segments import stats_segments
from bot.views.stats.view import StatsView, counted
from core.proposals.model import Filter
from core.shared.calendar import day_in
from core.shared.names import folded
from core.stats.model import Boost, Facet, JobAge, PriceBand, Selection

if TYPE_CHECKING:
    from datetime import date

    from core.stats.model import Statistics


@command(STATS, "statistics", reader=stats_line)
async def stats(  # noqa: PLR0917 - options of a command are its arguments, however many
    call: Call,
    period: Annotated[Span | None, Period(alone=True)] = None,
    by: Annotated[str | None, Choice(of=Facet, also=FACETS, named=True)] = None,
    profile: Annotated[str | None, Text(most=LONGEST, named=True)] = None,
    member: Annotated[str | None, Text(most=LONGEST, named=True)] = None,
    tag: Annotated[tuple[str, ...], Tags(most=1, named=True)] = (),
    boosted: Annotated[bool | None, Switch(named=True)] = None,
    price: Annotated[str | None, Choice(of=PriceBand, labels="segment-price", named=True)] = None,
    age: Annotated[str | None, Choice(of=JobAge, labels="segment-age", named=True)] = None,
    show: Annotated[str | None, Choice(of=Detail, labels="detail", named=True, hidden=True)] = None,
    here: Annotated[bool | None, Switch(named=True, hidden=True)] = None,
) -> Reply:
    """Say how far the proposals of a period got, and what that cost."""
    named = {"profile": profile, "member": member, "tag": "".join(tag), "price": price, "age": age}
    only = {name: words for name, words in named.items() if words}
    if not call.group and folded(only.get("member", "")) in MYSELF:
        del only["member"]  # all are theirs, whoever is known to have sent them
    if boosted is not None:
        only["boosted"] = "on" if boosted else "off"
    words = USUAL if period is None else usual_words(period, day_in(call.zone, call.at))
    query = StatsQuery(words, only, by or "", show or "")
    chosen, every = await _chosen(call, query), not call.of_group or await sees_all(call)
    if not every:
        check_own(call, query, chosen)
    found = await call.stats.statistics(call.open_wallet.id, _days(call, period), chosen)
    found = found if every else without_others(found)
    people = await call.store.people.names({one.by for one in found.segments + found.costly if one.by is not None})
    view = StatsView(found, query, shows_money(call), in_money(call, query.line), people)
    answer = await _answer(call, view)
    return answer if here else Reply(answer.parts)


def _days(call: Call, period: Span | None) -> tuple[date, date] | None:
    """The days of the period; None for all time. What is still to come of it is left out."""
    today = day_in(call.zone, call.at)
    first, last = (period or Period(alone=True).read(USUAL)).of(today)
    return None if first == EVER else (first, max(first, min(last, today)))


async def _chosen(call: Call, query: StatsQuery) -> Selection:
    """Which proposals are meant."""
    only = query.only
    by, member = None, only.get("member")
    if member is not None:
        by = person_named(call, await people_here(call), member)
        member = None if folded(member) in MYSELF else member
    return Selection(
        profile=only.get("profile"),
        member=member,
        by=by,
        tag=only.get("tag"),
        price=PriceBand(only["price"]) if "price" in only else None,
        age=JobAge(only["age"]) if "age" in only else None,
        boost=None if "boosted" not in only else Boost.BOOSTED if only["boosted"] == "on" else Boost.PLAIN,
        facet=Facet(query.by) if query.by else None,
    )


async def _answer(call: Call, view: StatsView) -> Reply:
    found, query = view.found, view.query
    if not found.every:
        every = await call.proposals.page(call.open_wallet.id, Filter(), limit=1)
        return nothing_then(view) if every.total or any(every.counts.values()) else nothing_yet()
    if query.show == Detail.PICTURES:
        return stats_pictures(view)
    if not _sent(found):
        invited = found.invitations.received and not query.only
        return only_invitations(view) if invited else nothing_so(view)
    told = found.informed or query.by  # what groups cost is known without any news of them
    return _figures(view) if counted(found.funnel) and told else stats_card(view)


def _figures(view: StatsView) -> Reply:
    """The card, or what was asked for beside it."""
    if view.query.by:
        return stats_segments(view)
    return stats_cost(view) if view.query.show == Detail.COST else stats_card(view)


def _sent(found: Statistics) -> int:
    """How many of what was chosen was sent."""
    return counted(found.funnel) + found.funnel.waiting
