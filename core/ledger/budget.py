"""How much of a month's budget was spent: what went to a purpose, less what returns and undos brought back from it.

Expiries and adjustments are not spending. A month is a calendar month in the holder's time zone. What happened in
another month than that in which it was booked counts in none.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from core.ledger.model import Budget, Purpose, expense_on
from core.shared.bounds import MOST
from core.shared.calendar import LONGEST_MONTH, beginning, day_in, month_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from core.ledger.model import Account, Entry

SPENT_ON: Final[Mapping[Account, Purpose]] = {expense_on(purpose): purpose for purpose in Purpose}


def month_of(at: datetime, zone: str) -> datetime:
    """The start of the month of a moment, in UTC."""
    return beginning(day_in(zone, at).replace(day=1), zone)


def month_after(month: datetime, zone: str) -> datetime:
    """The start of the month after one that starts then, in UTC."""
    first = day_in(zone, month + timedelta(hours=12)).replace(day=1)
    return beginning((first + timedelta(days=LONGEST_MONTH)).replace(day=1), zone)


def label_of(budget: Budget, at: datetime) -> str:
    """The month of a moment, such as "2026-01"."""
    return month_in(budget.zone, at)


def spent_by(entry: Entry) -> int:
    """Connects that an entry spent; negative if it brought some back."""
    return sum(beyond.connects for _, beyond in entry.moves if beyond.account in SPENT_ON)


def spent_at(budget: Budget, at: datetime) -> int:
    """Connects spent in the month of a moment: 0 until something is booked in it.

    Negative if more came back than was spent, for instance from a spend of the month before.
    """
    return budget.spent if budget.month == month_of(at, budget.zone) else 0


def after(budget: Budget, entries: Iterable[Entry]) -> Budget:
    """The budget after these entries, oldest first."""
    limit, zone, month, spent = budget
    for entry in entries:
        begins = month_of(entry.at, zone)
        new = spent_by(entry) if entry.happened is None or month_of(entry.happened, zone) == begins else 0
        month, spent = begins, min(new + (spent if month == begins else 0), MOST)
    return Budget(limit, zone, month, spent)
