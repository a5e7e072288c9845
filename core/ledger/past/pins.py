"""Pins: the moments at which the books and Upwork's page agreed on the balance.

A pin is a confirmation by somebody, or an import whose page showed the balance that the books had after it. Whether it
still holds follows from the journal alone: it does as long as what was booked later does not change the balance of its
moment. So it holds again once that is undone.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from core.ledger.change_keys import change_key
from core.ledger.model import Kind
from core.ledger.sightings import BatchKind, standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from core.ledger.model import Change, Entry
    from core.ledger.ports import Record
    from core.ledger.sightings import Batch


class Pin(NamedTuple):
    """The books and Upwork agreed on `balance` at the moment `at`, which is on `day` in UTC.

    `batch` is the number of the import that set it, by itself or in passing. `moved`: by so many Connects what was
    booked later has changed the balance of that moment (0: the pin holds).
    """

    batch: int
    balance: int
    at: datetime
    day: date
    moved: int = 0


class _AsSet(NamedTuple):
    """A pin as it was set, and the number of the last entry that had been booked by then (0: none)."""

    pin: Pin
    last: int


def pins(batches: Iterable[Batch], entries: Sequence[Entry]) -> tuple[Pin, ...]:
    """The pins of a wallet that nobody has lifted, oldest first, with what has become of each.

    `entries` are all of the wallet's.
    """
    return tuple(
        one.pin._replace(moved=_moved(one, entries, entries[one.last :])) for one in _as_set(tuple(batches), entries)
    )


def pin_since(record: Record, moment: datetime) -> Pin | None:
    """The latest pin that holds and is not older than this moment; None if there is none."""
    found = (pin for pin in pins(record.batches, record.entries) if not pin.moved and moment <= pin.at)
    return max(found, key=lambda pin: pin.at, default=None)


def pin_broken_by(record: Record, change: Change) -> Pin | None:
    """The latest pin that holds and would no longer hold after a change; None if there is none."""
    if all(entry.happened is None and entry.kind is not Kind.UNDO for entry in change.entries):
        return None
    entries = record.entries
    holding = (one for one in _as_set(record.batches, entries) if not _moved(one, entries, entries[one.last :]))
    broken = (one.pin for one in holding if _moved(one, entries, change.entries))
    return max(broken, key=lambda pin: pin.at, default=None)


def last_before(batch: Batch, entries: Sequence[Entry]) -> Entry | None:
    """The last entry that had been booked when an import had been; None if there was none.

    An import's own entries tell. If it has none, others may be of the same moment: then it came after the last of them
    that left its balance.
    """
    begin, end = (find(entries, batch.at, key=lambda entry: entry.at) for find in (bisect_left, bisect_right))
    own = [entry for entry in entries[begin:end] if change_key(entry.key) == batch.key]
    around = entries[max(begin - 1, 0) : end]
    fitting = [entry for entry in around if entry.balance == batch.balance]
    return next(iter((own or fitting or around)[-1:]), None)


def moment_of(batch: Batch) -> datetime:
    """The moment of which an import's balance is: that of its booking, or the end of its last day if that was before.

    Its days are days in UTC.
    """
    if batch.last is None or batch.last >= batch.at.astimezone(UTC).date():
        return batch.at
    return datetime.combine(batch.last + timedelta(days=1), time(), UTC) - timedelta(microseconds=1)


def _as_set(batches: tuple[Batch, ...], entries: Sequence[Entry]) -> list[_AsSet]:
    """The pins that nobody has lifted, as they were set, oldest first."""
    lifted = {batch.lifts for batch in standing(batches, BatchKind.LIFTED)}
    found: list[_AsSet] = []
    for batch in standing(batches, BatchKind.PINNED, BatchKind.HISTORY):
        if batch.balance is None or batch.number in lifted:
            continue
        at, last = moment_of(batch), last_before(batch, entries)
        number, balance = (0, 0) if last is None else (last.number, last.balance)
        if at < batch.at:
            balance -= sum(entry.delta for entry in entries[:number] if _when(entry, entries) > at)
        if balance == batch.balance:
            found.append(_AsSet(Pin(batch.number, balance, at, at.date()), number))
    return found


def _moved(one: _AsSet, entries: Sequence[Entry], later: Iterable[Entry]) -> int:
    """By how much what was booked after a pin changes the balance of its moment."""
    return sum(entry.delta for entry in later if _is_earlier(entry, one, entries))


def _is_earlier(entry: Entry, one: _AsSet, entries: Sequence[Entry]) -> bool:
    """Whether an entry that was booked after a pin concerns the time before it. What was undone never happened."""
    if entry.kind is not Kind.UNDO or entry.of is None:
        return entry.happened is not None and entry.happened < one.pin.at
    undone = entries[entry.of - 1]
    return undone.when <= one.pin.at if undone.number <= one.last else undone.when < one.pin.at


def _when(entry: Entry, entries: Sequence[Entry]) -> datetime:
    """When a fact happened; an undo is about the moment of what it undoes."""
    return entries[entry.of - 1].when if entry.kind is Kind.UNDO and entry.of is not None else entry.when
