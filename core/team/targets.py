"""How far a target is: how many proposals were sent for it, and how many a day are needed from now on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from core.wallets.team import Target


class TargetProgress(NamedTuple):
    """How many `bids` were sent for a target, of how many `wanted`, on a day (`days` are left, that one included)."""

    target: Target
    bids: int
    days: int

    @property
    def wanted(self) -> int:
        """How many are to be sent in all."""
        return self.target.bids

    @property
    def missing(self) -> int:
        """How many are still to be sent."""
        return max(self.wanted - self.bids, 0)

    @property
    def reached(self) -> bool:
        """Whether all of them were sent."""
        return not self.missing

    @property
    def over(self) -> bool:
        """Whether its last day has passed."""
        return self.days <= 0

    @property
    def each_day(self) -> int:
        """How many a day are needed from now on, rounded up."""
        return -(-self.missing // self.days) if self.days > 0 else self.missing


def progress_of(target: Target, bids: int, today: date) -> TargetProgress:
    """How far a target is on a day. Before its first day, all of its days are left."""
    return TargetProgress(target, bids, (target.last - max(today, target.first)).days + 1)
