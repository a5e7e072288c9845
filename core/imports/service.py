"""The imports' service: a preview, then one change that books exactly what it showed, and its undo."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING, Protocol

from core.booking import PLANS, fingerprint
from core.imports.known import SKEW, moment_of
from core.imports.model import Imported, UndoneImport
from core.imports.my_proposals.service import MyProposalsImports
from core.imports.transactions.service import TransactionsImports
from core.imports.writing import number_of, prove_same, write_planned
from core.ledger.change_keys import change_key, own_key
from core.ledger.entry_builder import Intent
from core.ledger.model import Kind
from core.ledger.past.lineage import brought, is_return
from core.ledger.past.pins import refusal_of
from core.ledger.ports import Key, LedgerStore
from core.ledger.seal import new_secret
from core.ledger.sightings import BatchKind
from core.shared.garbage import young_garbage_only
from core.shared.refusals import BooksMoved, NotThatDay, Refusal, RefusedError
from core.wallets.ports import PeopleStore

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from core.imports.model import Answers, Page, Preview
    from core.imports.planning import Plan
    from core.ledger.model import Entry
    from core.ledger.ports import Record
    from core.ledger.requests import Request
    from core.ledger.rulebook import Rulebook
    from core.ledger.sightings import Batch
    from core.shared.ids import PersonId, WalletId
    from core.shared.ports import Clock


class ImportStore(LedgerStore, PeopleStore, Protocol):
    """What imports need from a store."""


class Imports:
    """Imports Upwork's pages into wallets. Plans are made off the writer; the writer only compares the books' state.

    Refusals are raised as `RefusedError`.
    """

    def __init__(
        self, store: ImportStore, rulebook: Rulebook, clock: Clock, secret: Callable[[], str] = new_secret
    ) -> None:
        """Book into `store`, by the figures of `rulebook`; `secret` gives each change the secret of its texts."""
        self._store, self.rulebook, self.clock, self._secret = store, rulebook, clock, secret

    def over(self, store: ImportStore) -> Imports:
        """The same service, reached through another view of the same store."""
        return Imports(store, self.rulebook, self.clock, self._secret)

    @property
    def my_proposals(self) -> MyProposalsImports:
        """The service of "My proposals", on the same store."""
        return MyProposalsImports(self._store, self.rulebook, self.clock, self._secret)

    @property
    def transactions(self) -> TransactionsImports:
        """The service of the list of transactions, on the same store."""
        return TransactionsImports(self._store, self.rulebook, self.clock, self._secret)

    async def preview(
        self, wallet: WalletId, pages: Sequence[Page], answers: Answers, by: PersonId | None = None
    ) -> Preview:
        """What an import of these pages would book now. A day to come is refused (`NotThatDay`)."""
        latest = max((row.day for page in pages for row in page.rows), default=date.min)
        if latest > self.clock.now().date() + SKEW:
            raise RefusedError(NotThatDay("future", moment_of(latest)))
        with young_garbage_only():
            return await self._preview(wallet, pages, answers, by)

    async def _preview(self, wallet: WalletId, pages: Sequence[Page], answers: Answers, by: PersonId | None) -> Preview:
        record = await self._store.ledger.record(wallet)
        intent = self._intent(Key("preview", ""), by)
        shared = await self._is_shared(wallet)
        _, shown = await asyncio.to_thread(self._planned, record, pages, answers, intent, shared=shared)
        return shown

    async def _is_shared(self, wallet: WalletId) -> bool:
        return await self._store.people.group_of(wallet) is not None

    def _intent(self, key: Key, by: PersonId | None) -> Intent:
        return Intent(key, self.clock.now(), by, secret=self._secret())

    def _planned(
        self, record: Record, pages: Sequence[Page], answers: Answers, intent: Intent, *, shared: bool
    ) -> tuple[Plan, Preview]:
        from core.imports.planning import Asked, plan  # most starts of a bot see no import
        from core.imports.previews import preview_of

        planned = plan(record, Asked(pages, answers, intent, shared), self.rulebook)
        return planned, preview_of(planned, answers, intent.at.date(), self.rulebook)

    async def book(self, request: Request, pages: Sequence[Page], answers: Answers, stamp: str) -> Imported:
        """Book what the preview with this stamp showed, all of it or nothing.

        If something else would be booked by now, it is refused (`BooksMoved`). The same request books once.
        """
        key = Key(own_key(request.key), fingerprint(request.wallet, "import", stamp))
        with young_garbage_only():
            return await self._book(request, key, pages, answers, stamp)

    async def _book(self, request: Request, key: Key, pages: Sequence[Page], answers: Answers, stamp: str) -> Imported:
        shared = await self._is_shared(request.wallet)
        for _ in range(PLANS):
            record = await self._store.ledger.record(request.wallet)
            if (number := number_of(record, key)) is not None:
                return await self._replayed(record, key, number)
            intent = self._intent(key, request.by)
            planned, shown = await asyncio.to_thread(self._planned, record, pages, answers, intent, shared=shared)
            if shown.stamp != stamp or planned.change is None:
                raise RefusedError(BooksMoved())
            receipt = await write_planned(self._store.ledger, record, intent, planned.change, request.shown_in)
            if receipt is not None and not receipt.replayed:
                batch = planned.change.batch or record.batches[-1]
                return await asyncio.to_thread(_imported, batch, receipt.entries, len(planned.new), shown.after)
        raise RefusedError(BooksMoved())

    async def _replayed(self, record: Record, key: Key, number: int) -> Imported:
        """What was booked under this key before; refused (`KeyReused`) if it was something else."""
        await prove_same(self._store.ledger, record, key)
        batch = record.batches[number - 1]
        entries = [entry for entry in record.entries if change_key(entry.key) == key.name]
        rows = sum(seen.booked for seen in batch.sightings)
        return _imported(batch, entries, rows, record.head.balance)._replace(replayed=True)

    async def undo(self, request: Request, number: int | None = None) -> UndoneImport:
        """Take an import back (None: the latest that stands). The same request undoes once.

        If that would break a pin, it is refused (`BeforePin`), unless the request says that it may.
        """
        key = Key(own_key(request.key), fingerprint(request.wallet, "undo import", number))
        with young_garbage_only():
            return await self._undo(request, key, number)

    async def _undo(self, request: Request, key: Key, number: int | None) -> UndoneImport:
        from core.imports.transactions.undoing import plan_undo as plan_undo_of_transactions
        from core.imports.undoing import plan_undo, target_of

        for _ in range(PLANS):
            record = await self._store.ledger.record(request.wallet)
            if (undo := number_of(record, key)) is not None:
                return await self._undone_before(record, key, undo)
            target = target_of(record, number)
            if isinstance(target, Refusal):
                raise RefusedError(target)
            intent = self._intent(key, request.by)
            planning = plan_undo_of_transactions if target.kind is BatchKind.TRANSACTIONS else plan_undo
            undoing = await asyncio.to_thread(planning, record, intent, self.rulebook, target)
            if undoing.undone.unpins is not None and not request.past_pins:
                raise RefusedError(refusal_of(undoing.undone.unpins))
            receipt = await write_planned(self._store.ledger, record, intent, undoing.change, request.shown_in)
            if receipt is not None and not receipt.replayed:
                return undoing.undone
        raise RefusedError(BooksMoved())

    async def _undone_before(self, record: Record, key: Key, number: int) -> UndoneImport:
        await prove_same(self._store.ledger, record, key)
        batch = record.batches[(record.batches[number - 1].of or number) - 1]
        return UndoneImport(batch, 0, (), record.head.balance, record.head.balance, replayed=True)

    async def batches(self, wallet: WalletId) -> tuple[Batch, ...]:
        """The imports of a wallet and the undos of imports, oldest first."""
        return (await self._store.ledger.record(wallet)).batches


def _imported(batch: Batch, entries: Sequence[Entry], rows: int, balance: int) -> Imported:
    numbers = {seen.number for seen in batch.sightings if seen.booked}
    own = [entry for entry in entries if entry.number in numbers]
    spent = -sum(entry.delta for entry in own if entry.kind is Kind.SPEND)
    returned = sum(brought(entry) for entry in own if is_return(entry))
    return Imported(batch, tuple(entries), rows, spent, returned, balance)
