"""What is to be expected of a wallet's lots, found from its books in a few reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from core.forecast.burn_rate import LOOKED_BACK, books_began, burn_rate
from core.forecast.coverage import Typing, spans_of
from core.forecast.monthly_lots import Facts, arrivals_of, monthly_lots
from core.forecast.unspent import unspent

if TYPE_CHECKING:
    from datetime import datetime

    from core.forecast.monthly_lots import MonthlyLots
    from core.forecast.unspent import Unspent
    from core.ledger.model import Lot
    from core.ledger.ports import Ledger
    from core.ledger.rulebook import Rulebook
    from core.shared.ids import WalletId
    from core.wallets.settings import Settings


class Outlook(NamedTuple):
    """All lots of a wallet by their numbers, what will expire unspent (None: nobody can say), and the monthly ones."""

    lots: tuple[Lot, ...]
    unspent: Unspent | None
    monthly: MonthlyLots


async def outlook(ledger: Ledger, wallet: WalletId, settings: Settings, rulebook: Rulebook, now: datetime) -> Outlook:
    """What is to be expected of a wallet's lots."""
    lots = await ledger.lots(wallet)
    since = now - LOOKED_BACK
    entries = await ledger.happened_since(wallet, since)
    booked = (await ledger.holding(wallet)).entries
    rate = burn_rate(entries, books_began(entries, booked, since, now), now)
    first = await ledger.entry(wallet, 1)
    arrivals = arrivals_of(lots)
    typing = Typing(None if first is None else first.at, arrivals[-1].at.date() if arrivals else None)
    spans = spans_of(await ledger.batches(wallet), typing, settings.zone, now)
    facts = Facts(arrivals, spans, settings, rulebook, now)
    return Outlook(lots, unspent(lots, rate, now, rulebook), monthly_lots(facts))
