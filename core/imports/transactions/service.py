"""What was really paid for Connects: a preview, then one change that books exactly what it showed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, NamedTuple

from core.booking import PLANS, fingerprint
from core.imports.writing import number_of, prove_same, write_planned
from core.ledger.change_keys import own_key
from core.ledger.entry_builder import Intent
from core.ledger.ports import Key
from core.shared.garbage import young_garbage_only
from core.shared.refusals import BooksMoved, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from core.imports.transactions.model import Transactions
    from core.imports.transactions.planning import Plan
    from core.imports.transactions.previews import TransactionsPreview
    from core.ledger.ports import LedgerStore, Record
    from core.ledger.requests import Request
    from core.ledger.rulebook import Rulebook
    from core.ledger.sightings import Batch
    from core.shared.ids import PersonId, WalletId
    from core.shared.ports import Clock


class Repriced(NamedTuple):
    """What was booked: the import, how many purchases got their true price, and how many spends follow.

    Booked earlier (`replayed`), only the import is known.
    """

    batch: Batch
    purchases: int = 0
    spends: int = 0
    replayed: bool = False


class TransactionsImports:
    """Books the true prices of purchases. Plans are made off the writer. Refusals are raised as `RefusedError`."""

    def __init__(self, store: LedgerStore, rulebook: Rulebook, clock: Clock, secret: Callable[[], str]) -> None:
        """Book into `store`, by the figures of `rulebook`; `secret` gives each change the secret of its texts."""
        self._store, self._rulebook, self._clock, self._secret = store, rulebook, clock, secret

    async def preview(
        self, wallet: WalletId, transactions: Transactions, settled: Mapping[str, int], by: PersonId | None = None
    ) -> TransactionsPreview:
        """What these fees would change in the books now."""
        record = await self._store.ledger.record(wallet)
        intent = self._intent(Key("preview", ""), by)
        with young_garbage_only():
            return (await asyncio.to_thread(self._planned, record, transactions, settled, intent))[1]

    async def book(
        self,
        request: Request,
        transactions: Transactions,
        settled: Mapping[str, int],
        stamp: str,
        *,
        pinned: bool = True,
    ) -> Repriced:
        """Book what the preview with this stamp showed, all of it or nothing.

        `pinned`: with the purchases of a time whose balance is confirmed. If something else would be booked by now, it
        is refused (`BooksMoved`). The same request books once.
        """
        key = Key(own_key(request.key), fingerprint(request.wallet, "transactions", stamp, pinned))
        with young_garbage_only():
            for _ in range(PLANS):
                record = await self._store.ledger.record(request.wallet)
                if (number := number_of(record, key)) is not None:
                    await prove_same(self._store.ledger, record, key)
                    return Repriced(record.batches[number - 1], replayed=True)
                intent = self._intent(key, request.by)
                planned, shown = await asyncio.to_thread(self._planned, record, transactions, settled, intent)
                if not pinned:
                    planned = await asyncio.to_thread(self._without_pinned, record, transactions, settled, intent)
                if shown.stamp != stamp or planned.change is None or planned.restated is None:
                    raise RefusedError(BooksMoved())
                receipt = await write_planned(self._store.ledger, record, intent, planned.change, request.shown_in)
                if receipt is not None and not receipt.replayed and planned.change.batch is not None:
                    booked = len(planned.changed) - (0 if pinned else len(planned.pinned))
                    return Repriced(planned.change.batch, booked, len(planned.restated.recosted))
        raise RefusedError(BooksMoved())

    def _intent(self, key: Key, by: PersonId | None) -> Intent:
        return Intent(key, self._clock.now(), by, secret=self._secret())

    def _planned(
        self, record: Record, transactions: Transactions, settled: Mapping[str, int], intent: Intent
    ) -> tuple[Plan, TransactionsPreview]:
        from core.imports.transactions.planning import Asked, plan  # most starts of a bot see no transactions
        from core.imports.transactions.previews import preview_of

        planned = plan(record, Asked(transactions, settled, intent), self._rulebook)
        return planned, preview_of(planned, transactions.fees)

    def _without_pinned(
        self, record: Record, transactions: Transactions, settled: Mapping[str, int], intent: Intent
    ) -> Plan:
        from core.imports.transactions.planning import Asked, plan

        return plan(record, Asked(transactions, settled, intent, pinned=False), self._rulebook)
