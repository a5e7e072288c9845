"""What the writer needs of PostgreSQL: one round trip to lock and look, one to write and commit, whatever the batch."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from storage.postgres.link import diagnose
from storage.postgres.statements import BLOCK, SEQUENCE, TO_TEXT, BatchSql, array, arrays
from storage.sql.journal import WriteSql
from storage.sql.session import Session
from storage.sql.tables.codec import (
    LotStates,
    born_row,
    changed_row,
    entry_row,
    posting_rows,
    read_head,
    read_lot,
    spent_row,
    wallet_row,
)
from storage.writer.group_commit import MOST_HELD, Booked, Found

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from core.ledger.model import Change, Lot, Receipt, Snapshot
    from core.ledger.ports import Scope
    from core.shared.ids import WalletId
    from storage.errors import Diagnosis
    from storage.postgres.link import WriteLink
    from storage.sql.store import SqlStore
    from storage.sql.tables.codec import Row
    from storage.writer.group_commit import Decided

NEXT_BLOCK: Final = f"SELECT nextval('{SEQUENCE}')"


class PostgresEngine:
    """On the writer's thread. Other processes write too: the lock on a wallet's row decides whose turn it is."""

    sole = False

    def __init__(self, link: WriteLink, store: SqlStore) -> None:
        self._link, self._session = link, Session(link)
        self._journal, self._outbox, self._promotions = store.ledger, store.outbox, store.promotions
        self._batch, self._sql = TO_TEXT.compiled(BatchSql), TO_TEXT.compiled(WriteSql)
        self._seen: dict[WalletId, tuple[str, tuple[Lot, ...]]] = {}
        self._ids: Iterator[int] = iter(())

    def begin(self, keys: Sequence[str], wallets: Collection[WalletId]) -> Found:
        """Begin a transaction, lock the wallets, read them, look up the keys."""
        self._link.later("BEGIN")
        if not wallets:
            return Found({}, {})
        heads, known = self._link.ask((self._batch.lock, (array(wallets),)), (self._batch.keys, (array(keys),)))
        return Found({row[0]: Booked(*row[1:]) for row in known}, self._with_lots(heads))

    def load(self, wallets: Collection[WalletId]) -> Mapping[WalletId, Snapshot]:
        """Lock wallets, in order of id, and read each with its open lots."""
        return self._with_lots(self._link.execute(self._batch.lock, (array(wallets),)))

    def _with_lots(self, rows: Iterable[Row]) -> dict[WalletId, Snapshot]:
        """Wallets with their open lots, which are read only where another process has moved them.

        Lots move with entries and with nothing else: where a wallet's seal is the one that we left, so are its lots.
        The read comes after the lock, for what was committed while we waited must be seen.
        """
        heads = {head.wallet: head for head in map(read_head, rows)}
        moved = [wallet for wallet, head in heads.items() if self._seen.get(wallet, ("?",))[0] != head.seal]
        if moved:
            lots = self._open_lots(moved)
            self._seen.update({wallet: (heads[wallet].seal, lots.get(wallet, ())) for wallet in moved})
        return {wallet: head._replace(lots=self._seen[wallet][1]) for wallet, head in heads.items()}

    def _open_lots(self, wallets: Collection[WalletId]) -> dict[WalletId, tuple[Lot, ...]]:
        rows = self._link.execute(self._batch.lots, (array(wallets),))
        return {
            wallet: tuple(read_lot(row[1:]) for row in lots) for wallet, lots in groupby(rows, key=lambda row: row[0])
        }

    def widen(self, base: Snapshot, scope: Scope) -> Snapshot:
        """Add what a scope names."""
        return self._promotions.widen(self._session, self._journal.widen(self._session, base, scope), scope)

    def receipt(self, booked: Booked) -> Receipt:
        """The receipt that was given then."""
        return self._journal.receipt(self._session, booked)

    def append(self, decided: Sequence[Decided]) -> None:
        """Keep for the commit: the journal row by row, and of each lot and wallet only its last state."""
        self._append_entries(decided)
        self._save_lots(decided)
        last = {after.wallet: (after, change.entries[-1].at) for _, change, after in decided}
        self._later(self._batch.wallets, [wallet_row(after, at) for after, at in last.values()])
        self._later(self._batch.spent, [spent_row(one.budget, one.wallet) for one, _ in last.values() if one.budget])
        for _, change, _ in decided:
            self._move_marks(change)
            if change.notices:
                self._outbox.keep(self._session, change.notices, change.entries[-1].at)
            if change.given is not None:
                self._promotions.give(self._session, change)
        if len(self._seen) > MOST_HELD:
            self._seen.clear()
        self._seen.update({wallet: (after.seal, after.lots) for wallet, (after, _) in last.items()})

    def _later(self, sql: str, rows: Sequence[Row]) -> None:
        if rows:
            self._link.later(sql, arrays(rows))

    def _append_entries(self, decided: Sequence[Decided]) -> None:
        entries: list[Row] = []
        postings: list[Row] = []
        for _, change, _ in decided:
            first = change.entries[0].number
            for entry in change.entries:
                number = self._next_id()
                entries.append(entry_row(number, entry, first))
                postings += posting_rows(number, entry)
        self._later(self._batch.entries, entries)
        self._later(self._batch.postings, postings)

    def _next_id(self) -> int:
        """A number for a row of the journal, from a block that no other process was given."""
        if (number := next(self._ids, None)) is None:
            block = self._link.execute(NEXT_BLOCK).fetchone()[0]
            self._ids = iter(range((block - 1) * BLOCK + 1, block * BLOCK + 1))
            number = next(self._ids)
        return number

    def _save_lots(self, decided: Sequence[Decided]) -> None:
        lots = LotStates()
        for before, change, _ in decided:
            lots.add(before, change)
        self._later(self._batch.born, [born_row(wallet, lot) for (wallet, _), lot in lots.born.items()])
        moved = {**lots.drawn, **lots.changed}
        self._later(self._batch.changed, [changed_row(wallet, lot) for (wallet, _), lot in moved.items()])

    def _move_marks(self, change: Change) -> None:
        for name in change.released:
            self._link.later(self._sql.release, (name,))
        for mark in change.marks:
            self._link.later(self._sql.mark, (mark.name, mark.wallet, mark.number))

    def commit(self) -> None:
        """Write what was kept and bring the transaction to the server's disk."""
        self._link.commit()

    def rollback(self) -> None:
        """Forget the transaction, and what was seen in it."""
        self._seen.clear()
        self._link.rollback()

    def diagnose(self, error: Exception) -> Diagnosis:
        """What an error of the driver means, and when to try again."""
        return diagnose(error)
