"""What books that become part of others take along: their facts, what imports saw, and the proof that nothing is lost.

Everything here is pure, and works on a wallet's whole record. Steps are planned one after another, each on the record
as the step before it leaves it (`Chain`).
"""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

from core.ledger.budget import spent_by
from core.ledger.model import Kind, Source, income_from
from core.ledger.past.facts import NewFact, draws, issue_moment, timed_entries
from core.ledger.past.issuing import issuing
from core.ledger.past.lineage import Lineage
from core.ledger.past.standing import Standing
from core.ledger.sightings import Batch, BatchKind, Sighting, standing

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from core.ledger.model import Entry, Lot
    from core.ledger.ports import Record
    from core.ledger.sightings import ProposalSighting

COPIED: Final = (BatchKind.PROPOSALS, BatchKind.TOLD, BatchKind.TRANSACTIONS)


class Origin(StrEnum):
    """Where Connects came from that need not simply be booked in other books, too."""

    WELCOME = "welcome"
    OPENING = "opening"
    PROMOTION = "promotion"
    """The promotion's totals stay as they are: its Connects were booked in the books that are closed."""


ORIGINS: Final = {
    Source.WELCOME: Origin.WELCOME,
    Source.OPENING: Origin.OPENING,
    Source.PROMOTION: Origin.PROMOTION,
}


class Carried(NamedTuple):
    """A standing fact of a wallet, as it would be booked in another one, and the entry that it is there.

    Connects that got several prices are several facts of one entry, in the order in which they are used. `lot` is the
    one that holds them (None: it issues none).
    """

    entry: Entry
    fact: NewFact
    origin: Origin | None = None
    lot: Lot | None = None


def standing_facts(record: Record) -> tuple[Carried, ...]:
    """The facts of a wallet in the order of their entries, without what expired: that follows from them.

    Prices are as they are known in the end, lots keep their age and their last day, and returns name their spends by
    their places here.
    """
    past = Standing(record.entries)
    lots = _lots_by_issuer(record, past)
    found: list[Carried] = []
    places: dict[int, int] = {}
    for number, entry in past.facts.items():
        places[number] = len(found)
        if issuing(entry):
            found += (_issued(entry, lot) for lot in lots[number])
        elif draws(entry):
            found.append(Carried(entry, _fact(entry, -entry.delta)))
        elif entry.kind is Kind.RETURN:
            found.append(Carried(entry, _returned(entry, past, places)))
    return tuple(found)


def copied_batches(
    record: Record,
    numbers: Mapping[int, int],
    first: int,
    kinds: Collection[BatchKind] = COPIED,
    *,
    without: Batch | None = None,
    balance_of: Callable[[Batch], int | None] = lambda _batch: None,
) -> tuple[Batch, ...]:
    """The standing imports of these kinds, as they are copied into other books in which `first` is the next number.

    `numbers` are the entries there, by those here; what is about another entry is left out. They hold as of the day as
    of which they held, and show the balance that `balance_of` gives (None: nothing is compared with it there).
    `StepBuilder.add_batch` numbers and seals them.
    """
    found: list[Batch] = []
    places: dict[tuple[int, int], tuple[int, int]] = {}
    for batch in standing(record.batches, *kinds):
        if batch == without:
            continue
        number = first + len(found)
        sightings = tuple(_copied_rows(batch, numbers))
        proposals = tuple(_copied_proposals(batch, numbers, number, places))
        if not sightings and not proposals and batch.kind is not BatchKind.HISTORY:
            continue
        last = batch.last or batch.at.astimezone(UTC).date()
        copy = Batch(record.head.wallet, number, batch.at, "", batch.by, first=batch.first, last=last, kind=batch.kind)
        found.append(copy._replace(balance=balance_of(batch), sightings=sightings, proposals=proposals))
    return tuple(found)


