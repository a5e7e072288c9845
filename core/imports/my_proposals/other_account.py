"""Whether "My proposals" looks like another account's. A false alarm costs one question, a miss mixes two accounts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from core.ledger.past.pools import beside_of
from core.ledger.sightings import BatchKind, ProposalState, standing
from core.proposals.model import ENDS
from core.shared.names import folded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.ledger.ports import Record
    from core.ledger.sightings import Batch, ProposalSighting
    from core.proposals.model import Proposal
    from core.proposals.my_proposals import MyProposals

FEW: Final = 3
"""Fewer proposals tell nothing."""
HARDLY: Final = 4
"""One known title in so many is hardly any. Of the same account it is nearly all of them."""
NEAR: Final = timedelta(days=1)


def is_other_account(record: Record, page: MyProposals, cards: Mapping[int, Proposal]) -> bool:
    """Whether hardly any title is known of those that must be. Books of two accounts have pages of both."""
    if beside_of(record.batches) is not None:
        return False
    sent = [seen for seen in page.proposals if seen.state is not ProposalState.INVITED]
    covered = [seen for seen in sent if _is_covered(seen, standing(record.batches, BatchKind.HISTORY))]
    if len(covered) >= FEW:
        booked = {folded(entry.memo) for entry in record.entries if entry.memo}
        met = [seen for seen in covered if folded(seen.title) in booked or _has_cost(cards.get(seen.line))]
        return len(met) * HARDLY < len(covered)
    return _differs(sent, standing(record.batches, BatchKind.PROPOSALS))


def _has_cost(card: Proposal | None) -> bool:
    return card is not None and bool(card.entries)


def _is_covered(seen: ProposalSighting, pages: Sequence[Batch]) -> bool:
    """Whether a proposal was sent on a day that an imported history has whole."""
    day = seen.day
    return day is not None and any(
        page.first is not None and page.last is not None and page.first + NEAR <= day <= page.last - NEAR
        for page in pages
    )


def _differs(sent: Sequence[ProposalSighting], pages: Sequence[Batch]) -> bool:
    """Whether none of the open proposals is one that an earlier page had, though that page was already there."""
    before = {folded(seen.title) for page in pages for seen in page.proposals if seen.state not in ENDS and seen.title}
    newest = max((page.last for page in pages if page.last is not None), default=None)
    if newest is None or len(before) < FEW:
        return False
    there = [seen for seen in sent if seen.state not in ENDS and seen.day is not None and seen.day < newest]
    return len(there) >= FEW and not any(folded(seen.title) in before for seen in there)
