"""What was spent of a month's budget: what went to a purpose, less what came back from it by returns and undos.

What expires and what corrects the books is no spending. A month is a calendar month where the wallet's holder lives.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.ledger.model import Budget, Purpose, expense_on
from core.shared.calendar import beginning, day_in

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from core.ledger.model import Account, Entry

SPENT_ON: Final[frozenset[Account]] = frozenset(expense_on(purpose) for purpose in Purpose)


def month_of(at: datetime, zone: str) -> datetime:
    """When the month of a moment began, in UTC."""
    return beginning(day_in(zone, at).replace(day=1), zone)


def label_of(budget: Budget, at: datetime) -> str:
    """The month of a moment by its name, such as "2026-01"."""
    return f"{day_in(budget.zone, at):%Y-%m}"


def spent_by(entry: Entry) -> int:
    """Connects that an entry spent, below 0 where it brought some back."""
    return sum(beyond.connects for _, beyond in entry.moves if beyond.account in SPENT_ON)


def spent_at(budget: Budget, at: datetime) -> int:
    """Connects spent in the month of a moment, which is none as long as nothing was booked in it.

    Below 0 where more came back than was spent, such as what the month before had spent.
    """
    return budget.spent if budget.month == month_of(at, budget.zone) else 0


def after(budget: Budget, entries: Iterable[Entry]) -> Budget:
    """The budget after these entries, which come in their order."""
    limit, zone, month, spent = budget
    for entry in entries:
        begun = month_of(entry.at, zone)
        month, spent = begun, spent_by(entry) + (spent if month == begun else 0)
    return Budget(limit, zone, month, spent)
