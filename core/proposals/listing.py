"""Which proposals a list shows: what is fixed about each of them, and what a filter asks for."""

from __future__ import annotations

from enum import IntFlag
from typing import TYPE_CHECKING, Final, NamedTuple

from core.ledger.sightings import ProposalState
from core.proposals.model import STAGES, ProposalKind, Shown
from core.shared.calendar import DAY, beginning
from core.shared.names import folded

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from core.proposals.card_groups import CardGroup
    from core.proposals.model import Filter, Proposal
    from core.shared.ids import PersonId
    from core.wallets.settings import Settings

MOST_WORDS: Final = 8
"""How many words of a search are looked for. The others are ignored."""


class Trait(IntFlag):
    """What a list can ask for of a proposal, whatever the time is. All but the last are of bids, or of invitations."""

    BID = 1
    INVITATION = 2
    WAITING = 4
    """Neither answered nor ended."""
    VIEWED = 8
    """Waiting, and the client has viewed it."""
    ANSWERED = 16
    """The client has replied, or gone further, and it has not ended otherwise than with a hire."""
    INTERVIEW = 32
    """An interview or an offer is the furthest of it."""
    HIRED = 64
    ENDED = 128
    UNCLEAR = 256


TRAITS: Final[Mapping[Shown, Trait]] = {
    Shown.ALL: Trait.BID,
    Shown.OPEN: Trait.WAITING,
    Shown.VIEWED: Trait.VIEWED,
    Shown.ANSWERED: Trait.ANSWERED,
    Shown.INTERVIEW: Trait.INTERVIEW,
    Shown.HIRED: Trait.HIRED,
    Shown.UNANSWERED: Trait.WAITING,
    Shown.ENDED: Trait.ENDED,
    Shown.INVITATIONS: Trait.INVITATION,
    Shown.UNCLEAR: Trait.UNCLEAR,
}
"""The trait of what each list shows. Of those that wait, time tells which are open, and which count as unanswered."""
REPLIED: Final = STAGES.index(ProposalState.REPLIED)
INTERVIEWS: Final = frozenset({ProposalState.INTERVIEW, ProposalState.OFFERED})


class Wanted(NamedTuple):
    """What a store looks for: proposals with any of the `traits` (none: all), sent from `since` on and before `before`.

    The title, in the form in which names are compared, has all of the `words`. It was sent `by` one of those people, or
    by whom pages call by the name or the first name `member`. What is empty or None asks nothing.
    """

    traits: Trait = Trait(0)
    since: datetime | None = None
    before: datetime | None = None
    words: tuple[str, ...] = ()
    by: tuple[PersonId, ...] = ()
    member: str = ""
    job: str = ""


class Tally(NamedTuple):
    """How many proposals have exactly these traits, and were sent since the moment before which they count as old."""

    traits: Trait
    recent: bool
    proposals: int


def traits_of(proposal: Proposal) -> Trait:
    """The traits of a proposal."""
    unclear = Trait.UNCLEAR if proposal.unclear else Trait(0)
    if proposal.kind is ProposalKind.INVITATION:
        return unclear | Trait.INVITATION
    return unclear | Trait.BID | _progress(proposal)


def _progress(proposal: Proposal) -> Trait:
    stage = proposal.stage
    if stage is ProposalState.HIRED:
        return Trait.HIRED | Trait.ANSWERED
    if proposal.end is not None:
        return Trait.ENDED
    if stage in STAGES and STAGES.index(stage) >= REPLIED:
        return Trait.ANSWERED | (Trait.INTERVIEW if stage in INTERVIEWS else Trait(0))
    viewed = proposal.viewed or stage is ProposalState.VIEWED
    return Trait.WAITING | (Trait.VIEWED if viewed else Trait(0))


def words_of(text: str) -> tuple[str, ...]:
    """The words to look for in titles, in the form in which names are compared."""
    return tuple(folded(text).split()[:MOST_WORDS])


def wanted_in_all(which: Filter, settings: Settings) -> Wanted:
    """What a filter asks for in a wallet with these settings, apart from the state."""
    zone = settings.zone
    by = () if which.by is None else settings.team.all_who_are(which.by)
    since = None if which.first is None else beginning(which.first, zone)
    before = None if which.last is None else beginning(which.last + DAY, zone)
    return Wanted(Trait(0), since, before, words_of(which.words), by, folded(which.member), which.job)


def in_state(wanted: Wanted, shown: Shown, recent: datetime) -> Wanted:
    """The same, of one state only. What was sent before `recent` and waits counts as unanswered."""
    since, before = wanted.since, wanted.before
    if shown is Shown.OPEN:
        since = recent if since is None else max(since, recent)
    if shown is Shown.UNANSWERED:
        before = recent if before is None else min(before, recent)
    return wanted._replace(traits=TRAITS[shown], since=since, before=before)


def fits(proposal: Proposal, wanted: Wanted) -> bool:
    """Whether a proposal is one of those that are wanted."""
    title = folded(proposal.title)
    return (
        bool(not wanted.traits or traits_of(proposal) & wanted.traits)
        and (wanted.since is None or proposal.sent >= wanted.since)
        and (wanted.before is None or proposal.sent < wanted.before)
        and all(word in title for word in wanted.words)
        and is_by(proposal, wanted.by, wanted.member)
        and wanted.job in {"", proposal.job}
    )


def is_by(proposal: Proposal | CardGroup, people: Collection[PersonId], member: str) -> bool:
    """Whether a proposal was sent by one of these people, or by whom pages call by the name or first name `member`.

    The name is in the form in which names are compared. No people and an empty name ask nothing.
    """
    if not people and not member:
        return True
    called = f"{folded(proposal.member)} "
    return proposal.by in people or (bool(member) and called.startswith(f"{member} "))


def counts_of(tallies: tuple[Tally, ...]) -> Mapping[Shown, int]:
    """How many proposals each list has."""
    return {shown: sum(tally.proposals for tally in tallies if _counts(tally, shown)) for shown in Shown}


def _counts(tally: Tally, shown: Shown) -> bool:
    if not tally.traits & TRAITS[shown]:
        return False
    return {Shown.OPEN: tally.recent, Shown.UNANSWERED: not tally.recent}.get(shown, True)
