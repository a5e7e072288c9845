"""Pins: the moments at which the books and Upwork's page agreed on the balance.

A pin is a confirmation by somebody, or an import whose page showed the balance that the books had after it. Whether it
still holds follows from the journal alone: it does as long as what was booked later does not change the balance of its
moment. So it holds again once that is undone. Books of two accounts have none: what a page shows is one account's.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

from core.ledger.change_keys import change_key
from core.ledger.entry_builder import SLACK
from core.ledger.model import Kind
from core.ledger.past.pools import beside_of
from core.ledger.sightings import BatchKind, standing
from core.shared.money import CostState
from core.shared.refusals import BeforePin, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from core.ledger.model import Change, Entry
    from core.ledger.ports import Record
    from core.ledger.sightings import Batch

CORRECTING: Final = frozenset({Kind.UNDO, Kind.RECAST})
"""What takes another entry back, or lifts what it had brought and puts it down again."""
NEVER: Final = 2 * date.max.toordinal()


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


class PlacedPin(NamedTuple):
    """A pin, and the number of the last entry that had been booked when it was set (0: none)."""

    pin: Pin
    last: int


def pins(batches: Iterable[Batch], entries: Sequence[Entry]) -> tuple[Pin, ...]:
    """The pins of a wallet that nobody has lifted, oldest first, with what has become of each.

    `entries` are all of the wallet's.
    """
    return tuple(one.pin for one in placed_pins(batches, entries))


def placed_pins(batches: Iterable[Batch], entries: Sequence[Entry]) -> tuple[PlacedPin, ...]:
    """The same, each with its place in the journal."""
    found = _as_set(tuple(batches), entries)
    earliest = _earliest(entries) if found else []
    return tuple(one._replace(pin=one.pin._replace(moved=_moved_since(one, entries, earliest))) for one in found)


def latest(found: Iterable[Pin]) -> Pin | None:
    """The latest pin that holds, or else the latest that there is."""
    return max(found, key=lambda pin: (not pin.moved, pin.at), default=None)


def pin_broken_by(record: Record, change: Change) -> Pin | None:
    """The latest pin that holds and would no longer hold after a change, as it would be then; None if there is none.

    That of an import which the change undoes is gone, rather than broken.
    """
    if all(entry.happened is None and entry.kind is not Kind.UNDO for entry in change.entries):
        return None
    entries, gone = record.entries, None if change.batch is None else change.batch.of
    holding = (one for one in placed_pins(record.batches, entries) if not one.pin.moved and one.pin.batch != gone)
    then = (one.pin._replace(moved=_moved(one, entries, change.entries)) for one in holding)
    return max((pin for pin in then if pin.moved), key=lambda pin: pin.at, default=None)


def sparing_pins(record: Record, outcome: Change | Refusal) -> Change | Refusal:
    """What was decided; refused (`BeforePin`) if it breaks a pin, or changes a cost that was stated before one."""
    if isinstance(outcome, Refusal):
        return outcome
    pin = pin_broken_by(record, outcome) or _pin_after_price(record, outcome)
    return outcome if pin is None else refusal_of(pin)


def covers(pin: Pin, when: datetime, *, dated: bool) -> bool:
    """Whether something is not later than a pin. Of what is `dated`, only the day is certain, which is one in UTC."""
    return when <= pin.at or (dated and when.astimezone(UTC).date() <= pin.day)


def _pin_after_price(record: Record, change: Change) -> Pin | None:
    """The latest pin that holds, if what was issued before it gets another price than the one that was stated.

    A price that nobody had stated contradicts nothing. No price moves Connects, so the pin will hold all the same.
    """
    priced = [entry for entry in change.entries if entry.kind is Kind.AMENDMENT]
    if not priced:
        return None
    unknown = {lot.number for lot in record.head.lots if lot.cost_state is CostState.UNKNOWN}
    moved = [entry for entry in priced if any(leg.connects < 0 and leg.lot not in unknown for leg, _ in entry.moves)]
    holding = (pin for pin in pins(record.batches, record.entries) if not pin.moved)
    after = (pin for pin in holding if any(covers(pin, entry.when, dated=_is_dated(entry, record)) for entry in moved))
    return max(after, key=lambda pin: pin.at, default=None)


def _is_dated(entry: Entry, record: Record) -> bool:
    """Whether what an entry gives another price was booked later than it happened."""
    return entry.of is not None and record.entries[entry.of - 1].happened is not None


def refusal_of(pin: Pin) -> BeforePin:
    """The refusal to change what was before a pin."""
    return BeforePin(pin.at, pin.balance, pin.batch)


def may_have_pins(batches: Iterable[Batch], moment: datetime) -> bool:
    """Whether there may be a pin that is not older than a moment. It is cheap, and needs no entries."""
    known = tuple(batches)
    pinned = standing(known, BatchKind.PINNED, BatchKind.HISTORY) if beside_of(known) is None else ()
    return any(batch.balance is not None and moment_of(batch) >= moment for batch in pinned)


def last_before(batch: Batch, entries: Sequence[Entry]) -> Entry | None:
    """The last entry that had been booked when an import had been; None if there was none.

    An import's own entries tell. If it has none, others may be of the same moment: then it came after the last of them
    that left its balance. If none did, the clock stepped back after it, and what was booked later is dated before it.
    """
    begin, end = (find(entries, batch.at, key=lambda entry: entry.at) for find in (bisect_left, bisect_right))
    own = [entry for entry in entries[begin:end] if change_key(entry.key) == batch.key]
    around = entries[max(begin - 1, 0) : end]
    fitting = [entry for entry in around if entry.balance == batch.balance and _ends_change(entry, entries)]
    return next(iter((own or fitting or _before_step(batch, entries[:begin]) or around)[-1:]), None)


def _ends_change(entry: Entry, entries: Sequence[Entry]) -> bool:
    return entry.number == len(entries) or change_key(entries[entry.number].key) != change_key(entry.key)


def _before_step(batch: Batch, entries: Sequence[Entry]) -> Sequence[Entry]:
    """The last entry that left the balance of an import, if it is not longer ago than the clock may step back."""
    if moment_of(batch) < batch.at:
        return ()
    for entry in reversed(entries):
        if entry.balance == batch.balance and _ends_change(entry, entries):
            return (entry,)
        if entry.at < batch.at - SLACK:
            break
    return ()


def moment_of(batch: Batch) -> datetime:
    """The moment of which an import's balance is: that of its booking, or the end of its last day if that was before.

    Its days are days in UTC.
    """
    if batch.last is None or batch.last >= batch.at.astimezone(UTC).date():
        return batch.at
    return datetime.combine(batch.last + timedelta(days=1), time(), UTC) - timedelta(microseconds=1)


def _as_set(batches: tuple[Batch, ...], entries: Sequence[Entry]) -> list[PlacedPin]:
    """The pins that nobody has lifted, as they were set, oldest first."""
    if beside_of(batches) is not None:
        return []
    lifted = {batch.lifts for batch in standing(batches, BatchKind.LIFTED)}
    found: list[PlacedPin] = []
    for batch in standing(batches, BatchKind.PINNED, BatchKind.HISTORY):
        if batch.balance is None or batch.number in lifted:
            continue
        at, last = moment_of(batch), last_before(batch, entries)
        number, balance = (0, 0) if last is None else (last.number, last.balance)
        if at < batch.at:
            balance -= sum(entry.delta for entry in entries[:number] if _when(entry, entries) > at)
        if balance == batch.balance:
            found.append(PlacedPin(Pin(batch.number, balance, at, at.date()), number))
    return found


def _earliest(entries: Sequence[Entry]) -> list[int]:
    """For each place in the journal, the least of what `_reach` says of the entries from there on."""
    reaches = accumulate((_reach(entry, entries) for entry in reversed(entries)), min)
    return [*reaches][::-1]


def _reach(entry: Entry, entries: Sequence[Entry]) -> int:
    """How far back an entry reaches, in half days: what corrects another one also concerns pins of that one's day."""
    if entry.kind in CORRECTING and entry.of is not None:
        return 2 * _when(entry, entries).toordinal() - 1
    return NEVER if entry.happened is None else 2 * entry.happened.toordinal()


