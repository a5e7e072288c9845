"""A text in which "My proposals" and the Connects History were copied together is parted into the two."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.pages.my_proposals.pieces import LIKELY, TITLE, head_in, heading_in, is_age, is_footer
from bot.pages.noise import is_head
from bot.pages.pieces import BALANCE, END, day_in, tidied

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Piece(NamedTuple):
    """A piece of a text: of "My proposals" (`my_proposals`), or of the history."""

    text: str
    my_proposals: bool


def has_history(text: str) -> bool:
    """Whether a text has a row or the head of the history."""
    tidy = tidied(text)
    return END.search(tidy) is not None or BALANCE.search(tidy) is not None


def has_my_proposals(text: str) -> bool:
    """Whether a text has a proposal, or a heading with its count."""
    if not LIKELY.search(text):
        return False
    return next(_marks([" ".join(line.split()) for line in tidied(text).split("\n")]), None) is not None


def _marks(lines: Sequence[str]) -> Iterator[int]:
    """Where lines stand that only "My proposals" has."""
    said = [(at, line) for at, line in enumerate(lines) if line]
    for number, (at, line) in enumerate(said):
        below = said[number + 1][1] if number + 1 < len(said) else ""
        head, heading = head_in(line), heading_in(line, below)
        if (head and (head.age or is_age(below))) or (heading and heading.section and heading.said is not None):
            yield at


def pieces_of(text: str) -> tuple[Piece, ...]:
    """The text in pieces of one kind each, in their order. A text of neither is one of the history."""
    tidy = tidied(text)
    if not (has_history(tidy) and has_my_proposals(tidy)):
        return (Piece(text, has_my_proposals(tidy)),)
    lines = tidy.split("\n")
    my_proposals = [(at, True) for at in _marks([" ".join(line.split()) for line in lines])]
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    ends = [found.end() for found in (*END.finditer(tidy), *BALANCE.finditer(tidy))]
    history = [(bisect_right(starts, end) - 1, False) for end in ends]
    marks = sorted({*my_proposals, *history})
    cuts = [0]
    kinds = [marks[0][1]]
    for (before, kind), (after, other) in pairwise(marks):
        if kind != other:
            cuts.append(_boundary(lines, before, after, to_my_proposals=other))
            kinds.append(other)
    bounds = [*cuts, len(lines)]
    return tuple(
        Piece("\n".join(lines[start:end]), kind) for (start, end), kind in zip(pairwise(bounds), kinds, strict=True)
    )


def _boundary(lines: Sequence[str], before: int, after: int, *, to_my_proposals: bool) -> int:
    """The line with which the second page begins, between two marks."""
    between = range(before + 1, after)
    footers = [at for at in between if is_footer(" ".join(lines[at].split()))]
    if footers:
        return footers[-1] + 1
    if to_my_proposals:
        return next((at for at in between if lines[at].strip().casefold() == TITLE), before + 1)
    own = [at for at in between if lines[at].strip()][FRAME:]
    begins = (at for at in own if is_head(lines[at]) or day_in(lines[at].partition("\t")[0]))
    return next(begins, after)


FRAME: Final = 3
"""So many lines follow the head of a proposal at least: how long ago it was, its title, its profile."""
