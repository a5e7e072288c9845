"""Writes what was planned of an import: in the transaction only the state of the books is compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.alerts.feed import with_feed
from core.ledger.entry_builder import clock_behind
from core.ledger.limits import within_limits_then
from core.ledger.ports import Scope
from core.ledger.rules import bounded
from core.shared.refusals import BooksMoved, Refusal, RefusedError

if TYPE_CHECKING:
    from core.delivery.notice import Target
    from core.ledger.entry_builder import Intent
    from core.ledger.model import Change, Receipt, Snapshot
    from core.ledger.ports import Key, Ledger, Record


async def write_planned(
    ledger: Ledger, record: Record, intent: Intent, change: Change, shown_in: Target | None
) -> Receipt | None:
    """Write a change, unless the books are no longer those for which it was planned (None).

    No limit keeps it out, because what a page shows was spent already. `shown_in`: see `core.ledger.requests.Request`.
    """
    counted = within_limits_then(record, change, over_limits=True)

    def decide(before: Snapshot) -> Change | Refusal:
        if _state(before, before.imports) != _state(record.head, len(record.batches)):
            return BooksMoved()
        return clock_behind(before, intent) or with_feed(before, bounded(counted), shown_in)

    outcome = await ledger.write(Scope(record.head.wallet, imports=True), intent.key, decide)
    if isinstance(outcome, BooksMoved):
        return None
    if isinstance(outcome, Refusal):
        raise RefusedError(outcome)
    return outcome


async def prove_same(ledger: Ledger, record: Record, key: Key) -> None:
    """Raise (`KeyReused`) if something else was booked under this key."""
    outcome = await ledger.write(Scope(record.head.wallet, imports=True), key, lambda _before: BooksMoved())
    if isinstance(outcome, Refusal):
        raise RefusedError(outcome)


def number_of(record: Record, key: Key) -> int | None:
    """The number of the import, or the undo, that was booked under a key (None: there is none)."""
    return next((batch.number for batch in record.batches if batch.key == key.name), None)


def _state(head: Snapshot, imports: int | None) -> tuple[object, ...]:
    """What a plan goes by: the journal, the imports, and the settings that alerts go by."""
    limits = None if head.limits is None else head.limits.terms
    return head.entries, head.seal, imports, head.threshold, head.low, head.budget, limits
