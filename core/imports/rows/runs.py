"""Runs of rows: what stood together on one day of one page, and how several become one."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from core.imports.rows.overlay import Edges, overlaid
from core.imports.rows.pairing import pairs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from core.imports.model import Row


class Run(NamedTuple):
    """Rows of one day that stood together on a page, newest first.

    `doubtful` are the positions of those that may be rows of another run over again.
    """

    rows: tuple[Row, ...]
    edges: Edges
    doubtful: frozenset[int] = frozenset()


def joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The runs of one day with each row once, as far as that can be known."""
    found: list[Run] = []
    for run in sorted(runs, key=_precedence):
        _join(found, run)
    return tuple(sorted(found, key=lambda run: (run.edges.above, not run.edges.below)))


def anchored_pairs(rows: Sequence[Row], edges: Edges, others: Sequence[Row], cut: Edges) -> Mapping[int, int]:
    """The pairs of two runs that share an edge of the day, counted from there."""
    if not (edges.above or cut.above) or edges.below or cut.below:
        return pairs(rows, others)
    turned = pairs(rows[::-1], others[::-1])
    return {len(rows) - 1 - one: len(others) - 1 - other for one, other in turned.items()}


def completed(row: Row, by: Row) -> Row:
    """The row with what another sight of it says more."""
    return row._replace(
        title=row.title or by.title,
        job=row.job or by.job,
        member=by.member if row.member is None else row.member,
        row_id=row.row_id or by.row_id,
        at=row.at or by.at,
        running=by.running if row.running is None else row.running,
    )


def _precedence(run: Run) -> tuple[bool, bool, bool, int]:
    """Whole days first, then those cut below, those cut above, and those cut on both sides; the longest first."""
    above, below = run.edges
    return not run.edges.whole, above, below, -len(run.rows)


def _join(found: list[Run], run: Run) -> None:
    doubtful: set[int] = set()
    for place, other in enumerate(found):
        if run.edges.anchored(other.edges):
            found[place] = _woven(other, run, anchored_pairs(run.rows, run.edges, other.rows, other.edges))
            return
        overlay = overlaid(run.rows, run.edges, other.rows, other.edges)
        if overlay.pairs and overlay.sure:
            found[place] = _woven(other, run, overlay.pairs)
            return
        doubtful |= overlay.pairs.keys()
    found.append(run._replace(doubtful=frozenset(doubtful)))


def _woven(base: Run, run: Run, pairs_: Mapping[int, int]) -> Run:
    """Both as one run. What only one of them has keeps its place beside its neighbours."""
    rows = list(base.rows)
    before: defaultdict[int, list[Row]] = defaultdict(list)
    place = next(iter(sorted(pairs_.items())), (0, len(rows)))[1]
    for position, row in enumerate(run.rows):
        if position in pairs_:
            rows[pairs_[position]] = completed(rows[pairs_[position]], row)
            place = pairs_[position] + 1
        else:
            before[place].append(row)
    both: list[Row] = []
    doubtful: set[int] = set()
    for position, row in enumerate(rows):
        both += before[position]
        if position in base.doubtful:
            doubtful.add(len(both))
        both.append(row)
    both += before[len(rows)]
    edges = Edges(base.edges.above and run.edges.above, base.edges.below and run.edges.below)
    return Run(tuple(both), edges, frozenset(doubtful))
