"""Which rows of a drop the books know already, which are new, and which only a person can tell."""

from __future__ import annotations

from collections import defaultdict
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from core.imports.model import Doubt, RowKind
from core.imports.rows.badge import BadgeBooked, badge_day, badges_booked
from core.imports.rows.badge_sums import spread, typed_sums
from core.imports.rows.placing import placed
from core.imports.rows.runs import completed
from core.imports.rows.seen_days import NOTHING, known_days
from core.imports.rows.strays import strays
from core.imports.rows.typed_entries import recognised, singles, together, typed_entries
from core.imports.wordings import explained, kind_of
from core.ledger.past.lineage import Lineage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from core.imports.merging import Merged
    from core.imports.model import Answers, Row
    from core.imports.rows.badge import BadgeDay
    from core.imports.rows.seen_days import KnownDay, SeenRow
    from core.imports.rows.typed_entries import Candidate, TypedEntry
    from core.ledger.ports import Record


class State(StrEnum):
    """Whether a row is booked already."""

    NEW = "new"
    KNOWN = "known"
    UNSURE = "unsure"


class Verdict(NamedTuple):
    """What a row is to the books.

    `number` is the entry that it is (0: none, or nobody knows). With `completes` the page says more of it than any
    standing import has. `why` is the doubt, `entries` are the entries that the row may be; of a badge they are those
    that its day has already, for `connects` is what is new: of a badge only the difference, 0 if nothing is.
    """

    state: State
    number: int = 0
    completes: bool = False
    why: Doubt | None = None
    entries: tuple[int, ...] = ()
    connects: int = 0


def match(merged: Merged, record: Record, answers: Answers) -> tuple[Verdict, ...]:
    """A verdict for each of the rows. Answers about which entry a row is decide where it is unsure."""
    lineage, wordings = Lineage(record), explained(answers.wordings)
    kinds = [kind_of(row.wording, row.connects, wordings) for row in merged.rows]
    said = {at - 1: number for at, number in answers.same.items() if not number or lineage.stands(number)}
    found = _seen(merged, kinds, known_days(lineage, wordings))
    for position in merged.doubtful - found.keys():
        found[position] = _unsure(merged.rows[position], Doubt.PLACED_TWICE)
    booked = badges_booked(lineage, wordings)
    found |= _badges(merged.rows, [at for at, kind in enumerate(kinds) if kind is RowKind.BADGE], booked, said, lineage)
    verdicts = [found.get(at) or Verdict(State.NEW, connects=row.connects) for at, row in enumerate(merged.rows)]
    rows = {
        at: (row._replace(connects=verdicts[at].connects), kinds[at])
        for at, row in enumerate(merged.rows)
        if verdicts[at].state is State.NEW
    }
    doubts = _recognised(rows, typed_entries(record, lineage), said)
    sums = typed_sums(lineage, wordings)
    for at, number in said.items():
        if number in sums and at in range(len(kinds)):
            sums[number] += merged.rows[at].connects
    doubts |= _badge_sums({at: row for at, row in rows.items() if at not in said}, doubts, sums, lineage)
    for at, entries in doubts.items():
        verdicts[at] = verdicts[at]._replace(state=State.UNSURE, why=Doubt.TYPED, entries=entries)
    return tuple(_decided(verdict, kinds[at], said.get(at)) for at, verdict in enumerate(verdicts))


def _seen(merged: Merged, kinds: Sequence[RowKind], days: Mapping[date, KnownDay]) -> dict[int, Verdict]:
    """The rows that standing imports have seen."""
    found: dict[int, Verdict] = {}
    used: defaultdict[date, set[int]] = defaultdict(set)
    for day, runs in merged.runs.items():
        known = days.get(day, NOTHING)
        for run, edges in sorted(runs, key=lambda each: not merged.doubtful.isdisjoint(each[0])):
            positions = [at for at in run if kinds[at] is not RowKind.BADGE]
            rows = [merged.rows[at] for at in positions]
            for at, place in placed(rows, edges, known, used[day], in_parts=merged.headless).items():
                used[day].add(place.fact)
                found[positions[at]] = _verdict(rows[at], known.facts[place.fact], sure=place.sure)
    rest = {at: row for at, row in enumerate(merged.rows) if at not in found and kinds[at] is not RowKind.BADGE}
    for at, fact in strays(rest, merged.spans, days, used).items():
        found[at] = _unsure(rest[at], Doubt.PLACED_TWICE, (fact.number,))
    return found


