"""Entries that somebody typed and that may be rows of a page. They are offered as the same, never merged in silence."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from core.imports.model import RowKind
from core.imports.rows.pairing import folded_title, title_of
from core.ledger.model import Kind, Purpose, Source, expense_on, source_of
from core.ledger.sightings import BatchKind, standing, taken_over
from core.shared.names import unpunctuated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from core.imports.model import Row
    from core.ledger.model import Entry
    from core.ledger.past.lineage import Lineage
    from core.ledger.ports import Record

SLACK: Final = timedelta(hours=12)
"""No zone is much further from UTC: an entry counts for its day in UTC and for its day wherever it was typed."""
COMPARED: Final = 50
"""So many rows of one day and amount are compared with an entry."""
SHOWN: Final = 3
"""So many entries are offered for a row."""
BOOSTS: Final = 3
"""So many boosts of one job and day are added to each of its bids."""
STEPS: Final = 10
"""A badge costs so few Connects a day."""

ON_A_JOB: Final = frozenset({Purpose.PROPOSAL, Purpose.BOOST, Purpose.OTHER})
PURPOSES: Final[Mapping[RowKind, frozenset[Purpose]]] = {
    RowKind.PROPOSAL: ON_A_JOB,
    RowKind.BOOST: ON_A_JOB,
    RowKind.BOOST_CHARGE: ON_A_JOB,
    RowKind.BADGE: frozenset({Purpose.BADGE, Purpose.OTHER}),
    RowKind.AD: frozenset({Purpose.PROFILE_AD, Purpose.OTHER}),
    RowKind.UNCLASSIFIED: frozenset(Purpose),
}
GIVEN_BACK: Final = frozenset({RowKind.PROPOSAL_BACK, RowKind.PARTLY_BACK, RowKind.BOOST_BACK, RowKind.UNCLASSIFIED})
GIVEN: Final = frozenset({RowKind.MONTHLY, RowKind.REWARD, RowKind.UNCLASSIFIED})
NEVER_ON_A_PAGE: Final = frozenset({Source.WELCOME, Source.OPENING, Source.PROMOTION})


class TypedEntry(NamedTuple):
    """An entry that no import booked, with the job that it is about and the words of its title."""

    entry: Entry
    title: str
    job: str


class Candidate(NamedTuple):
    """A row that is new so far, or a bid and its boost together: their positions, and the row that they would be."""

    positions: tuple[int, ...]
    row: Row
    kind: RowKind


def typed_entries(record: Record, lineage: Lineage) -> tuple[TypedEntry, ...]:
    """The standing entries that somebody typed, here or in linked books, and that no standing import has recognised."""
    seen = {
        lineage.current(sighting.number)
        for batch in standing(record.batches, BatchKind.HISTORY)
        for sighting in batch.sightings
    }
    linked = taken_over(record.batches)
    free = (entry for entry in record.entries if entry.number not in seen and lineage.stands(entry.number))
    typed = (entry for entry in free if entry.number in linked or lineage.made_by(entry) is None)
    return tuple(typed_entry(entry, lineage) for entry in typed if may_be_row(entry))


def singles(position: int, row: Row, kind: RowKind) -> Iterator[Candidate]:
    """A row by itself. What is new of a badge's day may have been typed in part."""
    parts = range(max(row.connects, -STEPS), 0) if kind is RowKind.BADGE else (row.connects,)
    for connects in parts:
        yield Candidate((position,), row._replace(connects=connects), kind)


def together(rows: Mapping[int, tuple[Row, RowKind]]) -> Iterator[Candidate]:
    """Each bid with each boost of the same job and day, as if they were one row."""
    boosts: defaultdict[tuple[date, str, str | None], list[int]] = defaultdict(list)
    for position, (row, kind) in rows.items():
        if kind is RowKind.BOOST:
            boosts[row.day, title_of(row), row.member].append(position)
    for position, (row, kind) in rows.items():
        if kind is RowKind.PROPOSAL:
            for other in boosts.get((row.day, title_of(row), row.member), ())[:BOOSTS]:
                boost = rows[other][0]
                if not row.job or not boost.job or row.job == boost.job:
                    sum_ = row._replace(connects=row.connects + boost.connects, job=row.job or boost.job)
                    yield Candidate((position, other), sum_, RowKind.PROPOSAL)


