"""What was read of Upwork's page "My proposals", before anything of it is booked."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from core.ledger.sightings import ProposalSighting, ProposalState
from core.proposals.model import STAGES
from core.shared.names import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date


class Section(StrEnum):
    """A section of the page."""

    OFFERS = "offers"
    INVITATIONS = "invitations"
    ACTIVE = "active"
    SUBMITTED = "submitted"
    ARCHIVED = "archived"
    ARCHIVED_INTERVIEWS = "archived_interviews"


class Count(NamedTuple):
    """How many proposals a section says that it has, and how many could be read of it."""

    section: Section
    said: int
    read: int


class MyProposals(NamedTuple):
    """The page as it was read. The lines of `proposals` count from 1, in the order of the page.

    `copied` is the day, in UTC, as of which it holds (None: not known). `unread` are lines that could not be read.
    `counts` are those of the sections that say how many proposals they have.
    """

    proposals: tuple[ProposalSighting, ...]
    copied: date | None = None
    unread: tuple[str, ...] = ()
    counts: tuple[Count, ...] = ()

    @property
    def miscounts(self) -> tuple[Count, ...]:
        """The sections of which another number could be read than they say."""
        return tuple(count for count in self.counts if count.said != count.read)


@dataclass(frozen=True, slots=True)
class MyProposalsAnswers:
    """What somebody answered about the page.

    which: the proposal that a line is, by one of its names (empty: it is left open), by the line.
    own_account: it was confirmed that the page is that of this wallet's account.
    """

    which: Mapping[int, str] = field(default_factory=dict)
    own_account: bool = False


def together(pages: Sequence[MyProposals]) -> MyProposals:
    """Several pages as one. What stands in more than one of them counts once; each may say more than the others."""
    if len(pages) == 1:
        return pages[0]
    found: list[ProposalSighting] = []
    for page in pages:
        found = _merged(found, page.proposals)
    copied = [page.copied for page in pages if page.copied]
    return MyProposals(
        tuple(seen._replace(line=line) for line, seen in enumerate(found, 1)),
        max(copied) if len(copied) == len(pages) else None,
        tuple(dict.fromkeys(line for page in pages for line in page.unread)),
        tuple(_counts(pages)),
    )


def _merged(known: Sequence[ProposalSighting], more: Iterable[ProposalSighting]) -> list[ProposalSighting]:
    """The sightings of two pages: equal ones are taken for the same, as many as both pages have."""
    merged = list(known)
    places: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for place, seen in enumerate(known):
        places[_key(seen)].append(place)
    for seen in more:
        there = places[_key(seen)]
        fitting = [place for place in there if not _differ(merged[place], seen)]
        if fitting:
            place = next((one for one in fitting if merged[one].proposal == seen.proposal), fitting[0])
            there.remove(place)
            merged[place] = _completed(merged[place], seen)
        else:
            merged.append(seen)
    return merged


def _key(seen: ProposalSighting) -> tuple[object, ...]:
    return seen.day, folded(seen.title)


def _differ(one: ProposalSighting, other: ProposalSighting) -> bool:
    return bool(one.proposal and other.proposal and one.proposal != other.proposal)


def _completed(one: ProposalSighting, other: ProposalSighting) -> ProposalSighting:
    """What two pages say of a proposal. Of its states the further one counts."""
    return one._replace(
        state=max(one.state, other.state, key=_rank),
        proposal=one.proposal or other.proposal,
        profile=one.profile or other.profile,
        boosted=one.boosted or other.boosted,
        viewed=one.viewed or other.viewed,
    )


def _rank(state: ProposalState) -> int:
    """Ends count more than stages, because a page of the archive is the newer truth."""
    if state is ProposalState.INVITED:
        return -1
    return STAGES.index(state) if state in STAGES else len(STAGES)


def _counts(pages: Sequence[MyProposals]) -> list[Count]:
    """The count of each section, from the page that has most of it."""
    best: dict[Section, Count] = {}
    for count in (count for page in pages for count in page.counts):
        known = best.get(count.section)
        if known is None or abs(count.said - count.read) < abs(known.said - known.read):
            best[count.section] = count
    return list(best.values())
