"""What became of a proposal, by all evidence of it: none that is older takes back what newer evidence shows."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Final, NamedTuple

from core.ledger.sightings import BatchKind, ProposalState
from core.proposals.deriving.pieces import BASE, PieceKind
from core.proposals.model import ENDS, STAGES
from core.proposals.wordings import BOOST_CLOSED, CANCELLED, PARTLY_BACK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from core.ledger.sightings import Batch, ProposalSighting
    from core.proposals.deriving.groups import Group
    from core.proposals.deriving.pieces import Piece
    from core.shared.money import Price

HOUR: Final = time(10, tzinfo=UTC)
"""What a page says is dated to this hour of its day."""
RANKS: Final = {state: rank for rank, state in enumerate((ProposalState.INVITED, *STAGES))}
ANSWERED: Final = RANKS[ProposalState.REPLIED]
WITHDRAWING: Final = "withdr"
"""What a wording has that gives Connects back after a withdrawal."""


class Evidence(NamedTuple):
    """That a proposal was in a state as of a moment. `told`: somebody said so; otherwise a page did.

    `booked` is when it became known here.
    """

    at: datetime
    state: ProposalState
    told: bool = False
    booked: datetime | None = None
    number: int = 0
    afresh: bool = False
    viewed: bool = False
    worth: Price | None = None


class Status(NamedTuple):
    """What became of a proposal; see `core.proposals.model.Proposal`."""

    stage: ProposalState
    end: ProposalState | None
    since: datetime
    viewed: bool
    answered: datetime | None
    worth: Price | None


def evidence_of(batch: Batch, seen: ProposalSighting) -> Evidence:
    """What an import saw, or somebody said, of a proposal."""
    at = batch.at if batch.last is None else datetime.combine(batch.last, HOUR)
    told = batch.kind is BatchKind.TOLD
    return Evidence(at, seen.state, told, batch.at, batch.number, seen.afresh, seen.viewed, seen.worth)


def evidence_of_returns(group: Group) -> Iterator[Evidence]:
    """What the rows say that gave Connects back."""
    for piece in group.pieces:
        if piece.kind is PieceKind.BACK and (end := _end_by(piece, group.bid)) is not None:
            yield Evidence(datetime.combine(piece.when.date(), HOUR), end)


def _end_by(back: Piece, bid: Piece | None) -> ProposalState | None:
    if back.wording in {CANCELLED, BOOST_CLOSED}:
        return ProposalState.CLOSED
    whole = back.account == BASE and bid is not None and back.connects >= bid.connects and back.wording != PARTLY_BACK
    if not whole:
        return None
    return ProposalState.WITHDRAWN if WITHDRAWING in back.wording else ProposalState.CLOSED


def status_of(evidence: Iterable[Evidence], sent: datetime, first: ProposalState) -> Status:
    """What all of the evidence comes to. `first` is the state that it had from the beginning."""
    counted = _counted(sorted(evidence, key=_order))
    stages = [one for one in counted if one.state in RANKS]
    furthest = max((RANKS[one.state] for one in stages), default=RANKS[first])
    stage = max(first, *(one.state for one in stages), key=RANKS.__getitem__) if stages else first
    news = (one.at for one in stages if RANKS[one.state] == furthest > RANKS[first])
    reached = min(news, default=sent)  # a page that shows no more than that it was sent is no news
    ends = [] if stage is ProposalState.HIRED else [one for one in counted if _holds(one, stages)]
    end = max(ends, key=lambda one: (one.state is not ProposalState.ARCHIVED, *_order(one)), default=None)
    if end is not None:
        reached = min(one.at for one in ends if one.state is end.state)
    worths = [one.worth for one in counted if one.worth is not None]
    return Status(
        stage,
        None if end is None else end.state,
        max(reached, sent),
        furthest > RANKS[ProposalState.SENT] or any(one.viewed for one in counted),
        min((one.at for one in stages if RANKS[one.state] >= ANSWERED), default=None),
        worths[-1] if worths else None,
    )


def _order(evidence: Evidence) -> tuple[object, ...]:
    return (evidence.at, evidence.told, evidence.booked or evidence.at, evidence.number, evidence.state)


def _counted(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence that counts: what somebody corrected is gone, with all that was known until then."""
    afresh = max((one for one in evidence if one.afresh), key=_order, default=None)
    if afresh is None:
        return list(evidence)
    return [one for one in evidence if one is afresh or _after(one, afresh)]


def _after(one: Evidence, other: Evidence) -> bool:
    """Whether evidence is newer: of one day, what became known later, since a page has no hour."""
    if one.told and other.told:
        return _order(one) > _order(other)
    known = one.booked is not None and other.booked is not None and one.booked > other.booked
    return one.at.date() > other.at.date() or (one.at.date() == other.at.date() and known)


def _holds(end: Evidence, stages: Sequence[Evidence]) -> bool:
    """Whether it ended so, and nothing newer says that it is open."""
    if end.state not in ENDS:
        return False
    newer = (one for one in stages if one.state is not ProposalState.INVITED)
    return not any(
        _order(one) > _order(end) if one.told and end.told else one.at.date() > end.at.date() for one in newer
    )
