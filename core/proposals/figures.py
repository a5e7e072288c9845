"""What figures need of the cards of proposals, and no more: thousands of them are read at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from core.ledger.sightings import ProposalState
    from core.proposals.model import NetCost, ProposalKind
    from core.shared.ids import PersonId
    from core.shared.money import Price


class CardFigures(NamedTuple):
    """A card, as far as figures are made of it. The fields are those of `core.proposals.model.Proposal`.

    `booked`: it has entries, so that its price in Connects is known. `seen`: a page shows it, or somebody has said
    something of it. `unclear`: it has pieces that may be another's.
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
    booked: bool
    seen: bool
    unclear: bool
