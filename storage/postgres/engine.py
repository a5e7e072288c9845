"""What the writer needs of PostgreSQL. A batch takes two round trips: one locks and reads, one writes and commits."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from core.shared.bounds import MOST_MONEY
from storage.postgres.link import diagnose
from storage.postgres.statements import BLOCK, SEQUENCE, TO_TEXT, BatchSql, array, arrays
from storage.sql.journal import WriteSql
from storage.sql.session import Session
from storage.sql.store import SqlEngine
from storage.sql.tables.codec import (
    LotStates,
    changed_lot_row,
    journal_rows,
    new_lot_row,
    read_head,
    read_lot,
    spent_row,
    wallet_row,
)
from storage.sql.tables.imports import batch_row, proposal_rows, sighting_rows
from storage.writer.group_commit import MOST_CACHED, Booked, Found

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from core.ledger.model import Change, Lot, Snapshot
    from core.shared.ids import WalletId
    from storage.errors import Diagnosis
    from storage.postgres.link import WriteLink
    from storage.sql.store import SqlStore
    from storage.sql.tables.codec import Row
    from storage.writer.bids import OnJob
    from storage.writer.group_commit import Decided

NEXT_BLOCK: Final = f"SELECT nextval('{SEQUENCE}')"


class PostgresEngine(SqlEngine):
    """Implements `storage.writer.group_commit.Engine`. Other processes write too, so it locks the rows of wallets."""

    sole = False

    def __init__(self, link: WriteLink, store: SqlStore) -> None:
        super().__init__(Session(link), store)
        self._link = link
        self._batch, self._sql = TO_TEXT.compiled(BatchSql), TO_TEXT.compiled(WriteSql)
        self._seen: dict[WalletId, tuple[str, tuple[Lot, ...]]] = {}
        self._ids: Iterator[int] = iter(())

    def begin(self, keys: Sequence[str], wallets: Collection[WalletId]) -> Found:
        self._link.later("BEGIN")
        if not wallets:
            return Found({}, {})
        ids = _storable(wallets)
        heads, known = self._link.ask((self._batch.lock, (array(ids),)), (self._batch.keys, (array(keys),)))
        return Found({row[0]: Booked(*row[1:]) for row in known}, self._with_lots(heads))

    def load(self, wallets: Collection[WalletId]) -> Mapping[WalletId, Snapshot]:
        return self._with_lots(self._link.execute(self._batch.lock, (array(_storable(wallets)),)))

    def _with_lots(self, rows: Iterable[Row]) -> dict[WalletId, Snapshot]:
        """Wallets with their open lots. Lots are read only if another process has changed them.

        Lots change with entries only. If a wallet still has the seal that we wrote last, its lots are unchanged too.
        The read follows the lock, so that it sees what was committed while we waited.
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

    @override
    def on_jobs(self, wanted: Collection[OnJob]) -> Iterable[Row]:
        asked = arrays(wanted)
        return self._link.execute(self._batch.on_jobs, (*asked, *asked))

    def append(self, decided: Sequence[Decided]) -> None:
        """Queue for the commit: the journal row by row, but of each lot and wallet only its last state."""
        self._append_entries(decided)
        self._save_lots(decided)
        last = {after.wallet: (after, change.entries[-1].at) for _, change, after in decided if change.entries}
        self._later(self._batch.wallets, [wallet_row(after, at) for after, at in last.values()])
        self._later(self._batch.spent, [spent_row(one.budget, one.wallet) for one, _ in last.values() if one.budget])
        for _, change, _ in decided:
            self._move_once_keys(change)
            if change.batch is not None:
                self._later(self._batch.batches, [batch_row(change.batch)])
                self._later(self._batch.sightings, sighting_rows(change.batch))
                self._later(self._batch.proposals, proposal_rows(change.batch))
            self.write_effects(change)
        if len(self._seen) > MOST_CACHED:
            self._seen.clear()
        self._seen.update({wallet: (after.seal, after.lots) for wallet, (after, _) in last.items()})

    def _later(self, sql: str, rows: Sequence[Row]) -> None:
        if rows:
            self._link.later(sql, arrays(rows))

    def _append_entries(self, decided: Sequence[Decided]) -> None:
        entries, postings = journal_rows(decided, iter(self._next_id, None))
        self._later(self._batch.entries, entries)
        self._later(self._batch.postings, postings)

    def _next_id(self) -> int:
        """The next id for a row of the journal, from a block that belongs to this process alone."""
        if (number := next(self._ids, None)) is None:
            block = self._link.execute(NEXT_BLOCK).fetchone()[0]
            self._ids = iter(range((block - 1) * BLOCK + 1, block * BLOCK + 1))
            number = next(self._ids)
        return number

    def _save_lots(self, decided: Sequence[Decided]) -> None:
        lots = LotStates(decided)
        self._later(self._batch.new_lots, [new_lot_row(wallet, lot) for (wallet, _), lot in lots.new.items()])
        changed = {**lots.drawn, **lots.changed}
        self._later(self._batch.changed_lots, [changed_lot_row(wallet, lot) for (wallet, _), lot in changed.items()])

    def _move_once_keys(self, change: Change) -> None:
        for name in change.released:
            self._link.later(self._sql.release, (name,))
        for key in change.once_keys:
            self._link.later(self._sql.once_key, (key.name, key.wallet, key.number))

    def commit(self) -> None:
        self._link.commit()

    def rollback(self) -> None:
        self._seen.clear()
        self._link.rollback()

    def diagnose(self, error: Exception) -> Diagnosis:
        return diagnose(error)


def _storable(wallets: Collection[WalletId]) -> list[WalletId]:
    """The ids that a wallet can have. The server refuses others instead of not finding them."""
    return [wallet for wallet in wallets if abs(wallet) <= MOST_MONEY]
