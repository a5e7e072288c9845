"""Money in whole minor units (cents), net and tax apart."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, NamedTuple


class CostState(StrEnum):
    """What is known of a cost. As what somebody says, PAID means the list price."""

    FREE = "free"
    PAID = "paid"
    UNKNOWN = "unknown"


class Price(NamedTuple):
    """An amount in minor units of one currency, with the tax (VAT, sales tax) apart from the net price."""

    net: int
    tax: int
    currency: str

    @property
    def total(self) -> int:
        """Net and tax together, in minor units."""
        return self.net + self.tax

    @property
    def known(self) -> bool:
        """Whether this says how much it was. `UNKNOWN` does not."""
        return self != UNKNOWN

    def __neg__(self) -> Price:
        return Price(-self.net, -self.tax, self.currency)

    @property
    def none(self) -> Price:
        """No money, in the same currency."""
        return Price(0, 0, self.currency)

    def __add__(self, other: Price) -> Price:  # type: ignore[override] # prices add up, tuples would be joined
        if other.currency != self.currency:
            raise ValueError(f"cannot add {other.currency} to {self.currency}")
        return Price(self.net + other.net, self.tax + other.tax, self.currency)

    def __sub__(self, other: Price) -> Price:
        return self + -other

    def share(self, part: int, whole: int) -> Price:
        """The cost of `part` out of `whole` Connects, rounded down. The remainder stays in the lot: no cent is lost."""
        return Price(self.net * part // whole, self.tax * part // whole, self.currency)


UNKNOWN: Final = Price(0, 0, "XXX")
"""A cost that nobody has stated: no money, in the code that ISO 4217 has for "no currency". A share of it is the same,
so that it travels through lots, postings and seals like any price."""


def state_of(price: Price | None) -> CostState:
    """What is known of a cost (None: free). What cost nothing was free, in whatever currency."""
    if price == UNKNOWN:
        return CostState.UNKNOWN
    return CostState.PAID if price is not None and price.total else CostState.FREE
