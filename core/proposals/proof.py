"""Proves the stored cards of a wallet: where they are up to date, deriving them again gives the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.proposals.clusters import clustered
from core.proposals.deriving import derive
from core.proposals.refreshing import facts_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from core.ledger.ports import Record
    from core.proposals.model import Proposal
    from core.proposals.ports import Cluster


def flaw_in_cards(stored: Iterable[Cluster], record: Record) -> str | None:
    """The first card that is not the one that follows from the books (None: each of them is)."""
    clusters, facts = list(stored), facts_of(record)
    derived = derive(facts)
    cards = {card.ref: card for cluster in clusters for card in cluster.proposals}
    expected = {card.ref: card for card in derived}
    for ref in sorted({*cards, *expected}):
        if (flaw := _flaw_in(cards.get(ref), expected.get(ref))) is not None:
            return f"proposal {ref} {flaw}"
    found = {cluster.id: (cluster.keys, cluster.refs) for cluster in clusters}
    if found != {cluster.id: (cluster.keys, cluster.refs) for cluster in clustered(facts, derived)}:
        return "its proposals are stored under other names than the books give"
    return None


def _flaw_in(stored: Proposal | None, expected: Proposal | None) -> str | None:
    """What is wrong with a card. Its texts are not shown, because they are somebody's own."""
    if stored is None:
        return "is not stored, although the books give it"
    if expected is None:
        return "is stored, but the books do not give it"
    wrong = [name for name, one, other in zip(stored._fields, stored, expected, strict=True) if one != other]
    return f"is stored with another {', '.join(wrong)} than the books give" if wrong else None