def _verdict(row: Row, fact: SeenRow, *, sure: bool) -> Verdict:
    if not fact.stands:
        return _unsure(row, Doubt.TAKEN_OUT, (fact.number,))
    if not sure:
        return _unsure(row, Doubt.PLACED_TWICE, (fact.number,))
    return Verdict(State.KNOWN, fact.number, completes=completed(fact.row, row._replace(running=None)) != fact.row)


def _unsure(row: Row, why: Doubt, entries: tuple[int, ...] = ()) -> Verdict:
    return Verdict(State.UNSURE, why=why, entries=entries, connects=row.connects)


def _badges(
    rows: Sequence[Row],
    positions: Sequence[int],
    days: Mapping[BadgeDay, BadgeBooked],
    said: Mapping[int, int],
    lineage: Lineage,
) -> dict[int, Verdict]:
    """The largest row of a badge's day counts, and of it what is not booked yet."""
    found: dict[int, Verdict] = {}
    counted = dict(days)
    for at in sorted(positions, key=lambda at: rows[at].connects):
        day = badge_day(rows[at])
        booked = counted.get(day, BadgeBooked())
        number = said.get(at)
        if number:
            booked = booked.counting(number, -lineage.entries[number].delta)
        missing = -rows[at].connects - booked.connects - booked.taken_out
        counted[day] = booked._replace(connects=booked.connects + max(missing, 0))
        found[at] = _of_badge(rows[at], booked, missing)
    return found


def _of_badge(row: Row, booked: BadgeBooked, missing: int) -> Verdict:
    if missing > 0:
        return Verdict(State.NEW, entries=booked.entries, connects=-missing)
    if booked.taken_out:
        return _unsure(row, Doubt.TAKEN_OUT, booked.entries)._replace(connects=-booked.taken_out)
    return Verdict(State.KNOWN, number=booked.entries[-1] if booked.entries else 0, entries=booked.entries)


def _recognised(
    rows: Mapping[int, tuple[Row, RowKind]], typed: Sequence[TypedEntry], said: Mapping[int, int]
) -> dict[int, tuple[int, ...]]:
    """The typed entries that new rows may be. A row that somebody has told about is in question no more."""
    told = set(said.values())
    sums = list(together({at: row for at, row in rows.items() if said.get(at) != 0}))
    free = [sum_ for sum_ in sums if not said.keys() & set(sum_.positions)]
    alone = [one for at, (row, kind) in rows.items() if at not in said for one in singles(at, row, kind)]
    found = dict(recognised([each for each in typed if each.entry.number not in told], [*alone, *free]))
    halves: defaultdict[int, list[Candidate]] = defaultdict(list)
    for sum_ in sums:
        for at in said.keys() & set(sum_.positions):
            halves[said[at]].append(sum_)
    for each in typed:
        found.update(recognised([each], halves.get(each.entry.number, ())))
    return {at: entries for at, entries in found.items() if at not in said}


def _badge_sums(
    rows: Mapping[int, tuple[Row, RowKind]],
    doubts: Mapping[int, tuple[int, ...]],
    left: dict[int, int],
    lineage: Lineage,
) -> dict[int, tuple[int, ...]]:
    """The rows of a badge that somebody may have typed as one sum for several days."""
    for at, (number, *_) in doubts.items():
        if number in left:
            left[number] += rows[at][0].connects
    badges = {at: row for at, (row, kind) in rows.items() if kind is RowKind.BADGE and at not in doubts}
    return {at: (number,) for at, number in spread(left, lineage, badges).items()}


def _decided(verdict: Verdict, kind: RowKind, number: int | None) -> Verdict:
    """What somebody said of an unsure row; a badge has counted it already."""
    if number is None or verdict.state is State.KNOWN or kind is RowKind.BADGE:
        return verdict
    if number:
        return Verdict(State.KNOWN, number, completes=True)
    return Verdict(State.NEW, connects=verdict.connects)
