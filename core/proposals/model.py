"""The nouns of proposals: the card of a proposal, its cost, and what may belong to it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from core.ledger.sightings import ProposalState

if TYPE_CHECKING:
    from datetime import date, datetime, timedelta

    from core.shared.ids import PersonId
    from core.shared.money import Price

STAGES: Final = (
    ProposalState.SENT,
    ProposalState.VIEWED,
    ProposalState.REPLIED,
    ProposalState.INTERVIEW,
    ProposalState.OFFERED,
    ProposalState.HIRED,
)
"""How far a proposal can get, in that order."""
ENDS: Final = frozenset(
    {
        ProposalState.DECLINED,
        ProposalState.WITHDRAWN,
        ProposalState.CLOSED,
        ProposalState.EXPIRED,
        ProposalState.ARCHIVED,
    }
)
"""How a proposal can end without a hire."""


class ProposalKind(StrEnum):
    """Who asked first."""

    BID = "bid"
    INVITATION = "invitation"


class NetCost(NamedTuple):
    """What a proposal costs net of what came back: Connects that were free, paid for, or of unknown cost.

    `money` is the cost of the paid part, one price for each currency, in the order of their codes.
    """

    free: int = 0
    paid: int = 0
    unknown: int = 0
    money: tuple[Price, ...] = ()

    @property
    def connects(self) -> int:
        """All of its Connects."""
        return self.free + self.paid + self.unknown


class Proposal(NamedTuple):
    """A bid with its boosts and returns, or an invitation; and what is known of what became of it.

    `ref` names it in lines and buttons: the number of its bid, or else of its first entry, such as "12"; or, if it was
    only seen on a page, the import and the line, such as "7-3". Every number of its entries and every such pair names
    it too. `entries` are in the order in which they happened.

    `sent` is when it was sent, `exact` whether its second is known (else only its day). `age` is how old the job was
    then (None: not known). `member` is the name that a page gives to who sent it, `by` the person here. `base` and
    `boost` are Connects that were spent, `back` those that came back; what a boost cost less than was bid is no return.
    `stage` is the furthest of STAGES that it reached, `end` how it ended (None: it has not), `since` when the last
    news of it is of. `answered` is when a stage from a reply on was first known. `viewed` is known of some only.
    `unclear` are pieces that may be its own, or another's. `base_left` and `boost_left` are what of the base, and of
    boosts that were not charged in the end, has not come back. `profile` is the profile that it was sent from, as the
    newest page names it, `tags` are what somebody calls it. `heard`: a page shows, or somebody has said, how it stands.
    """

    ref: str
    kind: ProposalKind
    title: str
    job: str
    proposal: str
    by: PersonId | None
    member: str
    sent: datetime
    exact: bool
    age: timedelta | None
    base: int
    boost: int
    back: int
    net: NetCost
    boosted: bool
    outbid: bool
    stage: ProposalState
    end: ProposalState | None
    since: datetime
    viewed: bool
    answered: datetime | None
    worth: Price | None
    entries: tuple[int, ...]
    seen: tuple[tuple[int, int], ...]
    unclear: tuple[Unclear, ...] = ()
    base_left: int = 0
    boost_left: int = 0
    profile: str = ""
    tags: tuple[str, ...] = ()
    heard: bool = False


class Unclear(NamedTuple):
    """Something of which it is not known to which of several proposals it belongs (`refs`).

    It is an entry (`number`), such as a boost or a return, or what a page says (`seen`, as import and line).
    """

    refs: tuple[str, ...]
    number: int | None = None
    seen: tuple[int, int] | None = None
    state: ProposalState | None = None


class Shown(StrEnum):
    """By what state proposals are listed."""

    ALL = "all"
    OPEN = "open"
    """Neither answered nor ended, and not older than the days after which it counts as unanswered."""
    VIEWED = "viewed"
    ANSWERED = "answered"
    INTERVIEW = "interview"
    HIRED = "hired"
    UNANSWERED = "unanswered"
    """Neither answered nor ended in those days."""
    ENDED = "ended"
    INVITATIONS = "invitations"
    UNCLEAR = "unclear"


class Filter(NamedTuple):
    """Which proposals are listed. `words` are searched for in titles, `by` or `member` is who sent them.

    `first` and `last` are the days, in the wallet's zone, between which they were sent.
    """

    shown: Shown = Shown.ALL
    words: str = ""
    by: PersonId | None = None
    member: str = ""
    first: date | None = None
    last: date | None = None
    job: str = ""
