"""The alert that a month's budget is nearly spent, or spent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.alerts.alert_type import AlertType
from core.delivery.notice import Notice
from core.ledger.budget import label_of, spent_at

if TYPE_CHECKING:
    from datetime import datetime

    from core.ledger.model import Budget, Entry, Snapshot

BUDGET_PERCENTS: Final = (100, 80)
"""Percent of a budget at which its holder is warned. If several are reached at once, only the first counts."""


def reached(budget: Budget, at: datetime) -> int | None:
    """The highest of `BUDGET_PERCENTS` that is reached in the month of a moment (None: not even the lowest)."""
    return next((percent for percent in BUDGET_PERCENTS if spent_at(budget, at) * 100 >= percent * budget.limit), None)


def over_budget(before: Snapshot, budget: Budget, last: Entry) -> tuple[Notice, ...]:
    """A notice if the spends of the month reached a percentage: once for each percentage, month and limit."""
    spent = 0 if before.budget is None else spent_at(before.budget, last.at)
    for percent in BUDGET_PERCENTS:
        if spent * 100 < percent * budget.limit <= budget.spent * 100:
            topic, month = f"budget:{before.wallet}", label_of(budget, last.at)
            facts = {"spent": budget.spent, "limit": budget.limit, "mark": percent}
            key = f"{topic}:{month}:{budget.limit}:{percent}"
            return (Notice(key, BUDGET.code, facts, before.wallet, by=last.by, topic=topic, supersedes=True),)
    return ()


def refresh_budget(notice: Notice, _made: datetime, wallet: Snapshot, now: datetime) -> Notice | None:
    """The notice with the current spends; None if the month is over, the limit has changed or Connects came back."""
    budget, facts = wallet.budget, notice.facts
    if budget is None or budget.limit != facts["limit"]:
        return None
    spent = spent_at(budget, now)
    return (
        notice._replace(facts={**facts, "spent": spent}) if spent * 100 >= int(facts["mark"]) * budget.limit else None
    )


BUDGET: Final = AlertType("budget", lambda settings: settings.budget is not None, refresh_budget)
