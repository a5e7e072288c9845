"""The card of a proposal as it is put together: the pieces that it cost, and what was seen of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from core.ledger.sightings import BatchKind, Boosted, ProposalState
from core.proposals.deriving.costs import net_of
from core.proposals.deriving.evidence import HOUR, Evidence, evidence_of, evidence_of_returns, status_of
from core.proposals.deriving.pieces import BASE, BOOSTED, PieceKind
from core.proposals.model import Proposal, ProposalKind, Unclear
from core.proposals.wordings import BID_BACK, OUTBID
from core.shared.job_links import EPOCH_MS, SNOWFLAKE_SHIFT, JobLink
from core.shared.names import unpunctuated

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from datetime import date

    from core.ledger.model import Account
    from core.ledger.sightings import Batch, ProposalSighting
    from core.proposals.deriving.groups import Group
    from core.proposals.deriving.pieces import Piece

NEAR: Final = timedelta(days=1)


class Seen(NamedTuple):
    """What one import saw of a proposal, or what somebody said of it."""

    batch: Batch
    sighting: ProposalSighting

    @property
    def name(self) -> tuple[int, int]:
        """Its import and line."""
        return self.batch.number, self.sighting.line

    @property
    def as_of(self) -> date:
        """The day, in UTC, of which it says something."""
        return self.batch.last or self.batch.at.date()


@dataclass(slots=True, eq=False)
class Card:
    """A proposal as it is put together. `group` is what it cost (None: no piece is known).

    `pages` are the numbers of the pages that have a line of it.
    """

    group: Group | None = None
    seen: list[Seen] = field(default_factory=list)
    proposal: str = ""
    unclear: list[Unclear] = field(default_factory=list)
    pages: set[int] = field(default_factory=set)

    @property
    def ref(self) -> str:
        """Its name in lines and buttons."""
        if self.group is not None:
            bid = self.group.bid
            return str(min(piece.number for piece in self.group.pieces) if bid is None else bid.number)
        batch, line = min(one.name for one in self.seen)
        return f"{batch}-{line}"

    @property
    def job(self) -> str:
        """The id of its job, as far as it is known."""
        booked = "" if self.group is None else self.group.job
        return booked or next((one.sighting.job for one in self.seen if one.sighting.job), "")

    @property
    def titles(self) -> frozenset[str]:
        """The titles that it is known by, as they are compared."""
        if self.group is not None:
            return frozenset(self.group.titles)
        return frozenset(unpunctuated(one.sighting.title) for one in self.seen)

    @property
    def day(self) -> date | None:
        """The day in UTC on which it was sent, as far as it is known."""
        if self.group is not None:
            return None if self.group.bid is None else datetime.fromordinal(self.group.bid.day).date()
        return next((one.sighting.day for one in self.seen if one.sighting.day is not None), None)

    @property
    def closed(self) -> date | None:
        """The day on which rows say that it ended."""
        if self.group is None:
            return None
        return min((evidence.at.date() for evidence in evidence_of_returns(self.group)), default=None)

    @property
    def is_boosted(self) -> bool:
        """Whether it has a boost that did not come back."""
        if self.group is None:
            return False
        return any(one.left for one in self.group.boosts(PieceKind.BOOST, PieceKind.CHARGE))

    @property
    def news(self) -> list[Seen]:
        """What was seen of it that says how it stands."""
        return [one for one in self.seen if not one.sighting.only_tags]

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags that somebody gave it last."""
        given = [one for one in self.seen if one.sighting.only_tags]
        latest = max(given, key=lambda one: (one.batch.at, one.name), default=None)
        return () if latest is None else latest.sighting.tags or ()

    @property
    def exact(self) -> datetime | None:
        """When it was sent, if the books or a page have its second."""
        bid = None if self.group is None else self.group.bid
        return bid.when if bid is not None and bid.exact else None

    def add(self, seen: Seen) -> None:
        """Add what was seen of it."""
        self.seen.append(seen)
        if seen.batch.kind is BatchKind.PROPOSALS:
            self.pages.add(seen.batch.number)
        self.proposal = self.proposal or seen.sighting.proposal


def sent_by_id(proposal: str) -> datetime | None:
    """When a proposal was sent, decoded from its id (None: it is not known)."""
    if not proposal.isdecimal():
        return None
    return datetime.fromtimestamp(((int(proposal) >> SNOWFLAKE_SHIFT) + EPOCH_MS) / 1000, UTC)


