"""Refunds owed: what should have come back of proposals and did not, what came, and what never comes back.

By Upwork's rules a bid comes back if the client closes the job before anyone is hired, or if Upwork removes it, and a
boost also if it is outbid. A page may show more than that, and what it shows counts.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from core.ledger.model import Kind, Purpose, expense_on
from core.ledger.past.lineage import RETURNED, brought
from core.ledger.sightings import BatchKind, Boosted, ProposalState, standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date, timedelta

    from core.ledger.model import Entry
    from core.ledger.sightings import Batch
    from core.proposals.model import Proposal

HOUR: Final = time(10, tzinfo=UTC)
"""To which a page's day is dated, as its rows are."""
BOOSTED: Final = expense_on(Purpose.BOOST)


class Why(StrEnum):
    """Why something should come back."""

    CLOSED = "closed"
    OUTBID = "outbid"


class Owed(NamedTuple):
    """What of a proposal has not come back, of the bid and of its boosts, and since when it should have.

    `doubtful`: something moved of which it is not known whether it is of this proposal.
    """

    proposal: Proposal
    why: Why
    bid: int
    boost: int
    since: datetime
    doubtful: bool = False

    @property
    def connects(self) -> int:
        """All that has not come back."""
        return self.bid + self.boost


class Reason(StrEnum):
    """Why nothing comes back of a proposal."""

    HIRED = "hired"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    ARCHIVED = "archived"
    CHARGED = "charged"
    """The job was closed, but its boost had been charged."""


class Kept(NamedTuple):
    """Proposals of which nothing comes back for one reason, and what they cost."""

    reason: Reason
    proposals: int
    connects: int


class Refunds(NamedTuple):
    """What is owed, longest first, or only for a few days (`waiting`); what came, newest first; and what is kept.

    `uncosted` are proposals on closed jobs of which the books have no bid. `known_until` is the last day of the newest
    history that was imported (None: none was): what came later may not be in the books.
    """

    owed: tuple[Owed, ...]
    waiting: tuple[Owed, ...]
    came: tuple[Proposal, ...]
    kept: tuple[Kept, ...]
    uncosted: int
    known_until: date | None

    @property
    def connects(self) -> int:
        """All that is owed."""
        return sum(one.connects for one in self.owed)


def refunds(proposals: Sequence[Proposal], batches: Iterable[Batch], now: datetime, days: timedelta) -> Refunds:
    """What is owed if it has not come back after so many days."""
    imports = standing(tuple(batches))
    outbid = _shown_outbid(imports)
    owed = [_known_since(one, outbid) for proposal in proposals if (one := owed_of(proposal)) is not None]
    owed.sort(key=lambda one: (one.since, one.proposal.sent, one.proposal.ref))
    came = sorted((one for one in proposals if one.back), key=lambda one: (one.since, one.sent, one.ref), reverse=True)
    histories = [batch for batch in imports if batch.kind is BatchKind.HISTORY]
    return Refunds(
        tuple(one for one in owed if now - one.since >= days),
        tuple(one for one in owed if now - one.since < days),
        tuple(came),
        tuple(_kept(proposals)),
        sum(one.end is ProposalState.CLOSED and not one.entries for one in proposals),
        max((batch.last for batch in histories if batch.last is not None), default=None),
    )


def owed_of(proposal: Proposal) -> Owed | None:
    """What of a proposal should have come back and has not (None: nothing)."""
    closed = proposal.end is ProposalState.CLOSED
    bid = proposal.base_left if closed else 0
    boost = proposal.boost_left if closed or proposal.outbid else 0
    if not bid + boost:
        return None
    doubtful = any(piece.number is not None for piece in proposal.unclear)
    return Owed(proposal, Why.CLOSED if closed else Why.OUTBID, bid, boost, proposal.since, doubtful)


def _shown_outbid(imports: Iterable[Batch]) -> Mapping[tuple[int, int], datetime]:
    """The days of the lines of "My proposals" that say that a boost was outbid, by import and line."""
    return {
        (batch.number, seen.line): batch.at if batch.last is None else datetime.combine(batch.last, HOUR)
        for batch in imports
        for seen in batch.proposals
        if seen.boosted is Boosted.OUTBID
    }


def _known_since(owed: Owed, outbid: Mapping[tuple[int, int], datetime]) -> Owed:
    """The same, with the day on which it was first known that a boost was outbid, where nothing was closed."""
    shown = [outbid[name] for name in owed.proposal.seen if name in outbid]
    return owed._replace(since=min(shown)) if owed.why is Why.OUTBID and shown else owed


def _kept(proposals: Iterable[Proposal]) -> Iterator[Kept]:
    """The proposals of which nothing comes back, by the reason."""
    found: dict[Reason, list[Proposal]] = {reason: [] for reason in Reason}
    for proposal in proposals:
        reason = REASONS.get(proposal.end or proposal.stage)
        if reason is not None and proposal.net.connects > 0 and owed_of(proposal) is None:
            found[reason].append(proposal)
    for reason, some in found.items():
        if some:
            yield Kept(reason, len(some), sum(one.net.connects for one in some))


REASONS: Final = {
    ProposalState.HIRED: Reason.HIRED,
    ProposalState.DECLINED: Reason.DECLINED,
    ProposalState.WITHDRAWN: Reason.WITHDRAWN,
    ProposalState.EXPIRED: Reason.EXPIRED,
    ProposalState.ARCHIVED: Reason.ARCHIVED,
    ProposalState.CLOSED: Reason.CHARGED,
}


class Moved(StrEnum):
    """What moved Connects of a proposal."""

    BID = "bid"
    BOOST = "boost"
    BID_BACK = "bid_back"
    BOOST_BACK = "boost_back"
    BACK = "back"
    """Something came back, and the books do not have what it is of."""


MOVES: Final = tuple(Moved)
"""What moves first, of what happened at the same moment: pages tell the day only."""


class Row(NamedTuple):
    """A row of a proposal: `connects` were spent (-) or came back (+)."""

    number: int
    when: datetime
    what: Moved
    connects: int


def rows_of(entries: Iterable[Entry]) -> tuple[Row, ...]:
    """The rows of a proposal, from its entries, as they happened."""
    return tuple(sorted(map(_row, entries), key=lambda row: (row.when, MOVES.index(row.what), row.number)))


def _row(entry: Entry) -> Row:
    boost = entry.counterpart == BOOSTED
    if entry.kind is Kind.SPEND:
        return Row(entry.number, entry.when, Moved.BOOST if boost else Moved.BID, entry.delta)
    if entry.counterpart == RETURNED:
        return Row(entry.number, entry.when, Moved.BACK, brought(entry))
    return Row(entry.number, entry.when, Moved.BOOST_BACK if boost else Moved.BID_BACK, brought(entry))
