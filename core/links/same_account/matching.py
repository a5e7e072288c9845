"""What the closed books know of the account, held against what the kept ones know: the same, new, or unsure."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC
from typing import TYPE_CHECKING, NamedTuple

from core.imports.known import Known, kind_booked
from core.imports.matching import State, Verdict, match
from core.imports.model import Answers, Doubt, Row, RowKind
from core.imports.reconciling.costs import Part, costs_of
from core.imports.reconciling.coverage import Cover, badge_later, covers_of
from core.imports.reconciling.reconcile import NewRow, spoken_of, unbooked
from core.imports.row_facts import fact_of
from core.imports.row_order import RowOrder
from core.imports.rows.seen_days import row_of
from core.ledger.model import Kind
from core.ledger.past.facts import NewFact, is_moment
from core.ledger.past.lineage import RETURNED, brought, is_return
from core.links.facts import Carried, moments_of, standing_facts
from core.links.preview import Doubtful
from core.links.same_account.prices import learnt_prices
from core.links.same_account.rows import SeenRow, SeenRows, rows_of
from core.links.same_account.typed import paired

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from core.ledger.model import Entry
    from core.ledger.ports import Record
    from core.ledger.rulebook import Rulebook
    from core.ledger.sightings import Batch
    from core.shared.money import Price


class Shown(NamedTuple):
    """A row of the pages: the entries of the kept books that it is, and the places of the new facts that it is."""

    row: Row
    known: tuple[int, ...]
    fresh: tuple[int, ...]


class Matched(NamedTuple):
    """What is known of the account in both books.

    `numbers` are the entries of the kept books that those of the closed ones are, `dropped` the closed ones among them
    that are no fact there, such as a second welcome. `rows` are the facts that are new, and `fresh` has their places by
    the entries of the closed books. `shown` are the rows of the pages, `page` those of them that are known. `jobs` are
    rows of the kept books whose job only the closed ones know.
    """

    kept: Known
    merged: Known
    numbers: Mapping[int, int]
    dropped: tuple[Entry, ...]
    doubtful: tuple[Doubtful, ...]
    rows: tuple[NewRow, ...]
    fresh: Mapping[int, int]
    shown: tuple[Shown, ...]
    jobs: tuple[Shown, ...]
    page: Mapping[int, tuple[RowOrder, Row]]
    covers: tuple[Cover, ...]
    wordings: Mapping[str, RowKind]
    spoken: tuple[Part, ...]
    prices: Mapping[int, Price]
    unbooked: Mapping[date, int]

    @property
    def imports(self) -> tuple[Batch, ...]:
        """The pages of the history that the closed books have."""
        return self.merged.batches

    @property
    def newest(self) -> Batch | None:
        """The newest of them."""
        dated = [(batch.last, batch.number, batch) for batch in self.imports if batch.last is not None]
        return max(dated)[-1] if dated else None

    def balance_of(self, batch: Batch) -> int | None:
        """The balance that a page proves in the kept books, too.

        It proves nothing if rows that it counts were taken out, or if something of its last day was typed into the kept
        books after it was copied.
        """
        last = batch.last
        if batch.balance is None or last is None or any(day <= last for day in self.unbooked):
            return None
        later = (
            entry
            for entry in self.kept.entries.values()
            if entry.happened is None and entry.when > batch.at and entry.when.astimezone(UTC).date() == last
        )
        return None if any(later) else batch.balance


def matched(kept: Record, merged: Record, rulebook: Rulebook, *, same: bool) -> Matched:
    """Hold the closed books against the kept ones. With `same` what is doubtful is one fact each, otherwise two."""
    return _Matching(Known(kept), Known(merged), rulebook, same=same).result()


class _Matching:
    """The comparison under way: `numbers` and `places` are the known and the new facts, by their entries."""

    def __init__(self, kept: Known, merged: Known, rulebook: Rulebook, *, same: bool) -> None:
        self.kept, self.merged, self.rulebook, self.same = kept, merged, rulebook, same
        self.wordings = {**merged.wordings, **kept.wordings}
        self.seen: SeenRows = rows_of(merged, self.wordings)
        self.carried: defaultdict[int, list[Carried]] = defaultdict(list)
        for one in standing_facts(merged.record):
            self.carried[one.entry.number].append(one)
        self.doubtful: list[Doubtful] = []
        self.numbers: dict[int, int] = {}
        self.places: dict[int, int] = {}
        self.rows: list[NewRow] = []
        self.taken: Counter[int] = Counter()
        self.most: dict[int, int] = {}

    def result(self) -> Matched:
        verdicts = self._verdicts()
        self._note_known(verdicts)
        typed = self._typed()
        self._pair(typed)
        shown = tuple(self._place_rows(verdicts))
        self._place([entry for entry in typed if entry.number not in self.numbers])
        self._write_facts()
        self._write_moments()
        dropped = tuple(self._dropped())
        left_out = unbooked(self.merged, ())
        spoken = costs_of(self.merged.record, spoken_of(self.merged), self.merged.entries.values())
        page = {
            number: (RowOrder({0: place}, seen.rank), seen.row)
            for place, (seen, one) in enumerate(zip(self.seen.rows, shown, strict=True), 1)
            for number in one.known
        }
        found = Matched(
            self.kept,
            self.merged,
            self.numbers,
            dropped,
            tuple(self.doubtful),
            tuple(self.rows),
            self.places,
            shown,
            tuple(self._jobs()),
            page,
            (),
            self.wordings,
            spoken,
            learnt_prices(self.merged, self.kept, self.numbers),
            left_out,
        )
        return found._replace(covers=(*covers_of(self.kept), *self._covers(found)))

    def _verdicts(self) -> Sequence[Verdict]:
        """What the rows are. The same job is a proof; what else is unsure goes by what was answered for all of it."""
        answers = Answers(wordings=self.wordings)
        first = match(self.seen.page, self.kept.record, answers)
        same, booked = dict[int, int](), dict[int, bool]()
        spoken_for = self._proven_by_job()
        for position, (seen, verdict) in enumerate(zip(self.seen.rows, first, strict=True), 1):
            if verdict.state is not State.UNSURE:
                continue
            proven = verdict.why is Doubt.TYPED and self._has_job(verdict.entries, seen.row.job)
            if not proven:
                self._doubt(seen.numbers[0], verdict.entries)
            if verdict.why is Doubt.TAKEN_OUT or not verdict.entries:
                booked[position] = not self.same
            else:
                free = (number for number in verdict.entries if proven or number not in spoken_for)
                same[position] = next(free, verdict.entries[0]) if proven or self.same else 0
        if not same and not booked:
            return first
        decided = Answers(wordings=self.wordings, same=same, unsure=booked)
        return [
            verdict._replace(state=State.NEW) if booked.get(position) else verdict
            for position, verdict in enumerate(match(self.seen.page, self.kept.record, decided), 1)
        ]

    def _proven_by_job(self) -> set[int]:
        """The entries that are the same as some that were typed into the closed books, by their jobs."""
        jobs = {entry.job for entry in self._typed() if entry.job}
        return {number for number, entry in self.kept.entries.items() if entry.job in jobs}

    def _has_job(self, numbers: Sequence[int], job: str) -> bool:
        return bool(job) and bool(numbers) and self.kept.record.entries[numbers[0] - 1].job == job

    def _doubt(self, number: int, candidates: Sequence[int]) -> None:
        entries = self.kept.record.entries
        entry = self.merged.record.entries[number - 1]
        if all(one.entry.number != number for one in self.doubtful):
            self.doubtful.append(Doubtful(entry, tuple(entries[one - 1] for one in candidates)))

    def _note_known(self, verdicts: Sequence[Verdict]) -> None:
        for seen, verdict in zip(self.seen.rows, verdicts, strict=True):
            if verdict.state is State.NEW:
                continue
            for number in seen.numbers:
                if there := verdict.number or next(iter(verdict.entries), 0):
                    self.numbers.setdefault(number, there)

    def _typed(self) -> list[Entry]:
        """What stands in the closed books and no page of theirs has shown, but for what follows from the rest."""
        shown = {number for seen in self.seen.rows for number in seen.numbers}
        begun = {entry.number for entry in (*self.merged.typed_opening, *self.merged.derived)}
        return [
            some[0].entry
            for number, some in self.carried.items()
            if some and number not in shown and number not in begun
        ]

    def _pair(self, typed: Sequence[Entry]) -> None:
        used = {*self.numbers.values()}
        pairs = paired(typed, self.merged, self.kept, used)
        for number, there in pairs.sure.items():
            self.numbers[number] = there
        for number, candidates in pairs.doubtful.items():
            self._doubt(number, candidates)
            if self.same:
                self.numbers[number] = candidates[0]
        for number, entry in self.merged.entries.items():
            by_hand = entry.kind is Kind.RETURN and number not in self.merged.rows
            if by_hand and number not in self.numbers and entry.of in self.numbers:
                self._limit(entry, self.numbers[entry.of])

    def _limit(self, back: Entry, spend: int) -> None:
        """What has come back in the kept books already, or of what was taken out there, does not come back again."""
        there = self.kept.entries.get(spend)
        if there is None or there.kind is not Kind.SPEND:
            self.numbers[back.number] = spend
            return
        others = [one for one in self.kept.entries.values() if one.kind is Kind.RETURN and one.of == spend]
        left = -there.delta - sum(map(brought, others)) - self.taken[spend]
        if left <= 0:
            self.numbers[back.number] = others[-1].number if others else spend
            return
        self.most[back.number] = min(left, brought(back))
        self.taken[spend] += self.most[back.number]

    def _place_rows(self, verdicts: Sequence[Verdict]) -> Iterator[Shown]:
        """Give each new row its place among the facts; an entry of several new rows is one fact."""
        new_rows: Counter[int] = Counter()
        for seen, verdict in zip(self.seen.rows, verdicts, strict=True):
            new_rows[seen.numbers[0]] += 1 if verdict.state is State.NEW and seen.kind is not RowKind.BADGE else 0
        every = Counter(seen.numbers[0] for seen in self.seen.rows if seen.kind is not RowKind.BADGE)
        for place, (seen, verdict) in enumerate(zip(self.seen.rows, verdicts, strict=True), 1):
            order = RowOrder({0: place}, seen.rank)
            number = seen.numbers[0]
            if verdict.state is not State.NEW:
                entries = dict.fromkeys((*verdict.entries, verdict.number) if verdict.number else ())
                yield Shown(seen.row, tuple(entries), ())
            elif number in self.numbers and seen.kind is not RowKind.BADGE:
                yield Shown(seen.row, (self.numbers[number],), ())
            elif seen.kind is RowKind.BADGE or new_rows[number] < every[number]:
                yield Shown(seen.row, verdict.entries, (self._place_row(seen, verdict, order),))
            else:
                if number not in self.places:
                    self._place_entry(number, seen.row, seen.kind, order)
                yield Shown(seen.row, (), (self.places[number],))

    def _place_row(self, seen: SeenRow, verdict: Verdict, order: RowOrder) -> int:
        """A row that is only a part of what the closed books have as one: it is booked as the page says it."""
        place, by = len(self.rows), self.merged.record.entries[seen.numbers[-1] - 1].by
        fact = fact_of(seen.row, seen.kind, verdict.connects, by, self.rulebook)
        self.rows.append(NewRow(place + 1, seen.row, seen.kind, verdict.connects, by, order, fact))
        for number in seen.numbers:
            if number not in self.numbers:
                self.places.setdefault(number, place)
        return place

    def _place(self, typed: Sequence[Entry]) -> None:
        for entry in typed:
            said = Row(entry.when.astimezone(UTC).date(), "", entry.delta, entry.memo, entry.job)
            self._place_entry(entry.number, said, kind_booked(entry), RowOrder())

    def _place_entry(self, number: int, row: Row, kind: RowKind, order: RowOrder) -> None:
        """A fact as the closed books have it. Connects that got several prices are several facts of one entry."""
        entry = self.merged.record.entries[number - 1]
        self.places[number] = len(self.rows)
        for one in self.carried[number]:
            fact = one.fact
            if number in self.merged.rows and is_return(entry):
                fact = _unlinked(entry)
            self.rows.append(NewRow(len(self.rows) + 1, row, kind, row.connects, entry.by, order, fact))

    def _write_facts(self) -> None:
        """Give returns their spends."""
        for number, place in sorted(self.places.items()):
            new = self.rows[place]
            entry = self.merged.record.entries[number - 1]
            if new.fact is None or new.fact.kind is not Kind.RETURN or entry.of is None:
                continue
            fact = new.fact._replace(of_new=None)
            if entry.of in self.places:
                fact = fact._replace(of_new=self.places[entry.of])
            elif (spend := self.numbers.get(entry.of)) is not None:
                account = self.kept.record.entries[spend - 1].counterpart
                fact = fact._replace(of=spend, account=account, connects=self.most[number])
            else:
                fact = _unlinked(entry)
            self.rows[place] = new._replace(fact=fact)

    def _write_moments(self) -> None:
        """What the closed books booked at once counts at its moment, as `timed_entries` finds it in the list."""
        moments, timed = moments_of(self.merged.record), set[int]()
        for number, place in sorted(self.places.items()):
            new = self.rows[place]
            if place not in timed and new.fact is not None:
                exact = is_moment(new.fact.happened, moments.get(number))
                self.rows[place] = new._replace(fact=new.fact._replace(timed=exact, place=number if exact else 0))
            timed.add(place)

    def _jobs(self) -> Iterator[Shown]:
        """The rows of the kept books of which the closed ones know the job."""
        for number, there in self.numbers.items():
            entry, rows = self.merged.record.entries[number - 1], self.kept.sightings.get(there, ())
            job = entry.job or next((seen.job for seen in self.merged.seen(number) if seen.job), "")
            ours = self.kept.entries.get(there)
            if job and ours is not None and not ours.job and rows and not any(seen.job for seen in rows):
                yield Shown(row_of(rows[0])._replace(job=job), (there,), ())

    def _dropped(self) -> Iterator[Entry]:
        """What is no fact in the kept books stands beside the one by which they begin."""
        kept = self.kept
        first = next((entry.number for entry in (*kept.typed_opening, *kept.derived)), 1)
        for number in self.carried.keys() | {entry.number for entry in self.merged.entries.values()}:
            entry = self.merged.record.entries[number - 1]
            if number in self.numbers or number in self.places or entry.kind is Kind.EXPIRY:
                continue
            self.numbers[number] = first
            yield entry

    def _covers(self, found: Matched) -> Iterator[Cover]:
        for batch in self.merged.batches:
            if batch.first is None or batch.last is None:
                continue
            numbers = [self.merged.current(seen.number) for seen in batch.sightings]
            seen = frozenset(
                -1 - self.places[number] if number in self.places else self.numbers[number]
                for number in numbers
                if number in self.places or number in self.numbers
            )
            later = badge_later(self.merged, batch.last, ((one.number, one) for one in batch.sightings))
            yield Cover(batch.first, batch.last, found.balance_of(batch), batch.at, seen, later, linked=True)


def _unlinked(entry: Entry) -> NewFact:
    """A return by itself. Which spend it is of is found anew, because more of them are known."""
    return NewFact(entry.when, Kind.GRANT, brought(entry), RETURNED, memo=entry.memo, job=entry.job, by=entry.by)
