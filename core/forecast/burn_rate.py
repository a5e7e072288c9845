"""The burn rate of Connects, and the runway that follows from it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from core.ledger.summary import net_spends
from core.shared.calendar import DAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from core.ledger.model import Entry

LOOKED_BACK: Final = timedelta(days=28)
A_WEEK: Final = timedelta(days=7)
NO_TIME: Final = timedelta()
THOUSANDTHS: Final = 1000


class Runway(NamedTuple):
    """How many whole days Connects last: at the usual rate, at the least, and at the most (None: no upper end)."""

    days: int
    least: int
    most: int | None


class BurnRate(NamedTuple):
    """Connects spent in a day, in thousandths: on average, in the slowest week, and in the fastest week."""

    usual: int
    slow: int
    fast: int

    def lasts(self, connects: int) -> Runway:
        """How long so many Connects last. If nothing was spent in the slowest week, there is no upper end."""
        most = connects * THOUSANDTHS // self.slow if self.slow else None
        return Runway(connects * THOUSANDTHS // self.usual, connects * THOUSANDTHS // self.fast, most)

    def needed(self, days: float) -> int:
        """How many Connects are needed for so many days, rounded up."""
        return -int(-self.usual * days // THOUSANDTHS)


def burn_rate_in(facts: Mapping[str, str | int]) -> BurnRate:
    """The burn rate in the facts of a notice."""
    return BurnRate(int(facts["usual"]), int(facts["slow"]), int(facts["fast"]))


def burn_rate(entries: Iterable[Entry], began: datetime, now: datetime) -> BurnRate | None:
    """The burn rate of a wallet whose books began at `began`, from its entries of the last four weeks, oldest first.

    Its range is that of the single weeks, of which the first may be a few days longer. None if the books are less than
    a week old, or if nothing was spent.
    """
    span = min(now - began, LOOKED_BACK)
    weeks = [0] * (span // A_WEEK)
    for spend, connects in net_spends(entries) if weeks else ():
        if now - spend.when <= span:
            weeks[min(max(now - spend.when, NO_TIME) // A_WEEK, len(weeks) - 1)] += connects
    if not any(weeks):
        return None
    lengths = [*[A_WEEK] * (len(weeks) - 1), span - A_WEEK * (len(weeks) - 1)]
    rates = [THOUSANDTHS * spent * DAY // length for spent, length in zip(weeks, lengths, strict=True)]
    return BurnRate(THOUSANDTHS * sum(weeks) * DAY // span, min(rates), max(rates))


def books_began(entries: Sequence[Entry], booked: int, since: datetime, now: datetime) -> datetime:
    """When books of `booked` entries began, as far as those that happened since a time tell."""
    if len(entries) < booked:
        return since
    return entries[0].when if entries else now
