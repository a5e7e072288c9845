"""The reference store's journal and its projections."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from core.ledger.bids import bids_in
from core.ledger.flows import flows_of, movements_in, paid_in, unknown_in
from core.ledger.model import Entry, Kind, Lot, OnceKey, Receipt, Snapshot
from core.ledger.ports import Expiring, Record, Scope
from core.ledger.sightings import standing
from core.shared.refusals import KeyReused, Refusal, RefusedError, Unknown
from storage.errors import StoreClosedError, UnfitChangeError
from storage.memory.book import Book, touched_by
from storage.memory.tables import Booked
from storage.writer.invariants import check_fits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from core.ledger.flows import Flows
    from core.ledger.model import Change
    from core.ledger.ports import Decide, Key
    from core.ledger.sightings import Batch, Sighting
    from core.shared.ids import WalletId
    from storage.memory.outbox import MemoryOutbox
    from storage.memory.promotions import MemoryPromotions
    from storage.memory.tables import Tables
    from storage.writer.group_commit import Decided

RECENT_SPENDS = 1000


class MemoryLedger:
    """Implements `core.ledger.ports.Ledger`. A write never awaits, so nothing can come in between."""

    def __init__(self, tables: Tables, outbox: MemoryOutbox, promotions: MemoryPromotions) -> None:
        """`outbox` takes the notices of a change, `promotions` what it draws from a supply."""
        self._tables, self._outbox, self._promotions = tables, outbox, promotions

    async def write(self, scope: Scope, key: Key, decide: Decide) -> Receipt | Refusal:
        if self._tables.closed:
            raise StoreClosedError("the store is closed")
        if (booked := self._tables.booked.get(key.name)) is not None:
            return self._replayed(booked, scope, key)
        if scope.imports and (found := self._import_under(key.name)) is not None:
            return Receipt((), (), replayed=True) if found.wallet == scope.wallet else KeyReused(key.name)
        book = self._tables.books.get(scope.wallet)
        if book is None or book.closed:
            return Unknown("wallet", str(scope.wallet))
        before = self._snapshot(book, scope)
        outcome = decide(before)
        if isinstance(outcome, Refusal):
            return outcome
        check_fits(before, outcome, key.name)
        self._check_once(outcome)
        self._store(book, outcome)
        return Receipt(outcome.entries, outcome.lots)

    def _replayed(self, booked: Booked, scope: Scope, key: Key) -> Receipt | Refusal:
        book = self._tables.books[booked.wallet]
        entry = book.entries[booked.number - 1]
        if entry.body != key.body or booked.wallet != scope.wallet:
            return KeyReused(key.name)
        if self._import_under(key.name) is not None:
            return Receipt((entry,), (), replayed=True)
        lots = book.at(book.entries[: booked.number])
        entries = tuple(book.entries[booked.first - 1 : booked.number])
        touched = touched_by(entries)
        return Receipt(entries, tuple(lots[number] for number in touched), replayed=True)

    def _snapshot(self, book: Book, scope: Scope) -> Snapshot:
        named = set(scope.entries)
        related = tuple(entry for entry in book.entries if entry.number in named)
        followers = book.referring(named)
        touched = set(touched_by((*related, *followers)))
        lots = [
            lot
            for lot in book.lots.values()
            if lot.left or lot.number in touched or (scope.recent is not None and lot.issued >= scope.recent)
        ]
        return book.head(lots)._replace(
            related=related,
            followers=followers,
            once_keys=tuple(self._once_keys_in(scope)),
            left=self._promotions.left(scope.promotion),
            claimed=self._promotions.claimed(scope),
            imports=len(book.batches) if scope.imports else None,
            import_seal=book.batches[-1].seal if scope.imports and book.batches else "",
            import_at=book.batches[-1].at if scope.imports and book.batches else None,
            dated=any(entry.happened for entry in book.entries) if scope.dated else None,
            bids=bids_in(entry for job in scope.jobs for entry in self._on_job(book, job)),
        )

    def _import_under(self, key: str) -> Batch | None:
        every = (batch for book in self._tables.books.values() for batch in book.batches)
        return next((batch for batch in every if batch.key == key), None)

    def _once_keys_in(self, scope: Scope) -> Iterator[OnceKey]:
        for name, key in sorted(self._tables.once_keys.items()):
            if name in scope.once_keys or (key.wallet == scope.wallet and key.number in scope.entries):
                yield key

    def _check_once(self, *changes: Change) -> None:
        """Raise `UnfitChangeError` if changes, written in this order, would book a key or take a once-key twice."""
        booked, taken = set[str](), set(self._tables.once_keys)
        for change in changes:
            for entry in change.entries:
                if entry.key in self._tables.booked or entry.key in booked:
                    raise UnfitChangeError(f"the key {entry.key} was booked before")
                booked.add(entry.key)
            taken -= set(change.released)
            for key in change.once_keys:
                if key.name in taken:
                    raise UnfitChangeError(f"the once-key {key.name} was taken before")
                taken.add(key.name)

    def head(self, wallet: WalletId) -> Snapshot:
        """A wallet with its open lots, and with the number of its imports."""
        return self._snapshot(self._tables.books[wallet], Scope(wallet, imports=True))

    def append(self, decided: Sequence[Decided]) -> None:
        """Write decided changes in their order, all of them or none."""
        self._check_once(*(one.change for one in decided))
        for one in decided:
            self._store(self._tables.books[one.before.wallet], one.change)

    def _store(self, book: Book, change: Change) -> None:
        if change.batch is not None:
            book.batches.append(change.batch)
        if not change.entries:
            return
        first = change.entries[0].number
        for entry in change.entries:
            self._tables.booked[entry.key] = Booked(book.id, first, entry.number)
        book.entries.extend(change.entries)
        book.low, book.budget, book.limits = change.low, change.budget, change.limits
        self._outbox.store(change.notices, change.entries[-1].at)
        self._promotions.draw(change)
        book.lots.update({lot.number: lot for lot in change.lots})
        for name in change.released:
            self._tables.once_keys.pop(name, None)
        self._tables.once_keys.update({key.name: key for key in change.once_keys})

    async def holding(self, wallet: WalletId) -> Snapshot:
        book = self._book(wallet)
        return book.head(lot for lot in book.lots.values() if lot.left)

    async def record(self, wallet: WalletId) -> Record:
        book = self._book(wallet)
        keys = tuple(key for _, key in sorted(self._tables.once_keys.items()) if key.wallet == wallet)
        last = book.batches[-1].at if book.batches else None
        head = book.head(book.lots.values())._replace(once_keys=keys, import_at=last)
        return Record(head, tuple(book.entries), tuple(book.batches))

    async def lots(self, wallet: WalletId) -> tuple[Lot, ...]:
        book = self._tables.books.get(wallet)
        return () if book is None else tuple(lot for _, lot in sorted(book.lots.items()))

    async def lots_at(self, wallet: WalletId, at: datetime) -> tuple[Lot, ...]:
        if wallet not in self._tables.books:
            return ()
        book = self._tables.books[wallet]
        lots = book.at(book.happened_by(at))
        return tuple(lot for _, lot in sorted(lots.items()) if lot.issued <= at)

    async def history(self, wallet: WalletId, before: int | None, limit: int) -> tuple[Entry, ...]:
        entries = self._tables.books[wallet].entries if wallet in self._tables.books else []
        below = entries if before is None else entries[: max(before - 1, 0)]
        return tuple(reversed(below))[:limit]

    async def happened_since(self, wallet: WalletId, since: datetime) -> tuple[Entry, ...]:
        return tuple(entry for entry in self._by_time(wallet) if entry.when >= since)

    async def latest(self, wallet: WalletId, limit: int) -> tuple[Entry, ...]:
        counted = [entry.when for entry in self._by_time(wallet) if entry.kind is not Kind.RECAST]
        return await self.happened_since(wallet, counted[-limit:][0]) if counted else ()

    async def flows(self, wallet: WalletId, edges: Sequence[datetime]) -> tuple[Flows, ...]:
        book = self._tables.books.get(wallet)
        spans = max(len(edges) - 1, 0)
        if book is None:
            return flows_of((), spans)
        lots = book.lots.values()
        return flows_of(movements_in(book.entries, edges, unknown_in(lots), paid_in(lots)), spans)

    def _by_time(self, wallet: WalletId) -> list[Entry]:
        entries = self._tables.books[wallet].entries if wallet in self._tables.books else []
        return sorted(entries, key=lambda entry: (entry.when, entry.number))

    async def entry(self, wallet: WalletId, number: int) -> Entry | None:
        entries = self._tables.books[wallet].entries if wallet in self._tables.books else []
        return entries[number - 1] if 0 < number <= len(entries) else None

    async def booked(self, wallet: WalletId, key: str) -> tuple[Entry, ...]:
        booked = self._tables.booked.get(key)
        if booked is None or booked.wallet != wallet:
            return ()
        return tuple(self._tables.books[wallet].entries[booked.first - 1 : booked.number])

    async def imported(self, wallet: WalletId, key: str) -> Batch | None:
        found = self._import_under(key)
        return found._replace(sightings=()) if found is not None and found.wallet == wallet else None

    async def batches(self, wallet: WalletId) -> tuple[Batch, ...]:
        batches = self._tables.books[wallet].batches if wallet in self._tables.books else []
        return tuple(batch._replace(sightings=()) for batch in batches)

    async def sightings(self, wallet: WalletId, after: tuple[int, int], limit: int) -> tuple[tuple[int, Sighting], ...]:
        batches = self._tables.books[wallet].batches if wallet in self._tables.books else []
        rows = ((batch.number, row) for batch in batches for row in batch.sightings)
        return tuple(islice((one for one in rows if (one[0], one[1].line) > after), limit))

    async def titles(self, wallet: WalletId, limit: int) -> tuple[str, ...]:
        memos = dict.fromkeys(entry.memo for entry in self._spends(wallet)[:RECENT_SPENDS] if entry.memo)
        return tuple(memos)[:limit]

    async def on_job(self, wallet: WalletId, job: str) -> tuple[Entry, ...]:
        book = self._tables.books.get(wallet)
        return () if book is None else self._on_job(book, job)

    def _on_job(self, book: Book, job: str) -> tuple[Entry, ...]:
        if not job:
            return ()
        rows = (row for batch in standing(tuple(book.batches)) for row in batch.sightings)
        seen = {row.number for row in rows if row.job == job}
        return tuple(entry for entry in self._spends(book.id) if entry.job == job or entry.number in seen)

    def _spends(self, wallet: WalletId) -> list[Entry]:
        """The spends that are not undone, newest first by when they happened."""
        entries = self._tables.books[wallet].entries if wallet in self._tables.books else []
        undone = {entry.of for entry in entries if entry.kind is Kind.UNDO}
        spends = (entry for entry in entries if entry.kind is Kind.SPEND and entry.number not in undone)
        return sorted(spends, key=lambda entry: (entry.when, entry.number), reverse=True)

    async def lapsed(self, now: datetime, limit: int) -> tuple[WalletId, ...]:
        due: dict[WalletId, datetime] = {}
        for book in self._open_books():
            expired = [lot.expires for lot in book.lots.values() if lot.left and lot.expires and lot.expires <= now]
            if expired:
                due[book.id] = min(expired)
        return tuple(sorted(due, key=lambda wallet: (due[wallet], wallet)))[:limit]

    async def expiring(self, after: datetime, until: datetime, limit: int) -> tuple[Expiring, ...]:
        found = [
            (lot.expires, book.id, lot.number, lot)
            for book in self._open_books()
            for lot in book.lots.values()
            if lot.left and lot.expires is not None and after < lot.expires <= until
        ]
        chosen = [(wallet, lot) for _, wallet, _, lot in sorted(found)[:limit]]
        return tuple(
            Expiring(wallet, lot, self._tables.books[wallet].settings.alerts.expiring) for wallet, lot in chosen
        )

    def _open_books(self) -> Iterator[Book]:
        return (book for book in self._tables.books.values() if not book.closed)

    def _book(self, wallet: WalletId) -> Book:
        if wallet not in self._tables.books:
            raise RefusedError(Unknown("wallet", str(wallet)))
        return self._tables.books[wallet]
