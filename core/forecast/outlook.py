"""What is to be expected of a wallet's Connects, found from its books in a few reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from core.forecast.advice import Grounds
from core.forecast.budget_pace import budget_pace
from core.forecast.burn_rate import A_WEEK, LOOKED_BACK, books_began, burn_rate
from core.forecast.buying import purchase_needed
from core.forecast.coverage import Typing, spans_of
from core.forecast.freshness import end_of, known_until, last_imported
from core.forecast.monthly_lots import Facts, arrivals_of, coming_lots, monthly_lots
from core.forecast.running_out import FARTHEST, Means, running_out
from core.forecast.unspent import unspent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from core.forecast.budget_pace import BudgetPace
    from core.forecast.burn_rate import BurnRate
    from core.forecast.buying import Purchase
    from core.forecast.monthly_lots import Due, MonthlyLots
    from core.forecast.running_out import Depletion
    from core.forecast.unspent import Unspent
    from core.ledger.model import Budget, Lot
    from core.ledger.ports import Ledger
    from core.ledger.rulebook import Rulebook
    from core.ledger.sightings import Batch
    from core.shared.ids import WalletId
    from core.wallets.settings import Settings


class Pace(NamedTuple):
    """The burn rate of the last four weeks that the books know of (None: nobody can say).

    `until` is the last day that they know of, if that is no longer recent. `end` is the end of these weeks, and `began`
    when the books began, as far back as they were read.
    """

    rate: BurnRate | None
    until: date | None
    end: datetime
    began: datetime

    @property
    def young(self) -> bool:
        """Whether the books are too young to tell a pace."""
        return self.end - self.began < A_WEEK


class Outlook(NamedTuple):
    """All lots of a wallet by their numbers, what will expire unspent (None: nobody can say), and the monthly ones.

    `coming` are the monthly lots of the next half year, `facts` what they are found from. `imports` are the wallet's
    imports.
    """

    lots: tuple[Lot, ...]
    pace: Pace
    unspent: Unspent | None
    facts: Facts
    monthly: MonthlyLots
    coming: tuple[Due, ...]
    budget: Budget | None
    imports: tuple[Batch, ...]


async def outlook(ledger: Ledger, wallet: WalletId, settings: Settings, rulebook: Rulebook, now: datetime) -> Outlook:
    """What is to be expected of a wallet's lots."""
    lots = await ledger.lots(wallet)
    holding, batches = await ledger.holding(wallet), await ledger.batches(wallet)
    pace = await _pace(ledger, wallet, batches, holding.entries, now)
    first = await ledger.entry(wallet, 1)
    arrivals = arrivals_of(lots)
    typing = Typing(None if first is None else first.at, arrivals[-1].at.date() if arrivals else None)
    facts = Facts(arrivals, spans_of(batches, typing, settings.zone, now), settings, rulebook, now)
    return Outlook(
        lots,
        pace,
        unspent(lots, pace.rate, now, rulebook),
        facts,
        monthly_lots(facts),
        coming_lots(facts, facts.today + FARTHEST),
        holding.budget,
        batches,
    )


async def _pace(ledger: Ledger, wallet: WalletId, batches: Sequence[Batch], booked: int, now: datetime) -> Pace:
    """The pace up to now; of books that know nothing of the last days, up to the last day that they know of."""
    last = last_imported(batches)
    read = (now if last is None else min(end_of(last), now)) - LOOKED_BACK
    entries = await ledger.happened_since(wallet, read)
    until = known_until(batches, entries, now)
    end = now if until is None else end_of(until)
    began = books_began(entries, booked, read, end)
    weeks = [entry for entry in entries if entry.when >= end - LOOKED_BACK]
    return Pace(burn_rate(weeks, began, end), until, end, began)


class Forecast(NamedTuple):
    """When the Connects run out (None: the pace is not known), what to buy then, and how the budget goes on."""

    out: Depletion | None
    purchase: Purchase | None
    budget: BudgetPace | None


def forecast(found: Outlook, settings: Settings, rulebook: Rulebook, now: datetime) -> Forecast:
    """The forecast that follows from an outlook."""
    rate = found.pace.rate
    budget = None if found.budget is None else budget_pace(found.budget, rate, now)
    if rate is None:
        return Forecast(None, None, budget)
    means = Means(found.lots, found.coming, settings.zone, rulebook, now)
    out = running_out(means, rate)
    return Forecast(out, purchase_needed(means, rate, out), budget)


def grounds_of(found: Outlook, settings: Settings, rulebook: Rulebook, now: datetime) -> Grounds:
    """What advice is found from, apart from what proposals leave open.

    Whoever asks wants to hear of everything, also of what no alert is wanted about.
    """
    pace = found.pace
    return Grounds(
        Means(found.lots, found.coming, settings.zone, rulebook, now),
        pace.rate,
        found.monthly,
        found.budget,
        pace.until,
        idle=pace.rate is None and pace.end - pace.began >= LOOKED_BACK,
    )
