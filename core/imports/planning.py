"""The plan of an import: what of some pages is new, and the change that books it. It is pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from core.alerts.types.low import low
from core.imports.known import Known
from core.imports.matching import State, match
from core.imports.merging import merged
from core.imports.reconciling.coverage import Cover, badge_later, covers_of
from core.imports.reconciling.reconcile import NewRow, Question, reconcile
from core.imports.row_order import RowOrder, ranked
from core.imports.wordings import kind_of
from core.ledger.entry_builder import dated
from core.ledger.past.batches import next_batch
from core.ledger.past.replay import Short
from core.ledger.past.restate import Restated, restate
from core.ledger.seal import sealed_batch
from core.ledger.sightings import Batch, Sighting
from core.shared.ids import PersonId
from core.shared.refusals import NotEnoughThen, RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from core.imports.matching import Verdict
    from core.imports.merging import Merged
    from core.imports.model import Answers, Page, Row, RowKind
    from core.imports.reconciling.reconcile import Reconciled
    from core.ledger.entry_builder import Intent
    from core.ledger.model import Change
    from core.ledger.ports import Record
    from core.ledger.rulebook import Rulebook


class Asked(NamedTuple):
    """What is to be imported: pages, what was answered about them, and how it would be booked.

    `shared`: into a wallet that several people share, so that a row that names nobody is nobody's.
    """

    pages: Sequence[Page]
    answers: Answers
    intent: Intent
    shared: bool = False


class Plan(NamedTuple):
    """An import as it would be booked. `change` is None if there is nothing to book.

    `kinds` and `verdicts` are those of the rows of `drop`, `new` the rows that are booked.
    """

    known: Known
    drop: Merged
    answers: Answers
    kinds: tuple[RowKind, ...]
    verdicts: tuple[Verdict, ...]
    new: tuple[NewRow, ...]
    reconciled: Reconciled
    restated: Restated | None
    change: Change | None


def plan(record: Record, asked: Asked, rulebook: Rulebook) -> Plan:
    """Plan an import into a wallet's books as they are."""
    known, drop = Known(record), merged(asked.pages)
    if known.of_two_accounts:
        drop = drop._replace(balance=None)  # it is that of one of them, and the books have only the sum
    answers = replace(asked.answers, wordings={**known.wordings, **asked.answers.wordings})
    verdicts = match(drop, record, answers)
    kinds = tuple(kind_of(row.wording, row.connects, answers.wordings) for row in drop.rows)
    orders = [RowOrder({0: line}, rank) for line, rank in enumerate(ranked(drop.rows), 1)]
    new = tuple(_new_rows(known, zip(drop.rows, kinds, verdicts, orders, strict=True), asked))
    at = dated(record.head, asked.intent)
    question = Question(
        rulebook,
        at,
        new,
        covers=[*covers_of(known), *_cover(known, drop, verdicts, new, asked)],
        wordings=answers.wordings,
        page={
            known.current(one.number): (order, row)
            for order, row, one in zip(orders, drop.rows, verdicts, strict=True)
            if one.state is State.KNOWN and one.number
        },
        cost=answers.cost,
        keep=known.of_two_accounts,
    )
    reconciled = reconcile(known, question)
    planned = Plan(known, drop, answers, kinds, verdicts, new, reconciled, None, None)
    if not reconciled.facts and not reconciled.withdrawn and not any(one.completes for one in _known_ones(verdicts)):
        return planned
    restated = booked(record, asked.intent, rulebook, reconciled)
    batch = _batch(planned, restated, asked)
    return planned._replace(restated=restated, change=finished(record, restated.change, batch, rulebook))


def booked(record: Record, intent: Intent, rulebook: Rulebook, reconciled: Reconciled) -> Restated:
    """The entries of a reconciliation. Refused (`NotEnoughThen`) if a draw would find too little all the same."""
    restated = restate(
        record, intent, rulebook, facts=reconciled.facts, withdrawn=reconciled.withdrawn, lifted=reconciled.lifted
    )
    if isinstance(restated, Short):
        raise RefusedError(not_enough(record, reconciled, restated))
    return restated


def not_enough(record: Record, reconciled: Reconciled, short: Short) -> NotEnoughThen:
    """The refusal of what would find too little."""
    number = short.number or 0
    needed = abs(record.entries[number - 1].delta) if number else reconciled.facts[short.index or 0].connects
    return NotEnoughThen(short.when, needed, max(needed - short.missing, 0), number)


