"""What to buy, and by when, so that the Connects last longer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from core.forecast.running_out import MICROSECOND, lots_to_come
from core.forecast.unspent import ONE
from core.ledger.rules import purchase_covering

if TYPE_CHECKING:
    from datetime import datetime

    from core.forecast.burn_rate import BurnRate
    from core.forecast.running_out import Depletion, Means
    from core.shared.money import Price

LONGER: Final = timedelta(days=28)
"""How much longer the Connects should last."""


class Purchase(NamedTuple):
    """What to buy: the Connects, and their list price with the tax of the rulebook, which is an estimate.

    At the usual pace, none are left from `by` on without it, and with it they last until `until`.
    """

    connects: int
    price: Price
    by: datetime
    until: datetime


def purchase_needed(means: Means, rate: BurnRate, found: Depletion) -> Purchase | None:
    """The smallest purchase that lasts so much longer; None if some Connects are left for half a year anyway."""
    by = found.usual.out
    if by is None:
        return None
    connects, price = purchase_covering(lacking(means, rate, by, by + LONGER), means.rulebook)
    return Purchase(connects, price, by, by + LONGER)


def lacking(means: Means, rate: BurnRate, start: datetime, until: datetime) -> int:
    """How many Connects are lacking to go on until a moment, if none are left at the start. At least 1.

    What the plan gives in between helps only from then on.
    """
    given, most = 0, ONE
    for lot in lots_to_come(means):
        if start < lot.issued < until:
            most = max(most, _spent(rate, start, lot.issued) - given)
            given += lot.size * ONE
    return -(-max(most, _spent(rate, start, until) - given) // ONE)


def _spent(rate: BurnRate, start: datetime, until: datetime) -> int:
    return rate.usual * ((until - start) // MICROSECOND)