def _moved_since(one: PlacedPin, entries: Sequence[Entry], earliest: Sequence[int]) -> int:
    """By how much everything that was booked after a pin changes the balance of its moment."""
    if one.last == len(entries) or earliest[one.last] >= 2 * one.pin.day.toordinal():
        return 0
    return _moved(one, entries, entries[one.last :])


def _moved(one: PlacedPin, entries: Sequence[Entry], later: Iterable[Entry]) -> int:
    """By how much what was booked after a pin changes the balance of its moment."""
    return sum(entry.delta for entry in later if _is_earlier(entry, one, entries))


def _is_earlier(entry: Entry, one: PlacedPin, entries: Sequence[Entry]) -> bool:
    """Whether an entry that was booked after a pin concerns the time before it. What was undone never happened.

    Of what is booked later only the day counts. Something of the pin's own day may have happened after it.
    """
    if entry.kind not in CORRECTING or entry.of is None or entry.of > len(entries):  # of one that is only planned
        return entry.happened is not None and entry.happened.date() < one.pin.day
    about = entries[entry.of - 1]
    return about.when <= one.pin.at if about.number <= one.last else _is_earlier(about, one, entries)


def _when(entry: Entry, entries: Sequence[Entry]) -> datetime:
    """When a fact happened; what corrects another one is about the moment of that."""
    return entries[entry.of - 1].when if entry.kind in CORRECTING and entry.of is not None else entry.when
