"""How much of a month's budget was spent: what went to a purpose, less what returns and undos brought back from it.

Expiries and adjustments are not spending. A month is a calendar month in the holder's time zone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.ledger.model import Budget, Purpose, expense_on
from core.shared.calendar import beginning, day_in, month_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from core.ledger.model import Account, Entry

SPENT_ON: Final[Mapping[Account, Purpose]] = {expense_on(purpose): purpose for purpose in Purpose}


def month_of(at: datetime, zone: str) -> datetime:
    """The start of the month of a moment, in UTC."""
    return beginning(day_in(zone, at).replace(day=1), zone)


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
        month, spent = begins, spent_by(entry) + (spent if month == begins else 0)
    return Budget(limit, zone, month, spent)
