"""A budget's pace: what will have been spent by the end of the month, and when the limit would be passed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from core.forecast.burn_rate import THOUSANDTHS
from core.forecast.unspent import ONE, Estimate
from core.ledger.budget import month_after, month_of, spent_at

if TYPE_CHECKING:
    from datetime import datetime

    from core.forecast.burn_rate import BurnRate
    from core.ledger.model import Budget


class BudgetPace(NamedTuple):
    """What was spent of a month's limit, and what will have been by its end (None: the pace is not known).

    `passed` is when the limit would be passed at the usual pace (None: not in this month, or it is passed already).
    `ends` is the beginning of the next month.
    """

    spent: int
    limit: int
    expected: Estimate | None
    passed: datetime | None
    ends: datetime

    @property
    def over(self) -> int:
        """By how many Connects the limit would be passed at the usual pace, if it is not passed already."""
        return 0 if self.expected is None or self.passed is None else self.expected.usual - self.limit


def budget_pace(budget: Budget, rate: BurnRate | None, now: datetime) -> BudgetPace:
    """How a budget goes on from now to the end of its month."""
    spent, ends = spent_at(budget, now), month_after(month_of(now, budget.zone), budget.zone)
    if rate is None:
        return BudgetPace(spent, budget.limit, None, None, ends)
    rest = (ends - now) // timedelta.resolution
    usual, least, most = (spent + pace * rest // ONE for pace in (rate.usual, rate.slow, rate.fast))
    passed = None
    if spent <= budget.limit < usual:
        days = timedelta(days=1) * THOUSANDTHS
        passed = now + (budget.limit - spent) * days / rate.usual
    return BudgetPace(spent, budget.limit, Estimate(usual, least, most), passed, ends)
