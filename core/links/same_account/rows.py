"""The rows that books saw on pages of their account, as one page that other books of the same account can match."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from core.imports.merging import Merged
from core.imports.model import RowKind
from core.imports.row_order import ranked
from core.imports.rows.overlay import Edges
from core.imports.rows.runs import completed
from core.imports.rows.seen_days import row_of
from core.imports.wordings import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from core.imports.known import Known
    from core.imports.model import Row
    from core.ledger.sightings import Batch, Sighting


class SeenRow(NamedTuple):
    """A row, and the entries that it is: of a badge all of its day."""

    row: Row
    kind: RowKind
    numbers: tuple[int, ...]
    rank: int
    stretch: int


class Stretch(NamedTuple):
    """Days that pages cover without a gap, and the numbers of their imports."""

    first: date
    last: date
    imports: frozenset[int]


class SeenRows(NamedTuple):
    """All rows that standing imports saw of standing entries, in the order of `page.rows`."""

    rows: tuple[SeenRow, ...]
    page: Merged


def rows_of(known: Known, wordings: Mapping[str, RowKind]) -> SeenRows:
    """What pages have shown of a wallet's entries, each row once."""
    stretches = _stretches(known)
    found = _collected(known, wordings, stretches)
    rows: list[SeenRow] = []
    runs: dict[date, tuple[tuple[range, Edges], ...]] = {}
    for day in sorted(found, reverse=True):
        rows += (row for row in found[day] if row.kind is RowKind.BADGE)
        placed: list[tuple[range, Edges]] = []
        for place in sorted({row.stretch for row in found[day]}, reverse=True):
            here = [row for row in found[day] if row.stretch == place and row.kind is not RowKind.BADGE]
            stretch = stretches[place]
            edges = Edges(above=day == stretch.last, below=day == stretch.first)
            placed.append((range(len(rows), len(rows) + len(here)), edges))
            rows += sorted(here, key=lambda row: -row.rank)
        runs[day] = tuple(placed)
    spans = tuple((one.first, one.last) for one in reversed(stretches))
    page = Merged(
        tuple(one.row for one in rows),
        first=min((one.first for one in stretches), default=None),
        last=max((one.last for one in stretches), default=None),
        runs=runs,
        headless=True,
        spans=spans,
    )
    return SeenRows(tuple(rows), page)


def _stretches(known: Known) -> list[Stretch]:
    """The stretches of days that pages cover.

    A page that begins on the day on which another one ended goes on where that ended, if both show a row of that day.
    """
    found: list[Stretch] = []
    seen: set[int] = set()
    dated = [(batch.first, batch.last, batch) for batch in known.batches if batch.first and batch.last]
    for first, last, batch in sorted(dated, key=lambda one: one[:2]):
        numbers = _numbers(known, batch)
        before = found[-1] if found else None
        if before and (first < before.last or (first == before.last and seen & numbers)):
            found[-1] = Stretch(before.first, max(before.last, last), before.imports | {batch.number})
            seen |= numbers
        else:
            found.append(Stretch(first, last, frozenset({batch.number})))
            seen = set(numbers)
    return found


def _numbers(known: Known, batch: Batch) -> set[int]:
    return {known.current(seen.number) for seen in batch.sightings}


def _collected(
    known: Known, wordings: Mapping[str, RowKind], stretches: Sequence[Stretch]
) -> Mapping[date, list[SeenRow]]:
    place_of = {number: place for place, one in enumerate(stretches) for number in one.imports}
    found: dict[tuple[object, ...], SeenRow] = {}
    for batch in known.batches:
        if batch.number not in place_of:
            continue
        for seen, rank in _ranked(batch.sightings):
            number = known.current(seen.number)
            if number not in known.entries:
                continue  # it was taken out on purpose
            one = SeenRow(
                row_of(seen),
                kind_of(seen.wording, seen.connects, wordings),
                (number,),
                rank,
                place_of[batch.number],
            )
            name = _name(one, number)
            found[name] = _together(found[name], one) if name in found else one
    days: defaultdict[date, list[SeenRow]] = defaultdict(list)
    for one in found.values():
        days[one.row.day].append(one)
    return days


def _ranked(sightings: Sequence[Sighting]) -> Iterable[tuple[Sighting, int]]:
    return zip(sightings, ranked(sightings), strict=True)


def _name(one: SeenRow, number: int) -> tuple[object, ...]:
    """What makes a row the same: its entry, which may be several rows together; of a badge its day."""
    if one.kind is RowKind.BADGE:
        return one.row.day, one.row.member or ""
    return number, one.row.day, one.row.wording, one.row.connects


def _together(one: SeenRow, other: SeenRow) -> SeenRow:
    row = completed(one.row, other.row)
    return one._replace(
        row=row._replace(connects=min(row.connects, other.row.connects)) if one.kind is RowKind.BADGE else row,
        numbers=tuple(dict.fromkeys((*one.numbers, *other.numbers))),
        rank=max(one.rank, other.rank),
    )
