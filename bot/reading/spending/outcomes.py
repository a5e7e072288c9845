"""What became of a proposal, as people say it: "LINK returned", "interviewing for LINK", "got a reply"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from core.shared.names import folded

if TYPE_CHECKING:
    from collections.abc import Iterable

BACK: Final = "returned refunded refund return back reimbursed credited"
ALSO_BACK: Final = "cancelled canceled removed gave given"
BECAME: Final = """
hired hire won lost win interview interviewing interviewed interviews reply replied replies response responded
responds answered answer viewed seen read declined decline rejected rejection accepted offer offered shortlisted
archived withdrawn withdrew closed expired outbid invited ghosted awarded
"""
SMALL_WORDS: Final = """
a an the i me my we us our they he she it its got get gets have has had was were is am are been be being for on
to from of by with in at and but not no yet just now client clients job proposal proposals bid connects connect
someone somebody else message another person freelancer all some contract this that also already after today
yes they've i've they're i'm call scheduled upwork came come coming
"""
CERTAINLY_RETURNED: Final = frozenset(BACK.split())
RETURNED: Final = CERTAINLY_RETURNED | frozenset(ALSO_BACK.split())
OTHERS: Final = frozenset(BECAME.split())
AROUND: Final = frozenset(SMALL_WORDS.split())


def is_return(words: Iterable[str]) -> bool:
    """Whether these words say nothing but that Connects came back."""
    plain = _plain(words)
    return bool(plain & CERTAINLY_RETURNED) and plain <= RETURNED | AROUND


def is_outcome(words: Iterable[str]) -> bool:
    """Whether these words say nothing but what became of a proposal."""
    plain = _plain(words)
    return bool(plain & (OTHERS | RETURNED)) and plain <= OTHERS | RETURNED | AROUND


def _plain(words: Iterable[str]) -> set[str]:
    stripped = (folded(word).strip(".,:;!?()-\u2013\u2014\"'>=") for word in words)
    return {word for word in stripped if word and not word.isdecimal()}  # "they gave 4 back" says no more without it
