"""How an import is booked: its place in the chain, and a change that has nothing but it."""

from __future__ import annotations

from core.ledger.entry_builder import Intent, dated
from core.ledger.model import Change, Snapshot
from core.ledger.seal import sealed_batch
from core.ledger.sightings import Batch, BatchKind


def next_batch(before: Snapshot, intent: Intent, imports: int, kind: BatchKind = BatchKind.HISTORY) -> Batch:
    """The import that follows so many imports of a wallet, before it is sealed. The caller adds what it saw."""
    return Batch(
        before.wallet, imports + 1, dated(before, intent), intent.key.name, intent.by, salt=intent.secret, kind=kind
    )


def batch_alone(before: Snapshot, batch: Batch) -> Change:
    """A change that books an import and moves no Connects."""
    return Change((), (), low=before.low, budget=before.budget, batch=sealed_batch(before.import_seal, batch))