def recognised(typed: Sequence[TypedEntry], candidates: Iterable[Candidate]) -> Mapping[int, tuple[int, ...]]:
    """The entries that a row may be, the likeliest first, by the row's position.

    Each entry is one row at most, so no more rows are doubted than entries were typed.
    """
    of_day: defaultdict[tuple[int, date], list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        of_day[candidate.row.connects, candidate.row.day].append(candidate)
    found: dict[int, list[int]] = {}
    spare: list[TypedEntry] = []
    for each in sorted(typed, key=lambda each: (not each.job, not each.title)):
        near = list(_near(each, of_day))
        free = [candidate for candidate in near if not found.keys() & set(candidate.positions)]
        best = min(free, key=lambda candidate: _distance(each, candidate), default=None)
        if best is None:
            spare.append(each)
        for position in best.positions if best else ():
            found[position] = [each.entry.number]
    for each in spare:
        for position in {position for near in _near(each, of_day) for position in near.positions}:
            if position in found and len(found[position]) < SHOWN:
                found[position].append(each.entry.number)
    return {position: tuple(numbers) for position, numbers in found.items()}


def _near(typed: TypedEntry, of_day: Mapping[tuple[int, date], Sequence[Candidate]]) -> Iterator[Candidate]:
    """The rows that an entry may be, by amount, day, kind and title."""
    when, connects = typed.entry.when, typed.entry.delta
    first, last = (when - SLACK).date() - timedelta(1), (when + SLACK).date() + timedelta(1)
    for days in range((last - first).days + 1):
        for candidate in islice(of_day.get((connects, first + timedelta(days)), ()), COMPARED):
            if _is_kind(typed.entry, candidate.kind) and _is_about(typed, candidate.row):
                yield candidate


def _distance(typed: TypedEntry, candidate: Candidate) -> tuple[bool, int, bool, int, int]:
    row = candidate.row
    other_job = not (typed.job and typed.job == row.job)
    days = abs((typed.entry.when.date() - row.day).days)
    return (
        other_job,
        days,
        _words(typed.title) != _words(title_of(row)),
        len(candidate.positions),
        candidate.positions[0],
    )


def typed_entry(entry: Entry, lineage: Lineage) -> TypedEntry:
    """An entry with what it is about. A return is about the job of its spend."""
    spend = lineage.entries.get(entry.of) if entry.of is not None else None
    memo = entry.memo or (spend.memo if spend else "")
    return TypedEntry(entry, folded_title(memo), entry.job or (spend.job if spend else ""))


def may_be_row(entry: Entry) -> bool:
    """Whether a page may show an entry as a row."""
    if entry.kind is Kind.GRANT:
        return source_of(entry.counterpart) not in NEVER_ON_A_PAGE
    return entry.kind in {Kind.SPEND, Kind.PURCHASE, Kind.RETURN}


def _is_kind(entry: Entry, kind: RowKind) -> bool:
    match entry.kind:
        case Kind.SPEND:
            return entry.counterpart in {expense_on(purpose) for purpose in PURPOSES.get(kind, ())}
        case Kind.PURCHASE:
            return kind in {RowKind.PURCHASE, RowKind.UNCLASSIFIED}
        case Kind.RETURN:
            return kind in GIVEN_BACK
        case _:
            return kind in (GIVEN_BACK if source_of(entry.counterpart) is Source.RETURN else GIVEN)


def _is_about(typed: TypedEntry, row: Row) -> bool:
    """Whether job and title allow it. People shorten titles: all words typed must be in the page's, in any order."""
    if typed.job and row.job:
        return typed.job == row.job
    title = title_of(row)
    return not title or not typed.title or _words(typed.title) <= _words(title)


def _words(title: str) -> set[str]:
    return set(unpunctuated(title).split())