def fact_lines(record: Record, numbers: Mapping[int, int], booked: Collection[int]) -> tuple[Sighting, ...]:
    """A line for each standing fact of a wallet, as `BatchKind.LINKED` and `BESIDE` list them.

    `numbers` are the entries that they are in the other books, `booked` those here that were booked there. What states
    a price later is the entry of what got the price; if that does not stand any more, it says nothing, and has no line.
    `connects` is what it moves by now, and `at` its moment, if it is known.
    """
    past, moments = Standing(record.entries), moments_of(record)
    lines: list[Sighting] = []
    for number, entry in past.facts.items():
        about = _priced(entry, past)
        if about not in past.facts:
            continue
        lines.append(
            Sighting(
                len(lines) + 1,
                numbers.get(about, 0),
                about in booked,
                entry.when.astimezone(UTC).date(),
                "",
                sum(amount.connects for amount in past.legs[number].values()),
                row_id=f"{record.head.wallet}:{number}",
                at=moments.get(number),
            )
        )
    return tuple(lines)


def moments_of(record: Record) -> Mapping[int, datetime]:
    """When the entries of a wallet happened of which more than the day is known, by their numbers.

    They were booked at once, there or in books that became part of them.
    """
    timed = timed_entries(record)
    return {one.number: one.when for one in record.entries if one.happened is None or one.number in timed}


def with_those_before(record: Record, numbers: Mapping[int, int]) -> Mapping[int, int]:
    """The same, with the entries in whose place others stand: what was seen of them was seen of those."""
    lineage = Lineage(record)
    current = ((entry.number, lineage.current(entry.number)) for entry in record.entries)
    return {before: numbers[now] for before, now in current if now in numbers}


def numbers_of(carried: Sequence[Carried], booked: Sequence[int]) -> Mapping[int, int]:
    """The entries that facts were booked as, by the entries that they were; of several the first."""
    found: dict[int, int] = {}
    for one, number in zip(carried, booked, strict=True):
        found.setdefault(one.entry.number, number)
    return found


def _lots_by_issuer(record: Record, past: Standing) -> Mapping[int, list[Lot]]:
    found: defaultdict[int, list[Lot]] = defaultdict(list)
    for lot in sorted(record.head.lots, key=lambda lot: (lot.issued, lot.number)):
        if lot.size:
            found[past.root(lot.number).number].append(lot)
    return found


def _issued(entry: Entry, lot: Lot) -> Carried:
    fact = _fact(entry, lot.size)._replace(account=income_from(lot.source), price=lot.price, expires=lot.expires)
    told = lot.expires is not None and lot.issued == issue_moment(entry.when, fact.account, lot.size, lot.price)
    if entry.happened is None or not told:
        fact = fact._replace(happened=lot.issued, exact=True)
    return Carried(entry, fact, ORIGINS.get(lot.source), lot)


def _returned(entry: Entry, past: Standing, places: Mapping[int, int]) -> NewFact:
    of = entry.of or 0
    fact = _fact(entry, -spent_by(entry))
    return fact._replace(account=past.entries[of].counterpart, of_new=places[of])


def _fact(entry: Entry, connects: int) -> NewFact:
    return NewFact(entry.when, entry.kind, connects, entry.counterpart, memo=entry.memo, job=entry.job, by=entry.by)


def _priced(entry: Entry, past: Standing) -> int:
    """The entry whose Connects an entry gives a price; itself, if it gives none."""
    if entry.kind is Kind.AMENDMENT:
        return entry.of or 0
    return past.root(entry.postings[0].lot).number if entry.kind is Kind.VALUATION else entry.number


def _copied_rows(batch: Batch, numbers: Mapping[int, int]) -> Iterator[Sighting]:
    line = 0
    for seen in batch.sightings:
        if seen.number in numbers:
            line += 1
            yield seen._replace(line=line, number=numbers[seen.number], booked=False, salt="", digest="", seal="")


def _copied_proposals(
    batch: Batch,
    numbers: Mapping[int, int],
    copy: int,
    places: dict[tuple[int, int], tuple[int, int]],
) -> Iterable[ProposalSighting]:
    line = 0
    for seen in batch.proposals:
        if (seen.number is not None and seen.number not in numbers) or (seen.seen and seen.seen not in places):
            continue
        line += 1
        places[batch.number, seen.line] = copy, line
        yield seen._replace(
            line=line,
            number=None if seen.number is None else numbers[seen.number],
            seen=None if seen.seen is None else places[seen.seen],
            salt="",
            digest="",
            seal="",
        )
