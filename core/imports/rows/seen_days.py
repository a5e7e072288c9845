"""What the books have seen of Upwork's pages: the facts of each day, and which of them stood together."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from core.imports.lineage import Lineage
from core.imports.model import Row, RowKind
from core.imports.rows.overlay import Edges
from core.imports.rows.runs import completed
from core.imports.wordings import kind_of, plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from core.ledger.model import Entry
    from core.ledger.ports import Record
    from core.ledger.sightings import Batch, Sighting


class Fact(NamedTuple):
    """A row that standing imports saw: the entry that it is, and all that they say of it.

    `stands` is False if the entry was undone by itself: it was taken out on purpose.
    """

    number: int
    row: Row
    stands: bool


class KnownDay(NamedTuple):
    """The facts of a day as far as they are known, newest first, and the runs in which they stood, as positions."""

    facts: tuple[Fact, ...]
    runs: tuple[tuple[tuple[int, ...], Edges], ...]


NOTHING: Final = KnownDay((), ())


class Fates:
    """What became of the entries of a wallet."""

    def __init__(self, record: Record) -> None:
        self.entries: Final = {entry.number: entry for entry in record.entries}
        self._lineage: Final = Lineage(record)

    def stands(self, number: int) -> bool:
        """Whether an entry was not undone."""
        return number in self.entries and number not in self._lineage.undos

    def by_import(self, entry: Entry) -> bool:
        """Whether an import booked it, or the undo of one."""
        return self._lineage.made_by(entry) is not None

    def now(self, number: int) -> int:
        """The entry that stands for the fact of this one: another one if an import booked it anew in another shape."""
        return self._lineage.current(number)

    def witnesses(self) -> tuple[Batch, ...]:
        """The imports by which rows are known."""
        return self._lineage.witnesses()


def known_days(fates: Fates, wordings: Mapping[str, RowKind]) -> Mapping[date, KnownDay]:
    """What standing imports saw, by day. Badges are apart: their rows are sums."""
    seen: defaultdict[date, list[tuple[Edges, list[tuple[object, ...]]]]] = defaultdict(list)
    facts: dict[tuple[object, ...], Fact] = {}
    for batch in fates.witnesses():
        days: defaultdict[date, list[tuple[object, ...]]] = defaultdict(list)
        for sighting in sorted(batch.sightings, key=lambda sighting: sighting.line):
            if kind_of(sighting.wording, sighting.connects, wordings) is RowKind.BADGE:
                continue
            number = fates.now(sighting.number)
            name = number, plain(sighting.wording), sighting.connects, sighting.day
            row = row_of(sighting)
            known = facts.get(name)
            facts[name] = Fact(number, completed(known.row, row) if known else row, fates.stands(number))
            days[sighting.day].append(name)
        for day, names in days.items():
            seen[day].append((Edges(above=day == batch.last, below=day == batch.first), names))
    return {day: _day(runs, facts) for day, runs in seen.items()}


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


def _day(runs: Sequence[tuple[Edges, list[tuple[object, ...]]]], facts: Mapping[tuple[object, ...], Fact]) -> KnownDay:
    ordered = sorted(runs, key=lambda run: (run[0].above, -len(run[1])))
    places: dict[tuple[object, ...], int] = {}
    for _, names in ordered:
        for name in names:
            places.setdefault(name, len(places))
    placed = dict.fromkeys((tuple(places[name] for name in names), edges) for edges, names in ordered)
    return KnownDay(tuple(facts[name] for name in places), tuple(placed))
