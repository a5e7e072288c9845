"""The service of "My proposals": a preview, then one import that books exactly what it showed. `Imports` undoes it."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from core.booking import PLANS, fingerprint
from core.imports.known import SKEW, moment_of
from core.imports.writing import number_of, prove_same, write_planned
from core.ledger.change_keys import own_key
from core.ledger.entry_builder import Intent
from core.ledger.ports import Key
from core.shared.garbage import young_garbage_only
from core.shared.refusals import BooksMoved, NotThatDay, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.imports.my_proposals.planning import MyProposalsPreview
    from core.ledger.model import Change
    from core.ledger.ports import LedgerStore, Record
    from core.ledger.requests import Request
    from core.ledger.rulebook import Rulebook
    from core.ledger.sightings import Batch
    from core.proposals.my_proposals import MyProposals, MyProposalsAnswers
    from core.shared.ids import PersonId, WalletId
    from core.shared.ports import Clock


class ImportedMyProposals(NamedTuple):
    """What was booked, and what it said (None: it was booked earlier)."""

    batch: Batch
    preview: MyProposalsPreview | None


class MyProposalsImports:
    """Imports "My proposals" into wallets. Refusals are raised as `RefusedError`."""

    def __init__(self, store: LedgerStore, rulebook: Rulebook, clock: Clock, secret: Callable[[], str]) -> None:
        """Book into `store`; `secret` gives each import the secret of its texts."""
        self._store, self._rulebook, self._clock, self._secret = store, rulebook, clock, secret

    async def preview(
        self,
        wallet: WalletId,
        page: MyProposals,
        answers: MyProposalsAnswers,
        by: PersonId | None = None,
        after: Change | None = None,
    ) -> MyProposalsPreview:
        """What an import of the page would set now, or `after` another change. A day to come is refused."""
        days = (seen.day for seen in page.proposals if seen.day is not None)
        latest = max(days, default=date.min)
        if latest > self._clock.now().date() + SKEW:
            raise RefusedError(NotThatDay("future", moment_of(latest)))
        record = await self._store.ledger.record(wallet)
        if after is not None:
            record = _with(record, after)
        return await self._planned(record, page, answers, self._intent(Key("preview", ""), by))

    async def _planned(
        self, record: Record, page: MyProposals, answers: MyProposalsAnswers, intent: Intent
    ) -> MyProposalsPreview:
        from core.imports.my_proposals.planning import preview_of  # most starts of a bot see no import

        with young_garbage_only():
            return await asyncio.to_thread(preview_of, record, page, answers, intent, self._rulebook)

    async def book(
        self, request: Request, page: MyProposals, answers: MyProposalsAnswers, stamp: str
    ) -> ImportedMyProposals:
        """Book what the preview with this stamp showed, all of it or nothing.

        If something else would be booked by now, it is refused (`BooksMoved`). The same request books once.
        """
        key = Key(own_key(request.key), fingerprint(request.wallet, "import proposals", stamp))
        for _ in range(PLANS):
            record = await self._store.ledger.record(request.wallet)
            if (number := number_of(record, key)) is not None:
                await prove_same(self._store.ledger, record, key)
                return ImportedMyProposals(record.batches[number - 1], None)
            intent = self._intent(key, request.by)
            preview = await self._planned(record, page, answers, intent)
            if preview.stamp != stamp or preview.change is None or preview.change.batch is None:
                raise RefusedError(BooksMoved())
            receipt = await write_planned(self._store.ledger, record, intent, preview.change, request.shown_in)
            if receipt is not None and not receipt.replayed:
                return ImportedMyProposals(preview.change.batch, preview)
        raise RefusedError(BooksMoved())

    def _intent(self, key: Key, by: PersonId | None) -> Intent:
        return Intent(key, self._clock.now(), by, secret=self._secret())


def _with(record: Record, change: Change) -> Record:
    """The wallet as it would be after a change."""
    batches = record.batches if change.batch is None else (*record.batches, change.batch)
    return record._replace(entries=(*record.entries, *change.entries), batches=batches)
