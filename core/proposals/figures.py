"""What figures need of the cards of proposals, and no more: thousands of them are read for one answer.

Most of them are alike in what figures need, so that those that are alike are read as one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from core.ledger.sightings import ProposalState
    from core.proposals.model import NetCost, Proposal, ProposalKind
    from core.shared.ids import PersonId

AGES: Final = (timedelta(hours=1), timedelta(hours=6), timedelta(hours=24))
"""How old jobs are with which the next age begins."""


class CardFigures(NamedTuple):
    """Cards that are alike, as far as figures are made of them; each has the fields of `core.proposals.model.Proposal`.

    `age` is the one of AGES that the job had reached (0: none; None: not known). `booked`: it has entries, so that its
    price in Connects is known. `unclear`: it has pieces that may be another's. `sent` is the moment from which on cards
    are counted together, and `number` how many of them are alike.
    """

    kind: ProposalKind
    profile: str
    member: str
    by: PersonId | None
    tags: tuple[str, ...]
    base: int
    net: NetCost
    boosted: bool
    stage: ProposalState
    end: ProposalState | None
    viewed: bool
    age: timedelta | None
    heard: bool
    booked: bool
    unclear: bool
    sent: datetime
    number: int = 1


def figures_of(card: Proposal) -> CardFigures:
    """What figures need of a card by itself."""
    reached = 0 if card.age is None else bisect_right(AGES, card.age)
    return CardFigures(
        card.kind,
        card.profile,
        card.member,
        card.by,
        card.tags,
        card.base,
        card.net,
        card.boosted,
        card.stage,
        card.end,
        card.viewed,
        None if card.age is None else (timedelta(0), *AGES)[reached],
        card.heard,
        bool(card.entries),
        bool(card.unclear),
        card.sent,
    )


def counted_together(cards: Iterable[CardFigures], edges: Sequence[datetime]) -> tuple[CardFigures, ...]:
    """Cards in spans between two edges, the first of which is included in it. Alike ones of a span are one."""
    found: Counter[CardFigures] = Counter()
    for card in cards:
        if 0 < (span := bisect_right(edges, card.sent)) < len(edges):
            found[card._replace(sent=edges[span - 1])] += 1
    return tuple(card._replace(number=number) for card, number in found.items())
