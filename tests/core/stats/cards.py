"""Cards of which figures are made: a plain bid, and what differs from it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from core.ledger.sightings import ProposalState
from core.proposals.card_groups import CardGroup
from core.proposals.model import NetCost, ProposalKind
from core.shared.ids import PersonId
from core.shared.money import Price
from core.stats.funnel import Sample, sample_of

if TYPE_CHECKING:
    from collections.abc import Iterable

S = ProposalState
NOW: Final = datetime(2026, 3, 31, 12, tzinfo=UTC)
RECENT: Final = NOW - timedelta(days=14)
OLD: Final = datetime(2026, 2, 10, 9, tzinfo=UTC)
BID: Final = CardGroup(
    kind=ProposalKind.BID,
    sent=OLD,
    profile="",
    member="",
    by=PersonId(1),
    tags=(),
    base=10,
    net=NetCost(paid=10, money=(Price(150, 0, "USD"),)),
    boosted=False,
    stage=S.SENT,
    end=None,
    viewed=False,
    age=None,
    heard=True,
    booked=True,
    unclear=False,
)
"""10 Connects for $1.50, old enough to count, without a reply."""


def bid(stage: ProposalState = S.SENT, **more: Any) -> CardGroup:
    """A bid at this stage."""
    return BID._replace(stage=stage, **more)


def bids(times: int, stage: ProposalState = S.SENT, **more: Any) -> list[CardGroup]:
    return [bid(stage, **more)] * times


def mixed(*parts: Iterable[CardGroup]) -> list[CardGroup]:
    return [card for part in parts for card in part]


def sample(counted: Iterable[CardGroup], waiting: Iterable[CardGroup] = ()) -> Sample:
    """Proposals that count, and others that wait, whenever they were sent."""
    return Sample(sample_of(counted, NOW).counted, sample_of(waiting, OLD - timedelta(days=1)).waiting)
