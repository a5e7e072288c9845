"""What becomes of sentences that name money, where it is not shown.

A sentence that stands in neither table is left out as soon as one of its facts is money.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

NO_SECRET: Final = frozenset(
    {
        *("choice-cost-list", "button-buy", "button-buy-and", "forecast-buy-price", "refusal-not-enough"),
        *("doubt-price", "doubt-cost", "doubt-money", "doubt-hired-for", "doubt-tax-part"),
        *("reading-taxed", "reading-untaxed", "reading-currency", "reading-buy", "reading-buy-each", "reading-written"),
        *("reading-bought", "reading-bought-for", "button-cost-each", "button-cost-all"),
        *("unfit-tax-high", "refusal-out-of-range", "limit-set"),
    }
)
"""The sentences whose money is the list price, which anybody can look up, or what somebody has just typed there."""
WITHOUT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "cost-paid": "cost-paid-hidden",
        "cost-mixed": "cost-mixed-hidden",
        "cost-partly": "cost-partly-hidden",
        "deed-amendment": "deed-amendment-hidden",
        "deed-priced": "deed-priced-hidden",
        "digest-paid": "digest-paid-hidden",
        "outcome-worth": "outcome-worth-hidden",
        "reached-worth": "reached-worth-hidden",
        "unspent-paid": "",
        "advice-worth": "",
    }
)
"""The form of a sentence that says the rest of it. The empty one leaves nothing in its place, and the rest stands."""
