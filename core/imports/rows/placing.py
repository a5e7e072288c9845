"""Lay a run of a page's rows over what is known of its day."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from core.imports.rows.overlay import overlaid
from core.imports.rows.pairing import pairs, proven

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.imports.model import Row
    from core.imports.rows.overlay import Edges
    from core.imports.rows.seen_days import KnownDay


class Place(NamedTuple):
    """The fact that a row is, as a position among those of the day, and whether that is sure."""

    fact: int
    sure: bool


def placed(rows: Sequence[Row], edges: Edges, day: KnownDay, used: set[int], *, in_parts: bool) -> Mapping[int, Place]:
    """Which facts the rows of a run are, by their positions. Facts that are `used` are none of them.

    With `in_parts` another part of the same paste may have been imported, so that this one need not contain it.
    """
    laying = _Laying(rows, edges, day, used)
    laying.over_the_same_edge()
    if laying.open:
        laying.by_ids()
        laying.over_neighbours(earlier=not in_parts)
        laying.anywhere()
    return laying.found


class _Laying:
    """A run of rows, and where they have been found so far."""

    def __init__(self, rows: Sequence[Row], edges: Edges, day: KnownDay, used: set[int]) -> None:
        self.rows, self.edges, self.day, self.used = rows, edges, day, used
        self.found: dict[int, Place] = {}

    @property
    def open(self) -> bool:
        """Whether there are rows and facts left."""
        return bool(self._rest() and self._free())

    def over_the_same_edge(self) -> None:
        """Where both have an edge of the day, or one has all of it, only the number counts of what is equal."""
        runs = self.day.runs
        whole = self.edges.whole or any(cut.whole for _, cut in runs)
        near = {fact for run, cut in runs if self.edges.anchored(cut) for fact in run}
        self._pair([fact for fact in self._free() if whole or fact in near], sure=True)

    def by_ids(self) -> None:
        """What ids prove needs no neighbours."""
        rest, free = self._rest(), self._free()
        found = proven([self.rows[at] for at in rest], [self.day.facts[fact].row for fact in free])
        self.found |= {rest[one]: Place(free[other], sure=True) for one, other in found.items()}

    def over_neighbours(self, *, earlier: bool) -> None:
        """Lay the run over each one that has no edge in common with it."""
        for run, cut in self.day.runs:
            if self.edges.anchored(cut):
                continue
            others = [self.day.facts[fact].row for fact in run]
            overlay = overlaid(self.rows, self.edges, others, cut, earlier=earlier)
            free = set(self._free())
            for at, other in overlay.pairs.items():
                if at not in self.found and run[other] in free:
                    self.found[at] = Place(run[other], overlay.sure)

    def anywhere(self) -> None:
        """Doubt what is left and equals a fact that is left: a row between them may be missing from either."""
        self._pair(self._free(), sure=False)

    def _rest(self) -> list[int]:
        return [at for at in range(len(self.rows)) if at not in self.found]

    def _free(self) -> list[int]:
        taken = self.used | {place.fact for place in self.found.values()}
        return [fact for fact in range(len(self.day.facts)) if fact not in taken]

    def _pair(self, facts: Sequence[int], *, sure: bool) -> None:
        """Pair what is left, counted from the edge of the day that the run has; facts that stand come first."""
        step = -1 if self.edges.above and not self.edges.below else 1
        ordered = sorted(facts[::step], key=lambda fact: not self.day.facts[fact].stands)
        rest = self._rest()[::step]
        found = pairs([self.rows[at] for at in rest], [self.day.facts[fact].row for fact in ordered])
        self.found |= {rest[one]: Place(ordered[other], sure) for one, other in found.items()}
