"""The bids on a job: a wallet's proposals on it that are not undone, whether typed or known from a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.ledger.model import Kind, Purpose, expense_on
from core.shared.refusals import AlreadyBid

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.ledger.model import Entry, Snapshot

BID: Final = expense_on(Purpose.PROPOSAL)


def bids_in(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The bids among these entries, newest first by when they happened."""
    bids = (entry for entry in entries if entry.kind is Kind.SPEND and entry.counterpart == BID)
    return tuple(sorted(bids, key=lambda bid: (bid.when, bid.number), reverse=True))


def already_bid(before: Snapshot) -> AlreadyBid | None:
    """The refusal if somebody has bid on one of the jobs that a write is about; see `core.ledger.ports.Scope`."""
    if not before.bids:
        return None
    latest = before.bids[0]
    return AlreadyBid(latest.number)
