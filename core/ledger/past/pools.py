"""Books of two accounts: until both were put side by side, what happened on each drew only on its own Connects.

The batch that says so (`BatchKind.BESIDE`) lists the facts of the other account in their order. They are a pool of
their own until its moment. What is booked later counts as the first account's if it happened before. From that moment
on everything is drawn from all lots, and a return still goes back where its spend drew.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from core.ledger.change_keys import change_key
from core.ledger.past.issuing import issuing
from core.ledger.sightings import BatchKind, standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime, timedelta

    from core.ledger.model import Entry
    from core.ledger.past.facts import Fact
    from core.ledger.ports import Record
    from core.ledger.sightings import Batch


class Place(NamedTuple):
    """The place of a fact among those of its account, and whether more than its day is known (`exact`)."""

    line: int
    exact: bool


class Pool(NamedTuple):
    """The facts of the other account: their places by the numbers of their entries, the last of which is `last`.

    They are a pool of their own until the moment `since`.
    """

    since: datetime
    last: int
    places: Mapping[int, Place]

    def mark(self, facts: Iterable[Fact]) -> None:
        """Mark the facts of the pool, and those that draw from everything."""
        day = self.since.toordinal()
        for one in facts:
            number = one.number
            if number is not None and (place := self.places.get(number)) is not None:
                one.line, one.dated = place.line, not place.exact
            elif number is None or number > self.last:
                # of a fact that is dated to the day of the link, nobody knows whether it came before or after
                one.since = self.since if one.day >= day else None


def beside_of(batches: Iterable[Batch]) -> Batch | None:
    """The batch that put another account beside the first one (None: the books are of one account).

    In books of two, no balance that a page shows proves anything: it is that of one of them.
    """
    found = standing(tuple(batch for batch in batches if batch.kind is BatchKind.BESIDE))
    return found[0] if found else None


def pool_of(record: Record) -> Pool | None:
    """The pool of books of two accounts (None: they are of one)."""
    batch = beside_of(record.batches)
    if batch is None:
        return None
    places: dict[int, Place] = {}
    for row in batch.sightings:
        if row.number:
            places.setdefault(row.number, Place(row.line, row.at is not None))
    if not places:
        return None
    listed, booked = tuple(places), _booked_with(record.entries, min(places))
    for entry in booked:
        if entry.number not in places and issuing(entry):
            places[entry.number] = places[min(listed, key=partial(_apart, record.entries, entry))]
    return Pool(batch.at, booked[-1].number, places)


def _booked_with(entries: Sequence[Entry], number: int) -> Sequence[Entry]:
    """The entries of the change that the entry with this number is of."""
    key, first, last = change_key(entries[number - 1].key), number - 1, number
    while first and change_key(entries[first - 1].key) == key:
        first -= 1
    while last < len(entries) and change_key(entries[last].key) == key:
        last += 1
    return entries[first:last]


def _apart(entries: Sequence[Entry], entry: Entry, number: int) -> timedelta:
    """How far an entry is from another one in time.

    Connects of one entry there that have several prices are several here, of which one is listed. They are of one age.
    """
    return abs(entries[number - 1].when - entry.when)
