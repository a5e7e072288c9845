"""What the two pages tell side by side: what a reply cost last month, and which closed jobs have not given back.

Only what is certain is shown, and nothing of a month that the books do not cover.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from core.ledger.past.lineage import brought
from core.ledger.sightings import BatchKind, ProposalState, standing
from core.proposals.model import STAGES
from core.proposals.refunds import Why
from core.shared.calendar import DAY

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime

    from core.ledger.model import Entry
    from core.ledger.sightings import Batch
    from core.proposals.model import Proposal
    from core.proposals.refunds import Refunds


MOST_UNSURE: Final = 0.1
"""What share of the cost may be uncertain."""
NEWS_HOLDS: Final = timedelta(days=14)
"""How long "My proposals" counts as news: what it does not show as answered has not been."""
RECENT: Final = timedelta(days=60)
"""How old proposals are whose news somebody may still want to tell."""


class ReplyCost(NamedTuple):
    """What some bids cost in Connects, net of what came back, and how many of them were answered.

    `about`: a few of these Connects may be of other bids. `waiting` bids of that time are too recent to count.
    """

    connects: int
    bids: int
    replies: int
    about: bool = False
    waiting: int = 0

    @property
    def each(self) -> int:
        """What a reply cost, in whole Connects."""
        return round(self.connects / self.replies)


class Overdue(NamedTuple):
    """How many closed jobs have not given back what they should have, and how many Connects that is."""

    jobs: int
    connects: int


class Findings(NamedTuple):
    """What a reply cost last month, and what closed jobs have not given back; None of what is not certain."""

    replies: ReplyCost | None = None
    overdue: Overdue | None = None


def month_before(today: date) -> tuple[date, date]:
    """The first and the last day of the month before this one."""
    last = today.replace(day=1) - DAY
    return last.replace(day=1), last


def open_entries(bids: Collection[Proposal]) -> frozenset[int]:
    """The entries that may be of one of several proposals."""
    return frozenset(piece.number for bid in bids for piece in bid.unclear if piece.number is not None)


def reply_cost(bids: Sequence[Proposal], entries: Mapping[int, Entry]) -> ReplyCost | None:
    """What a reply to these bids cost; None if nobody answered, or if it is not certain.

    `entries` are the `open_entries`. It does not matter of which of the bids they are. Those that may also be of
    another leave a range: if it is narrow, its middle is shown.
    """
    refs = {bid.ref for bid in bids}
    replies = sum(_is_answered(bid) for bid in bids)
    pieces = [piece for bid in bids for piece in bid.unclear]
    if not replies or any(piece.seen is not None for piece in pieces) or not all(bid.entries for bid in bids):
        return None
    strays = {piece.number for piece in pieces if not refs.issuperset(piece.refs)}
    cost = {number: -brought(entry) for number, entry in entries.items()}
    sure = sum(bid.net.connects for bid in bids) + sum(cost[number] for number in cost.keys() - strays)
    low, high = (sure + sum(bound(0, cost[number]) for number in cost.keys() & strays) for bound in (min, max))
    found = ReplyCost((low + high) // 2, len(bids), replies, about=round(low / replies) != round(high / replies))
    return found if high - low <= found.connects * MOST_UNSURE else None


def _is_answered(bid: Proposal) -> bool:
    return bid.stage in STAGES and STAGES.index(bid.stage) >= STAGES.index(ProposalState.REPLIED)


def overdue(found: Refunds, days: timedelta) -> Overdue | None:
    """Which closed jobs have not given back, though the history covers the days in which they should have."""
    sure = [
        one
        for one in found.owed
        if one.why is Why.CLOSED
        and not one.doubtful
        and found.known_until is not None
        and (one.since + days).date() <= found.known_until
    ]
    return Overdue(len(sure), sum(one.connects for one in sure)) if sure else None


def news_is_old(batches: Sequence[Batch], now: datetime) -> bool:
    """Whether "My proposals" was not imported lately."""
    return all(now - batch.at >= NEWS_HOLDS for batch in standing(tuple(batches), BatchKind.PROPOSALS))
