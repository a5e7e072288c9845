"""Derives proposals from what is booked, seen and said. It is pure, and nothing of it is kept in the books."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from core.proposals.deriving.cards import proposal_of
from core.proposals.deriving.joining import Joined
from core.proposals.deriving.pages import Matched
from core.proposals.deriving.pieces import Pieces
from core.proposals.model import Unclear
from core.proposals.refs import order_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from core.ledger.model import Entry
    from core.ledger.sightings import Batch
    from core.proposals.model import Proposal


class Facts(NamedTuple):
    """What is known of a wallet, or of some whole clusters of its proposals.

    `unknown_lots` are lots of unknown cost that were drawn from when an unknown cost was still booked as none.
    """

    entries: Sequence[Entry]
    batches: Sequence[Batch]
    unknown_lots: AbstractSet[int] = frozenset()


def derive(facts: Facts) -> tuple[Proposal, ...]:
    """The proposals, newest first. Neither the order of booking nor that of pages makes a difference."""
    pieces = Pieces(facts.entries, facts.batches)
    joined = Joined(pieces.by_number.values())
    matched = Matched(joined, facts.batches, pieces.current)
    _note_open(joined, matched)
    found = [proposal_of(card, facts.unknown_lots) for card in matched.cards]
    return tuple(sorted(found, key=order_of, reverse=True))


def _note_open(joined: Joined, matched: Matched) -> None:
    """Note on every card what may be a part of it."""
    for one in joined.open:
        cards = [card for group in one.groups if (card := matched.card(group.first.number)) is not None]
        refs = tuple(card.ref for card in cards)
        for piece in (one.piece, *one.backs):
            for card in cards:
                card.unclear.append(Unclear(refs, number=piece.number))
    for seen, some in matched.unclear:
        refs = tuple(card.ref for card in some)
        for card in some:
            card.unclear.append(Unclear(refs, seen=seen.name, state=seen.sighting.state))
