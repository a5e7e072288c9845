"""Books what somebody says of a proposal, and takes it back: an import of one line, which moves no Connects."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from core.booking import PLANS
from core.ledger.entry_builder import clock_behind
from core.ledger.past.batches import batch_alone, next_batch
from core.ledger.ports import Scope
from core.ledger.sightings import Batch, BatchKind
from core.shared.refusals import AlreadyDone, BooksMoved, KeyReused, Refusal, RefusedError, Unknown

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from core.ledger.entry_builder import Intent
    from core.ledger.model import Change, Receipt, Snapshot
    from core.ledger.ports import Ledger
    from core.ledger.sightings import ProposalSighting
    from core.shared.ids import WalletId

Said: TypeAlias = tuple[Batch, bool]
"""What was said, as an import, and whether it was booked earlier by the same request."""


async def tell(
    ledger: Ledger, wallet: WalletId, intent: Intent, told: ProposalSighting, day: date | None = None
) -> Said:
    """Book what somebody says of a proposal, as of a day (None: now). The same intent is booked once."""
    receipt = await _write(ledger, intent, Batch(wallet, 0, intent.at, "", last=day, proposals=(told,)))
    batch = await ledger.imported(wallet, intent.key.name)
    if batch is None or [one._replace(salt="", digest="", seal="") for one in batch.proposals] != [told]:
        raise RefusedError(KeyReused(intent.key.name))
    return batch, receipt.replayed


async def take_back(ledger: Ledger, wallet: WalletId, intent: Intent, number: int) -> Said:
    """Undo what somebody said, which is the import with this number. The same intent is booked once."""
    for _ in range(PLANS):
        batches = await ledger.batches(wallet)
        if (undo := next((one for one in batches if one.key == intent.key.name), None)) is not None:
            if undo.of != number:
                raise RefusedError(KeyReused(intent.key.name))
            return batches[number - 1], True
        told = _standing(batches, number)
        try:
            await _write(ledger, intent, Batch(wallet, 0, intent.at, "", of=number), len(batches))
        except RefusedError as refused:
            if not isinstance(refused.refusal, BooksMoved):
                raise
        else:
            return told, False
    raise RefusedError(BooksMoved())


def _standing(batches: Sequence[Batch], number: int) -> Batch:
    """What somebody said and has not taken back; anything else is refused."""
    found = next((one for one in batches if one.number == number and one.of is None), None)
    if found is None or found.kind is not BatchKind.TOLD:
        raise RefusedError(Unknown("import", str(number)))
    undo = next((one.number for one in batches if one.of == number), None)
    if undo is not None:
        raise RefusedError(AlreadyDone("import", undo))
    return found


async def _write(ledger: Ledger, intent: Intent, draft: Batch, seen: int | None = None) -> Receipt:
    """Book an import; refused (`BooksMoved`) if there are other imports than were `seen` (None: however many)."""

    def decide(before: Snapshot) -> Change | Refusal:
        if seen is not None and before.imports != seen:
            return BooksMoved()
        return clock_behind(before, intent) or _change(before, intent, draft)

    outcome = await ledger.write(Scope(draft.wallet, imports=True), intent.key, decide)
    if isinstance(outcome, Refusal):
        raise RefusedError(outcome)
    return outcome


def _change(before: Snapshot, intent: Intent, draft: Batch) -> Change:
    batch = next_batch(before, intent, before.imports or 0, BatchKind.TOLD)
    return batch_alone(before, batch._replace(last=draft.last, proposals=draft.proposals, of=draft.of))
