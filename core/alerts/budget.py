"""A month's budget is nearly spent, or spent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.alerts.alert_type import AlertType
from core.delivery.notice import Notice
from core.ledger.budget import label_of, spent_at

if TYPE_CHECKING:
    from datetime import datetime

    from core.ledger.model import Budget, Entry, Snapshot

BUDGET_PERCENTS: Final = (100, 80)
"""Percent of a budget at which its holder is told; where several are reached at once, the first of these."""


def reached(budget: Budget, at: datetime) -> int | None:
    """The mark of a budget that was reached in the month of a moment."""
    return next((mark for mark in BUDGET_PERCENTS if spent_at(budget, at) * 100 >= mark * budget.limit), None)


def over_budget(before: Snapshot, budget: Budget, last: Entry) -> tuple[Notice, ...]:
    """What was spent in the month came to a mark of the budget: once for each mark, month and budget."""
    spent = 0 if before.budget is None else spent_at(before.budget, last.at)
    for mark in BUDGET_PERCENTS:
        if spent * 100 < mark * budget.limit <= budget.spent * 100:
            name, month = f"budget:{before.wallet}", label_of(budget, last.at)
            facts = {"spent": budget.spent, "limit": budget.limit, "mark": mark}
            key = f"{name}:{month}:{budget.limit}:{mark}"
            return (Notice(key, BUDGET.code, facts, before.wallet, by=last.by, topic=name, supersedes=True),)
    return ()


def still_over_budget(notice: Notice, _made: datetime, wallet: Snapshot, now: datetime) -> Notice | None:
    """What was spent is still at the mark, in a month that has not ended, and the budget is the same."""
    budget, facts = wallet.budget, notice.facts
    if budget is None or budget.limit != facts["limit"]:
        return None
    spent = spent_at(budget, now)
    return (
        notice._replace(facts={**facts, "spent": spent}) if spent * 100 >= int(facts["mark"]) * budget.limit else None
    )


BUDGET: Final = AlertType("budget", lambda settings: settings.budget is not None, still_over_budget)
