"""SQLite through the standard library's driver: how connections are opened, and what the writer needs of them."""

from __future__ import annotations

import json
import sqlite3
from itertools import count
from typing import TYPE_CHECKING, Final

from sqlalchemy import bindparam, func, literal_column, select
from sqlalchemy.dialects.sqlite import dialect
from sqlmodel import col
from typing_extensions import override

from core.shared.refusals import Outage, UnavailableError
from storage.errors import Diagnosis, StorageError, UnfitChangeError
from storage.sql.imports import ImportSql
from storage.sql.journal import WriteSql
from storage.sql.session import Session
from storage.sql.store import SqlEngine
from storage.sql.tables.codec import (
    LotStates,
    changed_lot_row,
    drawn_lot_row,
    journal_rows,
    new_lot_row,
    spent_row,
    wallet_row,
)
from storage.sql.tables.compiler import KEY, Compiler
from storage.sql.tables.imports import batch_row, proposal_rows, sighting_rows
from storage.sql.tables.ledger import Entry
from storage.sql.tables.on_jobs import on_jobs
from storage.writer.group_commit import Booked, Found

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from core.ledger.model import Change, Snapshot
    from core.shared.ids import WalletId
    from storage.sql.store import SqlStore
    from storage.sql.tables.codec import Row
    from storage.sqlite.checkpoint import Checkpointer
    from storage.writer.bids import OnJob
    from storage.writer.group_commit import Decided

TO_TEXT: Final = Compiler(dialect(paramstyle="qmark"))
WRITING: Final = (
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",  # so that INSERT OR REPLACE also fires the triggers that guard the journal
    "PRAGMA wal_autocheckpoint = 0",
    "PRAGMA journal_size_limit = 67108864",
    "PRAGMA cache_size = -65536",
    "PRAGMA secure_delete = ON",  # what somebody has deleted leaves no bytes behind
)
ASKED: Final = func.json_each(bindparam("names")).table_valued("value")
ASKED_KEYS: Final = TO_TEXT(select(*KEY).select_from(ASKED).join(Entry, col(Entry.key) == ASKED.c.value), "names")
ASKED_JOBS: Final = func.json_each(bindparam("jobs")).table_valued("value")
ON_JOBS: Final = TO_TEXT(
    on_jobs(
        ASKED_JOBS,
        func.json_extract(ASKED_JOBS.c.value, literal_column("'$[0]'")),
        func.json_extract(ASKED_JOBS.c.value, literal_column("'$[1]'")),
    ),
    "jobs", "jobs",
)  # fmt: skip
OUTAGES: Final = {
    sqlite3.SQLITE_BUSY: Outage.BUSY,
    sqlite3.SQLITE_LOCKED: Outage.BUSY,
    sqlite3.SQLITE_FULL: Outage.FULL,
    sqlite3.SQLITE_READONLY: Outage.READ_ONLY,
    sqlite3.SQLITE_PERM: Outage.READ_ONLY,
    sqlite3.SQLITE_IOERR: Outage.BROKEN,
    sqlite3.SQLITE_CORRUPT: Outage.BROKEN,
    sqlite3.SQLITE_NOTADB: Outage.BROKEN,
    sqlite3.SQLITE_CANTOPEN: Outage.BROKEN,
}
LOCKS_WITHIN: Final = 10.0
READING: Final = ("PRAGMA query_only = ON", "PRAGMA cache_size = -16384")


def connect(file: Path, *pragmas: str, read_only: bool = False) -> sqlite3.Connection:
    """A connection in autocommit mode: only our own statements begin a transaction."""
    address = file.absolute().as_uri() + ("?mode=ro" if read_only else "")
    connection = sqlite3.connect(
        address,
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
        timeout=LOCKS_WITHIN,
    )
    for pragma in pragmas:
        connection.execute(pragma)
    return connection


def connect_writer(file: Path) -> sqlite3.Connection:
    """The one connection that writes. Each commit reaches the disk, and readers never block it."""
    connection = connect(file)
    mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    if mode != "wal":
        raise StorageError(f"the disk of {file} cannot hold a write-ahead log ({mode}); use a local disk")
    for pragma in WRITING:
        connection.execute(pragma)
    return connection


