"""Lay a run of a page's rows over what is known of its day."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from core.imports.rows.overlay import overlaid
from core.imports.rows.pairing import pairs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from core.imports.model import Row
    from core.imports.rows.known import KnownDay
    from core.imports.rows.overlay import Edges


class Place(NamedTuple):
    """The fact that a row is, as a position among those of the day, and whether that is sure."""

    fact: int
    sure: bool


def placed(rows: Sequence[Row], edges: Edges, day: KnownDay, used: set[int], *, gaps: bool) -> Mapping[int, Place]:
    """Which facts the rows of a run are, by their positions. Facts that are `used` are none of them.

    With `gaps` some rows between these could not be read, so that neighbours prove nothing.
    """
    anchored = [run for run, cut in day.runs if edges.anchored(cut)]
    whole = edges.whole or any(cut.whole for _, cut in day.runs)
    reached = range(len(day.facts)) if whole else {fact for run in anchored for fact in run}
    found = {
        position: Place(fact, sure=True)
        for position, fact in _paired(rows, edges, day, [fact for fact in reached if fact not in used]).items()
    }
    taken = used | {place.fact for place in found.values()}
    if len(found) == len(rows) or len(taken) == len(day.facts):
        return found
    for run, cut in day.runs:
        if not edges.anchored(cut):
            overlay = overlaid(rows, edges, [day.facts[fact].row for fact in run], cut)
            for position, at in overlay.pairs.items():
                if position not in found and run[at] not in taken:
                    found[position] = Place(run[at], overlay.sure)
                    taken.add(run[at])
    if gaps:
        rest = [position for position in range(len(rows)) if position not in found]
        free = [fact for fact in range(len(day.facts)) if fact not in taken]
        for one, fact in _paired([rows[position] for position in rest], edges, day, free).items():
            found[rest[one]] = Place(fact, sure=False)
    return found


def _paired(rows: Sequence[Row], edges: Edges, day: KnownDay, facts: Sequence[int]) -> Mapping[int, int]:
    """The facts that the rows are, counted from the edge of the day that the run has; those that stand come first."""
    turned = edges.above and not edges.below
    step = -1 if turned else 1
    ordered = sorted(sorted(facts)[::step], key=lambda fact: not day.facts[fact].stands)
    found = pairs(rows[::step], [day.facts[fact].row for fact in ordered])
    last = len(rows) - 1
    return {last - one if turned else one: ordered[fact] for one, fact in found.items()}
