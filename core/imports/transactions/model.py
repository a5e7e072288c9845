"""The nouns of a list of transactions: what was paid for Connects, and what else stands in it."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from core.incomes.model import Income
    from core.shared.money import Price

MOST_UNREAD = 50


class OtherRows(StrEnum):
    """What rows are that pay for no Connects. They are counted, and nothing of them is kept."""

    PAYMENT = "payment"
    """Money that came in from a card, or another means of payment."""
    MEMBERSHIP = "membership"
    INCOME = "income"
    TAX = "tax"
    OTHER = "other"


class Fee(NamedTuple):
    """What was paid for Connects. `ref` is Upwork's number of the row; `paid` is in the currency of Upwork, dollars.

    `local` is the same in the currency of the payment, if the file says it.
    """

    ref: str
    day: date
    connects: int
    paid: Price
    local: Price | None = None

    def price_in(self, currency: str) -> Price | None:
        """What was paid in a currency (None: the file does not say it)."""
        return next((price for price in (self.paid, self.local) if price and price.currency == currency), None)


class GivenBack(NamedTuple):
    """Money that came back: for so many Connects (0: the row does not say), and how much."""

    ref: str
    day: date
    connects: int
    price: Price


class Transactions(NamedTuple):
    """What was read from a list of transactions.

    `unread` are rows about Connects that could not be read whole. `unclear_days`: some of them because a day such as
    03/05/2026 can be read in two ways. `incomes` are what clients paid, as far as it can be read for certain; whoever
    reads a list for somebody who does not want them kept drops them.
    """

    fees: tuple[Fee, ...]
    given_back: tuple[GivenBack, ...] = ()
    others: Mapping[OtherRows, int] = {}
    unread: tuple[str, ...] = ()
    unclear_days: bool = False
    incomes: tuple[Income, ...] = ()


def merged(lists: Sequence[Transactions]) -> Transactions:
    """Several lists as one. What stands in more than one counts once; what they contradict each other in is unread."""
    if len(lists) == 1:
        return lists[0]
    every = list(dict.fromkeys(fee for one in lists for fee in one.fees))
    doubtful = {ref for ref, times in Counter(fee.ref for fee in every).items() if times > 1}
    contradicting = [
        f"{fee.day} \u00b7 Connects ({fee.connects}) \u00b7 {fee.ref}" for fee in every if fee.ref in doubtful
    ]
    unread = dict.fromkeys([*(line for one in lists for line in one.unread), *contradicting])
    return Transactions(
        tuple(fee for fee in every if fee.ref not in doubtful),
        tuple(dict.fromkeys(back for one in lists for back in one.given_back)),
        {kind: sum(one.others.get(kind, 0) for one in lists) for kind in OtherRows},
        tuple(unread)[:MOST_UNREAD],
        any(one.unclear_days for one in lists),
        tuple({income.ref: income for one in lists for income in one.incomes}.values()),
    )