def finished(record: Record, change: Change, batch: Batch, rulebook: Rulebook) -> Change:
    """The change with its import, and with one notice at most: that the balance is low now."""
    change = change._replace(batch=sealed_batch(record.batches[-1].seal if record.batches else "", batch))
    if not change.entries:
        return change._replace(low=record.head.low, budget=record.head.budget)
    notice, warned = low(record.head, change.entries[-1], rulebook)
    told = () if notice is None else (notice._replace(by=batch.by),)  # who imports reads it, whosever the rows are
    return change._replace(notices=told, low=warned)


def _known_ones(verdicts: Sequence[Verdict]) -> Iterator[Verdict]:
    return (one for one in verdicts if one.state is State.KNOWN)


def is_new(position: int, verdict: Verdict, answers: Answers) -> bool:
    """Whether a row is booked: it is new, or somebody said of an unsure one that it is to be booked."""
    return verdict.state is State.NEW or (verdict.state is State.UNSURE and answers.unsure.get(position, False))


def _new_rows(known: Known, rows: Iterable[tuple[Row, RowKind, Verdict, RowOrder]], asked: Asked) -> Iterator[NewRow]:
    members = {**known.members, **_people(asked.answers)}
    unnamed = None if asked.shared else asked.intent.by
    for position, (row, kind, verdict, order) in enumerate(rows, 1):
        if is_new(position, verdict, asked.answers) and verdict.connects:
            by = unnamed if row.member is None else members.get(row.member)
            yield NewRow(position, row, kind, verdict.connects, by, order)


def _people(answers: Answers) -> Mapping[str, PersonId | None]:
    """The people whom names on a page stand for."""
    return {
        name: PersonId(int(person)) if person and person.isdecimal() else None
        for name, person in answers.members.items()
    }


def _cover(
    known: Known, drop: Merged, verdicts: Sequence[Verdict], new: Sequence[NewRow], asked: Asked
) -> Iterator[Cover]:
    """What this import covers."""
    if drop.first is None or drop.last is None:
        return
    seen = {known.current(number) for one in _known_ones(verdicts) for number in _numbers(one)}
    seen |= {known.current(number) for row in new for number in verdicts[row.position - 1].entries}
    fresh = frozenset(-1 - index for index in range(len(new)))
    rows = ((number, row) for row, one in zip(drop.rows, verdicts, strict=True) for number in _known_numbers(one))
    later = badge_later(known, drop.last, rows)
    yield Cover(drop.first, drop.last, drop.balance, asked.intent.at, frozenset(seen) | fresh, later)


def _known_numbers(verdict: Verdict) -> tuple[int, ...]:
    return _numbers(verdict) if verdict.state is State.KNOWN else ()


def _numbers(verdict: Verdict) -> tuple[int, ...]:
    """The entries that a row is: of a badge all of its day."""
    return tuple(dict.fromkeys((*verdict.entries, verdict.number))) if verdict.number else verdict.entries


def _batch(planned: Plan, restated: Restated, asked: Asked) -> Batch:
    record, intent, drop = planned.known.record, asked.intent, planned.drop
    return next_batch(record.head, intent, len(record.batches))._replace(
        first=drop.first,
        last=drop.last,
        balance=drop.balance,
        sightings=tuple(_sightings(planned, restated)),
    )


def _sightings(planned: Plan, restated: Restated) -> Iterator[Sighting]:
    """Each row with the entry that it is; a badge's row with every entry of its day."""
    line = 0
    fresh = {row.position: restated.numbers[index] for index, row in enumerate(planned.new)}
    rebooked = {number: restated.numbers[index] for number, index in planned.reconciled.rebooked.items()}
    for position, (row, verdict) in enumerate(zip(planned.drop.rows, planned.verdicts, strict=True), 1):
        if position not in fresh and verdict.state is not State.KNOWN:
            continue
        there = verdict.entries if position in fresh and verdict.state is State.NEW else ()
        for named in _numbers(verdict) if position not in fresh else there:
            line += 1
            number = planned.known.current(named)
            yield _sighting(line, rebooked.get(number, number), row, booked=number in rebooked)
        if position in fresh:
            line += 1
            yield _sighting(line, fresh[position], row, booked=True)


def _sighting(line: int, number: int, row: Row, *, booked: bool) -> Sighting:
    return Sighting(
        line, number, booked, row.day, row.wording, row.connects, row.title, row.job, row.member, row.row_id, row.at
    )
