"""Confirming the balance, and taking that back: pure rules, each of which books an import without rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.ledger.entry_builder import EntryBuilder
from core.ledger.past.batches import batch_alone, next_batch
from core.ledger.seal import sealed_batch
from core.ledger.sightings import Batch, BatchKind, standing
from core.shared.refusals import AlreadyDone, BalanceMoved, Refusal, Unknown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.ledger.entry_builder import Intent
    from core.ledger.model import Change, Snapshot
    from core.ledger.rulebook import Rulebook

BY_THEMSELVES = (BatchKind.PINNED, BatchKind.LIFTED)
"""What is confirmed or lifted by itself; what an import confirms in passing goes with the import."""


def confirm(before: Snapshot, intent: Intent, balance: int, rulebook: Rulebook) -> Change | Refusal:
    """Pin the balance, which must be that of the books. What has expired is booked out first."""
    builder = EntryBuilder(before, intent, rulebook)
    builder.book_expired("")
    if builder.balance != balance:
        return BalanceMoved(balance, builder.balance)
    pinned = _batch(before, intent)._replace(at=builder.at, kind=BatchKind.PINNED, balance=balance)
    return builder.change()._replace(batch=sealed_batch(before.import_seal, pinned))


def lift(before: Snapshot, intent: Intent, number: int) -> Change:
    """Lift the pin that an import set."""
    return batch_alone(before, _batch(before, intent)._replace(kind=BatchKind.LIFTED, lifts=number))


def take_back(before: Snapshot, intent: Intent, target: Batch) -> Change:
    """Undo a confirmation, or the lifting of one."""
    return batch_alone(before, _batch(before, intent)._replace(kind=target.kind, of=target.number))


def cannot_lift(batches: Sequence[Batch], number: int) -> Refusal | None:
    """Why the pin that an import set cannot be lifted (None: it can be)."""
    pin = next((one for one in batches if one.number == number and one.balance is not None), None)
    if pin is None or pin not in standing(tuple(batches)):
        return Unknown("pin", str(number))
    lifted = standing(tuple(batches), BatchKind.LIFTED)
    return next((AlreadyDone("lift", one.number) for one in lifted if one.lifts == number), None)


def to_take_back(batches: Sequence[Batch], number: int) -> Batch | Refusal:
    """The confirmation, or the lifting of one, that has this number."""
    found = next((one for one in batches if one.number == number and one.kind in BY_THEMSELVES), None)
    if found is None or found.of is not None:
        return Unknown("pin", str(number))
    undo = next((one.number for one in batches if one.of == number), None)
    return found if undo is None else AlreadyDone("pin", undo)


def _batch(before: Snapshot, intent: Intent) -> Batch:
    return next_batch(before, intent, before.imports or 0)
