"""What the books have seen of Upwork's pages: the facts of each day, and which of them stood together."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from core.imports.model import Row, RowKind
from core.imports.rows.overlay import Edges
from core.imports.rows.runs import completed
from core.imports.wordings import kind_of
from core.proposals.wordings import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from core.ledger.past.lineage import Lineage
    from core.ledger.sightings import Batch, Sighting


class SeenRow(NamedTuple):
    """A row that standing imports saw: the entry that it is, and all that they say of it.

    `stands` is False if the entry was undone by itself: it was taken out on purpose.
    """

    number: int
    row: Row
    stands: bool


class KnownDay(NamedTuple):
    """The facts of a day as far as they are known, newest first, and the runs in which they stood, as positions."""

    facts: tuple[SeenRow, ...]
    runs: tuple[tuple[tuple[int, ...], Edges], ...]


NOTHING: Final = KnownDay((), ())


def known_days(lineage: Lineage, wordings: Mapping[str, RowKind]) -> Mapping[date, KnownDay]:
    """What standing imports saw, by day. Badges are apart: their rows are sums."""
    seen: defaultdict[date, list[tuple[Edges, list[tuple[object, ...]]]]] = defaultdict(list)
    facts: dict[tuple[object, ...], SeenRow] = {}
    for batch in lineage.witnesses():
        days: defaultdict[date, list[tuple[object, ...]]] = defaultdict(list)
        for sighting in sorted(batch.sightings, key=lambda sighting: sighting.line):
            if kind_of(sighting.wording, sighting.connects, wordings) is RowKind.BADGE:
                continue
            number = lineage.current(sighting.number)
            name = number, plain(sighting.wording), sighting.connects, sighting.day
            row = row_of(sighting)
            known = facts.get(name)
            facts[name] = SeenRow(number, completed(known.row, row) if known else row, lineage.stands(number))
            days[sighting.day].append(name)
        for day, names in days.items():
            seen[day].append((_edges(day, batch), names))
    return {day: _day(runs, facts) for day, runs in seen.items()}


def _edges(day: date, batch: Batch) -> Edges:
    """Where an import may have cut a day. A link may take over more days than its newest page had."""
    if batch.first is None or batch.last is None or not batch.first <= day <= batch.last:
        return Edges(above=True, below=True)
    return Edges(above=day == batch.last, below=day == batch.first)


def row_of(sighting: Sighting) -> Row:
    """The row that was seen."""
    return Row(
        day=sighting.day,
        wording=sighting.wording,
        connects=sighting.connects,
        title=sighting.title,
        job=sighting.job,
        member=sighting.member,
        row_id=sighting.row_id,
        at=sighting.at,
    )


def _day(
    runs: Sequence[tuple[Edges, list[tuple[object, ...]]]], facts: Mapping[tuple[object, ...], SeenRow]
) -> KnownDay:
    ordered = sorted(runs, key=lambda run: (run[0].above, -len(run[1])))
    places: dict[tuple[object, ...], int] = {}
    for _, names in ordered:
        for name in names:
            places.setdefault(name, len(places))
    placed = dict.fromkeys((tuple(places[name] for name in names), edges) for edges, names in ordered)
    return KnownDay(tuple(facts[name] for name in places), tuple(placed))