def proposal_of(card: Card, unknown_lots: AbstractSet[int]) -> Proposal:
    """The finished card."""
    group = card.group
    pieces = [] if group is None else group.pieces
    bid = None if group is None else group.bid
    first = bid or (min(pieces, key=lambda piece: piece.order) if pieces else None)
    sent, exact = _sent(card, first)
    news = card.news
    invited = any(one.sighting.state is ProposalState.INVITED for one in news)
    kind = ProposalKind.INVITATION if invited and bid is None else ProposalKind.BID
    evidence: list[Evidence] = [evidence_of(*one) for one in news]
    if group is not None:
        evidence += evidence_of_returns(group)
    if invited and bid is not None:  # a bid on an invitation that was turned down opens it again
        evidence.append(Evidence(sent, ProposalState.SENT, told=True, booked=sent))
    start = ProposalState.INVITED if kind is ProposalKind.INVITATION else ProposalState.SENT
    status = status_of(evidence, sent, start)
    return Proposal(
        ref=card.ref,
        kind=kind,
        title=_title(card, first),
        job=card.job,
        proposal=card.proposal,
        by=None if first is None else first.by,
        member=(group.member or "") if group is not None else "",
        sent=sent,
        exact=exact,
        age=_age(card.job, sent) if exact else None,
        base=sum(piece.connects for piece in pieces if piece.kind is PieceKind.BID),
        boost=_boost(pieces),
        back=sum(piece.connects for piece in pieces if piece.kind is PieceKind.BACK and piece.wording != BID_BACK),
        net=net_of(pieces, unknown_lots),
        boosted=bool(_boost(pieces)) or any(one.sighting.boosted in {Boosted.YES, Boosted.OUTBID} for one in news),
        outbid=_outbid(pieces) or _shown_outbid(news),
        stage=status.stage,
        end=status.end,
        since=status.since,
        viewed=status.viewed,
        answered=status.answered,
        worth=status.worth,
        entries=tuple(piece.number for piece in sorted(pieces, key=lambda piece: piece.order)),
        seen=tuple(sorted(one.name for one in card.seen)),
        unclear=tuple(card.unclear),
        base_left=_left(pieces, PieceKind.BID, BASE),
        boost_left=_left(pieces, PieceKind.BOOST, BOOSTED),
        profile=_profile(news),
        tags=card.tags,
        heard=bool(news),
    )


def _title(card: Card, first: Piece | None) -> str:
    if first is not None and first.title:
        return first.title
    return next((one.sighting.title for one in card.seen if one.sighting.title), "")


def _profile(news: list[Seen]) -> str:
    """The profile that the newest page names."""
    named = [one for one in news if one.sighting.profile]
    return max(named, key=lambda one: (one.as_of, one.name)).sighting.profile if named else ""


def _boost(pieces: list[Piece]) -> int:
    """The Connects bid for boosts or, if no such bid is known, what they cost in the end."""
    bids = sum(piece.connects for piece in pieces if piece.kind is PieceKind.BOOST)
    return bids or sum(piece.connects for piece in pieces if piece.kind is PieceKind.CHARGE)


def _left(pieces: list[Piece], kind: PieceKind, account: Account) -> int:
    """What was spent as this and has not come back."""
    spent = sum(piece.connects for piece in pieces if piece.kind is kind)
    back = sum(piece.connects for piece in pieces if piece.kind is PieceKind.BACK and piece.account == account)
    return max(spent - back, 0)


def _outbid(pieces: list[Piece]) -> bool:
    boosts = sum(piece.kind is PieceKind.BOOST for piece in pieces)
    return 0 < boosts <= sum(piece.wording == OUTBID for piece in pieces)


def _shown_outbid(news: list[Seen]) -> bool:
    """Whether the newest page says that it was outbid."""
    latest = max(news, key=lambda one: (one.as_of, one.name), default=None)
    return latest is not None and latest.sighting.boosted is Boosted.OUTBID


def _sent(card: Card, first: Piece | None) -> tuple[datetime, bool]:
    """When it was sent, and whether its second is known."""
    by_id = sent_by_id(card.proposal)
    if first is not None:
        if first.exact and first.kind is PieceKind.BID:
            return first.when, True
        if by_id is not None and first.kind is PieceKind.BID and abs(by_id.date().toordinal() - first.day) <= 1:
            return by_id, True
        return first.when, False
    day = card.day or min(one.as_of for one in card.news)
    moment = datetime.combine(day, HOUR)
    if by_id is not None and card.day is not None and abs(by_id.date() - card.day) <= NEAR:
        return by_id, True
    return moment, False


def _age(job: str, sent: datetime) -> timedelta | None:
    """How old the job was when the proposal was sent (None: not known)."""
    posted = JobLink(job).posted
    return sent - posted if posted is not None and posted <= sent else None
