"""What became of a proposal, as people say it: "LINK hired", "interviewing for LINK", "got a reply", "returned"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from core.ledger.sightings import ProposalState
from core.proposals.model import STAGES
from core.shared.names import folded

if TYPE_CHECKING:
    from collections.abc import Iterable

BACK: Final = "returned refunded refund return back reimbursed credited"
ALSO_BACK: Final = "gave given"
NAMED: Final = {
    ProposalState.INVITED: "invited invites invite invitation",
    ProposalState.VIEWED: "viewed seen read opened",
    ProposalState.REPLIED: "reply replied replies response responded responds answer answered messaged",
    ProposalState.INTERVIEW: "interview interviewing interviewed interviews",
    ProposalState.OFFERED: "offer offered",
    ProposalState.HIRED: "hired hire won win awarded",
    ProposalState.DECLINED: "decline declined rejected rejection lost",
    ProposalState.WITHDRAWN: "withdraw withdrawn withdrew",
    ProposalState.CLOSED: "closed cancelled canceled removed",
    ProposalState.EXPIRED: "expired",
    ProposalState.ARCHIVED: "archived",
}
CHOOSING: Final = frozenset({"picked", "chose", "chosen", "selected", "went"})
PHRASES: Final = {
    "got the job": "hired",
    "got the contract": "hired",
    "no longer available": "closed",
    "not interested": "declined",
}
"""What names a state in several words."""
OPEN: Final = " ".join(
    (
        "accepted shortlisted outbid ghosted reopened ended finished completed",
        *sorted(CHOOSING),
    )
)
"""What says that something has become of a proposal, but not what."""
NOT: Final = """
not no never nobody none nothing isn't wasn't aren't weren't hasn't haven't hadn't didn't doesn't don't won't without
"""
SOMEBODY_ELSE: Final = "someone somebody else another person freelancer"
SMALL_WORDS: Final = """
a an the i me my we us our they he she it its got get gets have has had was were is am are been be being for on
to from of by with in at and but just now client clients client's job proposal proposals bid connect connects
message contract this that also already yet after today all some
yes they've i've they're i'm we're we've call scheduled upwork came come coming then their about so only
oh ok okay wow yay hey hurray finally really actually unfortunately sadly luckily great good bad today still too
what any
"""
STATE_OF: Final = {word: state for state, words in NAMED.items() for word in words.split()}
CERTAINLY_RETURNED: Final = frozenset(BACK.split())
ALSO_RETURNED: Final = frozenset((*ALSO_BACK.split(), "cancelled", "canceled", "removed"))
RETURNED: Final = CERTAINLY_RETURNED | ALSO_RETURNED
NEGATING: Final = frozenset(NOT.split())
OTHERS: Final = frozenset(SOMEBODY_ELSE.split())
AROUND: Final = frozenset(SMALL_WORDS.split()) | NEGATING | OTHERS
ASKING: Final = frozenset({"status", "news", "update", "happened", "waiting"})
"""What asks about a proposal, or announces what became of it."""
SAYING: Final = STATE_OF.keys() | RETURNED | ASKING | frozenset(OPEN.split())
"""The words that say what became of a proposal."""
MONEY_WORDS: Final = frozenset({"worth", "paid", "pays", "paying", "price", "fixed", "budget"})
"""What may stand beside the amount that a hire is worth."""
ACTING: Final = frozenset({"i", "we", "i've", "we've"})
PASSIVE: Final = "got get gets was were is am are been be being i'm we're have had by they he she client"
RECEIVING: Final = frozenset(PASSIVE.split())
"""What says that the client was the one who acted."""
BY_ME: Final = {ProposalState.DECLINED: ProposalState.WITHDRAWN}
"""What a word means if the freelancer did it: "I declined" is no "declined by the client"."""
EITHER_SIDE: Final = frozenset(
    {ProposalState.VIEWED, ProposalState.REPLIED, ProposalState.OFFERED, ProposalState.CLOSED}
)
"""What is news only if the client did it. "I replied" is none."""
CHOSEN: Final = frozenset({ProposalState.INTERVIEW, ProposalState.OFFERED, ProposalState.HIRED})
INSTEAD: Final = (ProposalState.DECLINED, ProposalState.CLOSED, ProposalState.ARCHIVED)
"""What may have become of a proposal if it was not chosen."""


class Outcome(NamedTuple):
    """What some words say of a proposal: the states that they may mean, and whether Connects came back.

    sure: the state is beyond doubt. Otherwise the states are those that are likely, or there are none.
    """

    states: tuple[ProposalState, ...] = ()
    returned: bool = False
    sure: bool = True

    @property
    def state(self) -> ProposalState | None:
        """The state that is beyond doubt."""
        return self.states[0] if self.sure and self.states else None


def is_return(words: Iterable[str]) -> bool:
    """Whether these words say nothing but that Connects came back."""
    plain = set(plain_words(words))
    return bool(plain & CERTAINLY_RETURNED) and plain <= RETURNED | AROUND


def is_outcome(words: Iterable[str]) -> bool:
    """Whether these words say nothing but what became of a proposal."""
    plain = set(plain_words(words))
    return bool(plain & SAYING) and plain <= SAYING | AROUND


def outcome_in(words: Iterable[str]) -> Outcome | None:
    """What these words say became of a proposal; None if they say nothing about that, or anything else besides."""
    written = list(words)
    if is_return(written):
        return Outcome(returned=True)
    if not is_outcome(written):
        return None
    plain = plain_words(written)
    plain = plain[2:] if plain[:2] == ["oh", "no"] else plain
    found = tuple(dict.fromkeys(STATE_OF[word] for word in plain if word in STATE_OF))
    returned = any(word in CERTAINLY_RETURNED for word in plain)
    if any(word.endswith("?") for word in written):
        return Outcome((), returned, sure=False)
    if any(word in NEGATING or word in OTHERS for word in plain):
        chosen = CHOSEN.intersection(found) or CHOOSING.intersection(plain)
        return Outcome(INSTEAD if chosen else (), returned, sure=False)
    states, sure = _by_whom(plain, found)
    if len(states) > 1 and all(state in STAGES for state in states):
        states = (max(states, key=STAGES.index),)
    also_open = any(word not in STATE_OF and word in SAYING - RETURNED - ASKING for word in plain)
    return Outcome(states, returned, sure=sure and not also_open and len(states) == 1)


def _by_whom(plain: list[str], states: tuple[ProposalState, ...]) -> tuple[tuple[ProposalState, ...], bool]:
    """The states as they are meant, and whether it is clear, if the freelancer may be the one who acted."""
    if not ACTING.intersection(plain) or RECEIVING.intersection(plain):
        return states, True
    mine = tuple(BY_ME.get(state, state) for state in states)
    return mine, not EITHER_SIDE.intersection(mine)


def plain_words(words: Iterable[str]) -> list[str]:
    """The words without case and punctuation, and without figures: "they gave 4 back" says no more without it.

    Phrases that name a state have become the word for it.
    """
    plain = " ".join(_words(words))
    for phrase, word in PHRASES.items():
        plain = re.sub(rf"(?<!\S){phrase}(?!\S)", word, plain)
    return plain.split()


def _words(words: Iterable[str]) -> list[str]:
    stripped = (folded(word).replace("\u2019", "'").strip(".,:;!?()-\u2013\u2014\"'>=") for word in words)
    return [word for word in stripped if any(map(str.isalnum, word)) and not word.isdecimal()]