def meaning_of(error: Exception) -> Exception:
    """Translate an error of the driver. Any other error is passed through."""
    if isinstance(error, sqlite3.IntegrityError):
        return _chained(UnfitChangeError(f"the ledger cannot hold the change: {error}"), error)
    why = OUTAGES.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)  # the low byte is the primary code
    return error if why is None else _chained(UnavailableError(why), error)


def _chained(meaning: Exception, error: Exception) -> Exception:
    meaning.__cause__ = error
    return meaning


class SqliteEngine(SqlEngine):
    """Implements `storage.writer.group_commit.Engine`. A transaction locks the file and so every wallet."""

    sole = True

    def __init__(self, connection: sqlite3.Connection, checkpointer: Checkpointer, store: SqlStore) -> None:
        super().__init__(Session(connection), store)
        self._connection, self._checkpointer = connection, checkpointer
        self._sql, self._imports = TO_TEXT.compiled(WriteSql), TO_TEXT.compiled(ImportSql)
        self._last = self._last_id()
        self._changes = connection.total_changes

    def _last_id(self) -> int:
        return int(self._connection.execute(self._sql.last_id).fetchone()[0] or 0)

    def begin(self, keys: Sequence[str], wallets: Collection[WalletId]) -> Found:
        self._connection.execute("BEGIN IMMEDIATE")
        return Found(self._known(keys), self._journal.load(self._session, wallets) if wallets else {})

    def commit(self) -> None:
        self._connection.execute("COMMIT")
        changes = self._connection.total_changes
        self._checkpointer.written(changes - self._changes, self._connection)
        self._changes = changes

    def rollback(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
        self._last = self._last_id()

    def _known(self, keys: Sequence[str]) -> Mapping[str, Booked]:
        """Where each of these keys was booked, by one statement for all of them."""
        if len(keys) == 1:
            return self._journal.known(self._session, keys)
        rows = self._connection.execute(ASKED_KEYS, (json.dumps(keys),))
        return {row[0]: Booked(*row[1:]) for row in rows}

    def load(self, wallets: Collection[WalletId]) -> Mapping[WalletId, Snapshot]:
        return self._journal.load(self._session, wallets)

    @override
    def on_jobs(self, wanted: Collection[OnJob]) -> Iterable[Row]:
        asked = json.dumps(list(wanted))
        return self._connection.execute(ON_JOBS, (asked, asked))

    def append(self, decided: Sequence[Decided]) -> None:
        """Write the journal row by row, but of each lot and wallet only its last state."""
        self._append_entries(decided)
        self._save_lots(decided)
        last = {after.wallet: (after, change.entries[-1].at) for _, change, after in decided if change.entries}
        self._connection.executemany(self._sql.wallet, [wallet_row(after, at) for after, at in last.values()])
        if budgets := [(after.budget, after.wallet) for after, _ in last.values() if after.budget is not None]:
            self._connection.executemany(self._sql.spent, [spent_row(*budget) for budget in budgets])
        for _, change, _ in decided:
            if change.released or change.once_keys:
                self._move_once_keys(change)
            if change.batch is not None:
                self._connection.execute(self._imports.batch, batch_row(change.batch))
                self._connection.executemany(self._imports.sighting, sighting_rows(change.batch))
                self._connection.executemany(self._imports.proposal, proposal_rows(change.batch))
            self.write_effects(change)

    def diagnose(self, error: Exception) -> Diagnosis:
        """Nothing is retried: SQLite has waited for its locks already."""
        return Diagnosis(meaning_of(error))

    def _append_entries(self, decided: Sequence[Decided]) -> None:
        entries, postings = journal_rows(decided, count(self._last + 1))
        self._connection.executemany(self._sql.entry, entries)
        self._connection.executemany(self._sql.posting, postings)
        self._last += len(entries)

    def _save_lots(self, decided: Sequence[Decided]) -> None:
        lots = LotStates(decided)
        for sql, states, row in (
            (self._sql.new_lot, lots.new, new_lot_row),
            (self._sql.changed_lot, lots.changed, changed_lot_row),
            (self._sql.drawn_lot, lots.drawn, drawn_lot_row),
        ):
            if states:
                self._connection.executemany(sql, [row(wallet, lot) for (wallet, _), lot in states.items()])

    def _move_once_keys(self, change: Change) -> None:
        self._connection.executemany(self._sql.release, [(name,) for name in change.released])
        taken = [(key.name, key.wallet, key.number) for key in change.once_keys]
        self._connection.executemany(self._sql.once_key, taken)
