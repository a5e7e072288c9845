"""Copied text becomes `MyProposals`."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.pages.my_proposals.frames import card_of, framed, profiles_of
from bot.pages.my_proposals.pieces import BOOSTS, DAYS_AGO, LIKELY, STATUSES, lines_of
from bot.pages.pieces import LONGEST, one_line, tidied
from core.ledger.sightings import ProposalSighting, ProposalState
from core.proposals.my_proposals import Count, MyProposals, Section, together

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from bot.pages.my_proposals.frames import Card, Frame
    from bot.pages.my_proposals.pieces import Heading

STATES: Final = {
    Section.OFFERS: ProposalState.OFFERED,
    Section.INVITATIONS: ProposalState.INVITED,
    Section.ACTIVE: ProposalState.REPLIED,
    Section.SUBMITTED: ProposalState.SENT,
    Section.ARCHIVED: ProposalState.ARCHIVED,
    Section.ARCHIVED_INTERVIEWS: ProposalState.ARCHIVED,
}
MOST_UNREAD: Final = 50
MOST_LETTERS: Final = 300
NEAR: Final = timedelta(days=1)
"""The page's days are those of its reader's zone, the messages' are in UTC."""


class Read(NamedTuple):
    """A proposal that was read, and how long ago it says that its day is."""

    seen: ProposalSighting
    age: str


def read_my_proposals(text: str, told: date | None) -> MyProposals | None:
    """The page in a text that somebody copied on the day `told` (None: not known); None if no proposal is in it."""
    found = framed(lines_of(tidied(text)))
    profiles = profiles_of(found.frames)
    unread = [one_unread(found.above[-MOST_LINES:])] if found.above else []
    pages: defaultdict[int, list[Read]] = defaultdict(list)
    sections: defaultdict[int, Counter[Section]] = defaultdict(Counter)
    for frame in found.frames:
        card = card_of(frame, profiles)
        seen = None if card is None else sighting_of(frame, card)
        torn = found.cut and frame is found.frames[-1] and bool(profiles) and card is not None and not card.profile
        if card is None or seen is None or torn:
            unread.append(_said(frame))
            continue
        unread += card.unread
        pages[frame.page].append(Read(seen._replace(line=len(pages[frame.page]) + 1), frame.age))
        if frame.heading and frame.heading.section:
            sections[frame.page][frame.heading.section] += 1
    if not pages:
        return None
    unread += found.unread
    headings = list(zip(found.headings, found.pages, strict=True))
    read = [
        MyProposals(
            tuple(read.seen for read in dated(reads, told)),
            copied_on(reads, told),
            counts=tuple(counts_of((heading for heading, at in headings if at == page), sections[page])),
        )
        for page, reads in pages.items()
    ]
    return together(read)._replace(unread=most_unread(unread))


def is_my_proposals(text: str) -> bool:
    """Whether a text has "My proposals", or a part of it, with or without a proposal."""
    if not LIKELY.search(text):
        return False
    found = framed(lines_of(tidied(text)))
    if any(frame.age and frame.lines for frame in found.frames) or len(found.frames) > 1:
        return True
    return len({heading.section for heading in found.headings} - {None}) > 1


def sighting_of(frame: Frame, card: Card) -> ProposalSighting | None:
    """What a card says. None if it cannot be told what became of it, because it stands under no heading that is known.

    What was initiated was certainly sent.
    """
    section = frame.heading.section if frame.heading else None
    state = STATUSES.get(card.status)
    if state is None or (section is not None and section not in ARCHIVE):
        if section is None and (frame.heading is not None or frame.head.received):
            return None
        state = STATES[section or Section.SUBMITTED]
    if state is ProposalState.SENT and card.viewed:
        state = ProposalState.VIEWED
    return ProposalSighting(
        0,
        state,
        frame.head.day,
        one_line(card.title)[:LONGEST],
        profile=one_line(card.profile)[:LONGEST],
        boosted=BOOSTS.get(card.boost),
        viewed=card.viewed,
    )


def dated(reads: Sequence[Read], told: date | None) -> Iterator[Read]:
    """The proposals with the days that the page calls today or yesterday."""
    copied = copied_on(reads, told)
    for read in reads:
        ago = 1 if "yesterday" in read.age.casefold() else 0
        if read.seen.day is None and copied is not None:
            yield read._replace(seen=read.seen._replace(day=copied - timedelta(days=ago)))
        else:
            yield read


def copied_on(reads: Iterable[Read], told: date | None) -> date | None:
    """The day as of which the page holds: the one that was told, unless its own days say that it is another.

    Its own days are those that most proposals allow: "3 days ago" may be up to a day more. Of two days the earlier one
    is taken, so that the page claims no more than it knows.
    """
    votes: Counter[date] = Counter()
    for read in reads:
        found = DAYS_AGO.fullmatch(read.age) if read.seen.day else None
        if found and read.seen.day:
            day = read.seen.day + timedelta(days=int(found["days"] or 0))
            votes.update((day, day + timedelta(days=1)))
    most = max(votes.values(), default=0)
    possible = sorted(day for day, times in votes.items() if times == most)
    if told is not None and (not possible or any(abs(told - day) <= NEAR for day in possible)):
        return told
    return possible[0] if possible else told


def counts_of(headings: Iterable[Heading], read: Counter[Section]) -> Iterator[Count]:
    """How many proposals each section says that it has, and how many were read."""
    said: dict[Section, int] = {}
    for heading in headings:
        if heading.section is not None and heading.said is not None:
            said[heading.section] = max(heading.said, said.get(heading.section, 0))
    for section, number in said.items():
        yield Count(section, number, read[section])


def most_unread(lines: Iterable[str]) -> tuple[str, ...]:
    """The first of the lines that could not be read, each once."""
    return tuple(dict.fromkeys(line[:MOST_LETTERS] for line in lines))[:MOST_UNREAD]


def one_unread(lines: Iterable[str]) -> str:
    """What could not be read, as one line."""
    return " / ".join([line for line in lines if line][:MOST_LINES])[:MOST_LETTERS]


def _said(frame: Frame) -> str:
    how = "Received" if frame.head.received else "Initiated"
    day = f" {frame.head.day:%Y-%m-%d}" if frame.head.day else ""
    return one_unread((how + day, *frame.lines))


ARCHIVE: Final = frozenset({Section.ARCHIVED, Section.ARCHIVED_INTERVIEWS})
MOST_LINES: Final = 6
