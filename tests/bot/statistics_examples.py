"""Statistics made by hand, for tests of how they are shown."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from core.ledger.flows import Flows
from core.ledger.model import Purpose, Source
from core.shared.money import Price
from core.stats.intervals import newcombe
from core.stats.model import (
    Comparison,
    Contrast,
    Expense,
    Facet,
    Funnel,
    FunnelStep,
    Invitations,
    Names,
    Rate,
    Segment,
    Selection,
    Statistics,
    Step,
    UnitCost,
    Verdict,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

COST: Final = Expense(640, (Price(9600, 0, "USD"),))
HITS: Final = (40, 12, 3, 1, 0)
"""How many got to each step."""
FLOWS: Final = Flows(
    spent={Purpose.PROPOSAL: 600, Purpose.BOOST: 80}, returned=32, bought=600, earned={Source.INTERVIEW: 10},
    opened=0, other=0, expired=10, adjusted=0, delta=-112, paid=(Price(9000, 0, "USD"),), cost=(Price(9600, 0, "USD"),),
)  # fmt: skip


def price_each(total: Price, among: int) -> Price:
    return Price(total.net // among, 0, total.currency)


def funnel(hits: Sequence[int] = HITS, expense: Expense = COST, **facts: Any) -> Funnel:
    """A funnel in which so many got to each step."""
    return Funnel(
        proposals=hits[0],
        waiting=facts.pop("waiting", 0),
        early=facts.pop("early", 0),
        unreported=facts.pop("unreported", 0),
        steps=tuple(_step(step, count, hits[0], expense) for step, count in zip(Step, hits, strict=True)),
        expense=expense,
    )


def _step(step: Step, count: int, of: int, expense: Expense) -> FunnelStep:
    money = None if expense.unknown == of else tuple(price_each(price, count) for price in expense.money if count)
    each = UnitCost(expense.connects * 10 // count, money) if count else None
    rate = Rate(count, of)
    beside = (Comparison("hand", 15, Verdict.BELOW), Comparison("volume", 5, Verdict.INCONCLUSIVE))
    return FunnelStep(step, rate, each, beside if step is Step.REPLY and rate.enough else ())


STATISTICS: Final = Statistics(
    first=date(2026, 9, 1), last=date(2026, 11, 29), selection=Selection(), answer=14, informed=True,
    flows=FLOWS, every=40, funnel=funnel(), invitations=Invitations(), segments=(), costly=(),
    boost=Contrast(Rate(8, 20), Rate(4, 20), newcombe(8, 20, 4, 20), (120, 120)), names=Names(),
)  # fmt: skip


def statistics(**facts: Any) -> Statistics:
    """Statistics of 40 proposals, three of which got a reply; `facts` are what is different."""
    return STATISTICS._replace(**facts)


def segment(facet: Facet, name: str, hits: Sequence[int], connects: int) -> Segment:
    """Proposals that have something in common."""
    return Segment(facet, name, funnel(hits, Expense(connects, (Price(connects * 15, 0, "USD"),))))
