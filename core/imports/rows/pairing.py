"""Pairs of rows that are the same fact: multisets, the most specific first, each row used once.

What is unknown fits anything, but two different known values never fit. All work is linear in the number of rows.
"""

from __future__ import annotations

from collections import defaultdict, deque
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from core.proposals.wordings import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.imports.model import Row

PLAIN: Final = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-") | {"\u2019": "'", "\u2018": "'"}
)
"""Signs that devices put in place of what was typed."""


class Knowledge(NamedTuple):
    """Which of the fields that not every form has are known of a row. More is more specific, in this order."""

    row_id: bool
    job: bool
    member: bool

    @property
    def weight(self) -> int:
        """How specific it is."""
        return 4 * self.row_id + 2 * self.job + self.member

    def shared(self, other: Knowledge) -> Knowledge:
        """What is known of both."""
        return Knowledge(self.row_id and other.row_id, self.job and other.job, self.member and other.member)


def title_of(row: Row) -> str:
    """The row's title as titles are compared."""
    return folded_title(row.title)


@lru_cache(maxsize=4096)
def folded_title(title: str) -> str:
    """A title as titles are compared."""
    return " ".join(title.translate(PLAIN).casefold().split())


def knowledge_of(row: Row) -> Knowledge:
    """What is known of a row beyond what every form says."""
    return Knowledge(bool(row.row_id), bool(row.job), row.member is not None)


def same(one: Row, other: Row) -> bool:
    """Whether two rows may be the same fact."""
    shared = knowledge_of(one).shared(knowledge_of(other))
    return _key(one, shared) == _key(other, shared)


def pairs(left: Sequence[Row], right: Sequence[Row]) -> Mapping[int, int]:
    """The position in `right` of each row of `left` that is there, by its position in `left`.

    Among rows that are equal, the first fits the first. As many find their pair as can, as long as each form says all
    that a poorer one says: the best informed choose first, so that what fits anything is left for those who know less.
    """
    lefts, rights = _by_knowledge(left), _by_knowledge(right)
    found: dict[int, int] = {}
    taken: set[int] = set()
    for one, other in sorted(((one, other) for one in lefts for other in rights), key=_precedence, reverse=True):
        shared = one.shared(other)
        free: defaultdict[tuple[object, ...], deque[int]] = defaultdict(deque)
        for position in rights[other]:
            if position not in taken:
                free[_key(right[position], shared)].append(position)
        for position in lefts[one]:
            fitting = free.get(_key(left[position], shared)) if position not in found else None
            if fitting:
                found[position] = fitting.popleft()
                taken.add(found[position])
    return found


def proven(left: Sequence[Row], right: Sequence[Row]) -> Mapping[int, int]:
    """The pairs that Upwork's ids prove, of the rows or at least of their jobs."""
    found: dict[int, int] = {}
    for name in ("row_id", "job"):
        taken = set(found.values())
        ones = [at for at, row in enumerate(left) if at not in found and getattr(row, name)]
        others = [at for at, row in enumerate(right) if at not in taken and getattr(row, name)]
        matched = pairs([left[at] for at in ones], [right[at] for at in others])
        found |= {ones[one]: others[other] for one, other in matched.items()}
    return found


def _precedence(pair: tuple[Knowledge, Knowledge]) -> tuple[int, int, int]:
    one, other = pair
    return one.shared(other).weight, one.weight + other.weight, one.weight


def _by_knowledge(rows: Sequence[Row]) -> dict[Knowledge, list[int]]:
    found: defaultdict[Knowledge, list[int]] = defaultdict(list)
    for position, row in enumerate(rows):
        found[knowledge_of(row)].append(position)
    return found


def _key(row: Row, shared: Knowledge) -> tuple[object, ...]:
    """What two rows have in common if they are the same. Upwork's own ids need no title, which the client may edit."""
    if shared.row_id:
        return row.connects, row.row_id
    name = row.job if shared.job else title_of(row)
    return row.day, plain(row.wording), row.connects, name, row.member if shared.member else None
