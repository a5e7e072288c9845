"""What an alert is."""

from __future__ import annotations

from enum import StrEnum


class Alert(StrEnum):
    """What a holder is told of their wallet, by the codes of its notices: each can be silenced for a while."""

    LOW = "low"
    BUDGET = "budget"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    RUNWAY = "runway"
    MONTHLY = "monthly"
    MISSING = "missing"
    PROMOTION_ENDING = "promotion-ending"
    PROMOTION_EVE = "promotion-eve"
    DIGEST = "digest"
