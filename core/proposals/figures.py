"""What figures need of the cards of proposals, and no more: thousands of them are read at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from core.ledger.sightings import ProposalState
    from core.proposals.model import NetCost, Proposal, ProposalKind
    from core.shared.ids import PersonId
    from core.shared.money import Price


class CardFigures(NamedTuple):
    """A card, as far as figures are made of it. The fields are those of `core.proposals.model.Proposal`.

    `booked`: it has entries, so that its price in Connects is known. `unclear`: it has pieces that may be another's.
    """

    ref: str
    kind: ProposalKind
    sent: datetime
    profile: str
    member: str
    by: PersonId | None
    tags: tuple[str, ...]
    base: int
    boost: int
    back: int
    net: NetCost
    boosted: bool
    stage: ProposalState
    end: ProposalState | None
    viewed: bool
    answered: datetime | None
    age: timedelta | None
    worth: Price | None
    heard: bool
    booked: bool
    unclear: bool


def figures_of(card: Proposal) -> CardFigures:
    """What figures need of a card."""
    return CardFigures(
        card.ref,
        card.kind,
        card.sent,
        card.profile,
        card.member,
        card.by,
        card.tags,
        card.base,
        card.boost,
        card.back,
        card.net,
        card.boosted,
        card.stage,
        card.end,
        card.viewed,
        card.answered,
        card.age,
        card.worth,
        card.heard,
        bool(card.entries),
        bool(card.unclear),
    )
