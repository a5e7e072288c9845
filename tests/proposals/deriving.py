"""Derives the cards of a wallet that pages were imported to, and compares them whatever their numbers are."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from core.proposals.deriving import Facts, derive

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.ledger.ports import Record
    from core.ledger.sightings import Batch
    from core.proposals.model import Proposal


def cards_of(record: Record, *more: Batch) -> tuple[Proposal, ...]:
    """The cards of what is booked, and of more that is known."""
    return derive(Facts(record.entries, (*record.batches, *more)))


def look(cards: Iterable[Proposal]) -> Counter[object]:
    """The cards without the numbers of entries and imports, which depend on the order in which things were booked."""
    return Counter((card._replace(ref="", entries=(), seen=(), unclear=()), *_sizes(card)) for card in cards)


def _sizes(card: Proposal) -> tuple[object, ...]:
    doubts = sorted((len(one.refs), one.number is None, str(one.state)) for one in card.unclear)
    return len(card.entries), len(card.seen), tuple(doubts)
