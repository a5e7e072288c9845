"""The keys that tell what can belong together: rows are of one proposal only if they share one, directly or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.ledger.change_keys import change_key
from core.ledger.model import Entry
from core.proposals.deriving.pieces import piece_kind
from core.shared.names import unpunctuated

if TYPE_CHECKING:
    from core.ledger.sightings import ProposalSighting, Sighting
    from core.proposals.model import Proposal


def keys_of(one: Entry | Sighting | ProposalSighting) -> frozenset[str]:
    """The keys of an entry, of a row of a page, or of what was seen or said of a proposal.

    An entry without job and title has the key of its change only, and one that is no part of a proposal has none. What
    refers to an entry, such as a recast, an undo, or a return that somebody typed, belongs to what that one belongs to.
    """
    if isinstance(one, Entry) and piece_kind(one) is None:
        return frozenset()
    title = unpunctuated(one.memo if isinstance(one, Entry) else one.title)
    keys = ({f"job:{one.job}"} if one.job else set()) | ({f"title:{title}"} if title else set())
    if not keys and isinstance(one, Entry):
        return frozenset({f"change:{change_key(one.key)}"})
    return frozenset(keys)


def cluster_keys(proposal: Proposal) -> frozenset[str]:
    """The keys of a finished card, as far as it shows them: its job and its title."""
    title = unpunctuated(proposal.title)
    return frozenset(({f"job:{proposal.job}"} if proposal.job else set()) | ({f"title:{title}"} if title else set()))
