"""Rates with their intervals, what one of them cost, and which proposals figures are about, in words."""

from __future__ import annotations

from functools import reduce
from math import floor
from typing import TYPE_CHECKING, Final

from bot.reply.parts import Say, enumerated, say
from bot.views.entries import sum_of
from bot.views.progress import beginning_of
from bot.views.stats.query import period_name
from core.shared.names import SOMEONE
from core.stats.model import Facet, Step

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from bot.reply.parts import Fact
    from bot.views.stats.query import StatsQuery
    from core.ledger.flows import Flows
    from core.ledger.model import Purpose
    from core.shared.ids import PersonId
    from core.stats.model import Expense, FunnelStep, Rate, Segment, Statistics, UnitCost

HUNDRED: Final = 100
TEN: Final = 10
MYSELF: Final = "me"
FREE: Final = "cost-each-free"
LONGEST_NAME: Final = 60
"""How much of a name is shown: a page that was misread may have a sentence for the name of a profile."""


def share(part: float) -> Say:
    """A share in percent, without its sign: no decimals, but one below 1 %."""
    if 0 < part < 1 / HUNDRED:
        tenths = max(1, floor(part * HUNDRED * TEN + 0.5))
        if tenths < TEN:
            return say("share-tenths", tenths=tenths)
    return say("share", percent=floor(part * HUNDRED + 0.5))


def points(difference: float) -> int:
    """A difference between rates in whole points."""
    return floor(difference * HUNDRED + 0.5)


def rate_of(reached: FunnelStep) -> Say:
    """How many got this far. Only some of the views are known."""
    rate = reached.rate
    if reached.step is Step.VIEW:
        if not rate.hits:
            return say("rate-views-unknown")
        return say("rate-views", hits=rate.hits, of=rate.of, share=share(rate.share))
    return rate_in_words(rate)


def rate_in_words(rate: Rate) -> Say:
    """A rate with what it may be in truth."""
    low, high = share(rate.interval.low), share(rate.interval.high)
    if not rate.of:
        return say("rate-of-none")
    if not rate.hits:
        return say("rate-none", of=rate.of, high=high)
    if rate.hits == rate.of:
        return say("rate-all", of=rate.of, low=low)
    return say("rate", hits=rate.hits, of=rate.of, share=share(rate.share), low=low, high=high)


def each_cost(each: UnitCost, *, money: bool, about: bool = False) -> Say:
    """What one of them cost, in Connects and, where it may be said, in money. `about`: it is not certain."""
    if each.tenths is None:
        return say("cost-each-unknown")
    whole = (each.tenths + TEN // 2) // TEN
    connects = say("connects", connects=whole) if whole or not each.tenths else say("cost-each-tiny")
    said = say("cost-each-about", cost=connects) if about else connects
    return said if not money else say("cost-each-in-money", connects=said, price=_in_money(each))


def _in_money(each: UnitCost) -> Fact:
    if each.money is None:
        return say("cost-each-unpriced")
    return sum_of(each.money) or say("free")


def expense_of(expense: Expense, *, money: bool) -> Say:
    """What proposals cost together."""
    if not expense.connects and expense.unpriced:
        return say("cost-each-unknown")
    connects = say("connects", connects=expense.connects)
    said = say("cost-each-about", cost=connects) if expense.about else connects
    if not money:
        return said
    price: Fact = sum_of(expense.money) or say("cost-each-unpriced" if expense.unknown else "free")
    return say("cost-each-in-money", connects=said, price=price)


def period_of(found: Statistics, query: StatsQuery) -> Say:
    """The days that figures are of, with the name of the period if it has one."""
    days = days_in_words(found.first, found.last)
    name = period_name(query.period) if found.first is not None else None
    return days if name is None else say("period-with-days", name=name, days=days)


def days_in_words(first: date | None, last: date) -> Say:
    """The days of a period; without a first one, it is of all time."""
    if first is None:
        return say("period-all")
    return say("day", at=last) if first == last else say("filtered-days", first=first, last=last)


def chosen_of(query: StatsQuery) -> Say:
    """Which proposals were chosen, for a title."""
    return say("stats-only", which=which_of(query)) if query.only else say("filtered-none")


def which_of(query: StatsQuery) -> Say:
    """Which proposals were chosen, if any were."""
    return enumerated([choice_phrase(name, words) for name, words in query.only.items()], "list-comma")


def choice_phrase(name: str, words: str) -> Say:
    """An option that chooses proposals, in words."""
    if name == "boosted":
        return say("segment-boost-boosted" if words == "on" else "segment-boost-plain")
    if name in {Facet.PRICE, Facet.AGE}:
        return say(f"segment-{name}-{words}")
    if (name, words) == (Facet.MEMBER, MYSELF):
        return say("only-me")
    return say(f"only-{name}", name=beginning_of(words, LONGEST_NAME))


def segment_name(segment: Segment, people: Mapping[PersonId, str]) -> Say:
    """What a segment is called."""
    if segment.facet in {Facet.PRICE, Facet.AGE, Facet.BOOST}:
        return say(f"segment-{segment.facet}-{segment.name}")
    name = segment.name or ("" if segment.by is None else people.get(segment.by, SOMEONE))
    return say("raw", text=beginning_of(name, LONGEST_NAME)) if name else say(f"segment-{segment.facet}-unknown")


def moved_in(flows: Flows) -> Say | None:
    """What moved in a period, whatever it was for; None if nothing did."""
    counts = {
        "spent": sum(flows.spent.values()),
        "returned": flows.returned,
        "expired": flows.expired,
        "bought": flows.bought,
        "earned": sum(flows.earned.values()),
        "other": max(flows.other, 0),
    }
    moved = [say(f"moved-{name}", connects=connects) for name, connects in counts.items() if connects]
    return enumerated(moved, "list-comma") if moved else None


def spent_on(by_purpose: Mapping[Purpose, int]) -> Say | None:
    """What was spent by purpose, the most first; None if nothing was."""
    spent = sorted(((connects, purpose) for purpose, connects in by_purpose.items() if connects), reverse=True)
    named = [say(f"purpose-{purpose.replace('_', '-')}", connects=connects) for connects, purpose in spent]
    return enumerated(named, "list-comma") if named else None


def in_clauses(pieces: Sequence[Say]) -> Say:
    """Phrases that have commas of their own, with semicolons between them."""
    return reduce(lambda some, piece: say("list-semicolon", first=some, last=piece), pieces)
