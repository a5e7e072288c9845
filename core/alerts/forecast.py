"""How fast Connects are spent, and how long they last."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from core.ledger.summary import net_spends
from core.shared.calendar import DAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from core.ledger.model import Entry

LOOKED_BACK: Final = timedelta(days=28)
A_WEEK: Final = timedelta(days=7)
NOTHING: Final = timedelta()
PARTS: Final = 1000


class Runway(NamedTuple):
    """How many whole days Connects last: as a rule, at the least, and at the most (None: nobody can tell)."""

    days: int
    least: int
    most: int | None


class Pace(NamedTuple):
    """What is spent in a day, in thousandths of a Connect: as a rule, in the slowest of the weeks, in the fastest."""

    usual: int
    slow: int
    fast: int

    def lasts(self, connects: int) -> Runway:
        """How long so many Connects last. After a week in which nothing was spent there is no upper end."""
        most = connects * PARTS // self.slow if self.slow else None
        return Runway(connects * PARTS // self.usual, connects * PARTS // self.fast, most)

    def needed(self, days: float) -> int:
        """How many Connects last for so many days, rounded up."""
        return -int(-self.usual * days // PARTS)


def pace_in(facts: Mapping[str, str | int]) -> Pace:
    """The pace that stands in the facts of a notice."""
    return Pace(int(facts["usual"]), int(facts["slow"]), int(facts["fast"]))


def pace(entries: Iterable[Entry], began: datetime, now: datetime) -> Pace | None:
    """The pace of a wallet that began at a time, out of its last four weeks; the oldest entry comes first.

    Its range is that of the weeks in them, of which the first may be a few days longer. None before a week is over, and
    where nothing was spent.
    """
    span = min(now - began, LOOKED_BACK)
    weeks = [0] * (span // A_WEEK)
    for at, connects in net_spends(entries) if weeks else ():
        if now - at <= span:
            weeks[min(max(now - at, NOTHING) // A_WEEK, len(weeks) - 1)] += connects
    if not any(weeks):
        return None
    lengths = [*[A_WEEK] * (len(weeks) - 1), span - A_WEEK * (len(weeks) - 1)]
    rates = [PARTS * spent * DAY // length for spent, length in zip(weeks, lengths, strict=True)]
    return Pace(PARTS * sum(weeks) * DAY // span, min(rates), max(rates))
