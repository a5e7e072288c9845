"""SQLite on the standard library's driver: one writing connection, one reading connection, each with its thread."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Final

from sqlalchemy.dialects.sqlite import dialect

from storage.errors import StorageError, UnfitChangeError
from storage.ledger import Ledger
from storage.rows import born_row, changed_row, drawn_row, entry_row, posting_rows, wallet_row
from storage.statements import Compiler, ReadSql, WriteSql
from storage.writer import Booked

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from core.model import Change, Receipt, Snapshot, WalletId
    from core.ports import Scope
    from storage.checkpoint import Checkpointer
    from storage.rows import Row
    from storage.writer import Decided

TO_TEXT: Final = Compiler(dialect(paramstyle="qmark"))
WRITING: Final = (
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",  # so that INSERT OR REPLACE meets the journal's guard as well
    "PRAGMA wal_autocheckpoint = 0",
    "PRAGMA journal_size_limit = 67108864",
    "PRAGMA cache_size = -65536",
)
READING: Final = ("PRAGMA query_only = ON", "PRAGMA cache_size = -16384")


def connect(file: Path, *pragmas: str, read_only: bool = False) -> sqlite3.Connection:
    """A connection on which nobody but us begins a transaction."""
    address = file.absolute().as_uri() + ("?mode=ro" if read_only else "")
    connection = sqlite3.connect(
        address, uri=True, isolation_level=None, check_same_thread=False, cached_statements=256, timeout=10
    )
    for pragma in pragmas:
        connection.execute(pragma)
    return connection


def connect_writer(file: Path) -> sqlite3.Connection:
    """The one connection that writes: each commit reaches the disk, readers are never in its way."""
    connection = connect(file)
    mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    if mode != "wal":
        raise StorageError(f"{file} lies on a disk that cannot keep a write-ahead log ({mode}); use a local disk")
    for pragma in WRITING:
        connection.execute(pragma)
    return connection


class LotStates:
    """The last state of each lot that a batch touched, as a row: born in it, only drawn from, or changed otherwise."""

    def __init__(self) -> None:
        self.born: dict[tuple[int, int], Row] = {}
        self.drawn: dict[tuple[int, int], Row] = {}
        self.changed: dict[tuple[int, int], Row] = {}

    def add(self, before: Snapshot, change: Change) -> None:
        """Take in the next change."""
        wallet = before.wallet
        known = {lot.number: lot for lot in before.lots}
        for lot in change.lots:
            at = (wallet, lot.number)
            earlier = known.get(lot.number)
            if earlier is None or at in self.born:
                self.born[at] = born_row(wallet, lot)
            elif lot.left and earlier.left and lot.size == earlier.size and at not in self.changed:
                self.drawn[at] = drawn_row(wallet, lot)
            else:
                self.drawn.pop(at, None)
                self.changed[at] = changed_row(wallet, lot)


class SqliteEngine:
    """What the writer needs of SQLite, on the writer's thread."""

    sole = True

    def __init__(self, connection: sqlite3.Connection, checkpointer: Checkpointer) -> None:
        self._connection, self._checkpointer = connection, checkpointer
        reads = ReadSql(TO_TEXT)
        self._ledger, self._keys = Ledger(connection, reads), reads.keys
        self._sql = WriteSql(TO_TEXT)
        self._last = self._last_id()
        self._changes = connection.total_changes

    def _last_id(self) -> int:
        return int(self._connection.execute(self._sql.last_id).fetchone()[0] or 0)

    def begin(self) -> None:
        """Begin a transaction that may write."""
        self._connection.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Bring the transaction to the disk."""
        self._connection.execute("COMMIT")
        changes = self._connection.total_changes
        self._checkpointer.written(changes - self._changes, self._connection)
        self._changes = changes

    def rollback(self) -> None:
        """Forget the transaction."""
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
        self._last = self._last_id()

    def known(self, keys: Sequence[str]) -> Mapping[str, Booked]:
        """Those of the keys that were booked; one statement asks for all of them."""
        if len(keys) == 1:
            return self._ledger.known(keys)
        rows = self._connection.execute(self._keys, (json.dumps(keys),))
        return {row[0]: Booked(*row[1:]) for row in rows}

    def load(self, wallets: Collection[WalletId]) -> Mapping[WalletId, Snapshot]:
        """Wallets with their open lots; the transaction is their lock."""
        return self._ledger.load(wallets)

    def widen(self, base: Snapshot, scope: Scope) -> Snapshot:
        """Add what a scope names."""
        return self._ledger.widen(base, scope)

    def receipt(self, booked: Booked) -> Receipt:
        """The receipt that was given then."""
        return self._ledger.receipt(booked)

    def append(self, decided: Sequence[Decided]) -> None:
        """Write the journal row by row, and of each lot and wallet only its last state."""
        try:
            self._append_entries(decided)
            self._save_lots(decided)
            last = {after.wallet: wallet_row(after, change.entries[-1].at) for _, change, after in decided}
            self._connection.executemany(self._sql.wallet, last.values())
            for _, change, _ in decided:
                if change.released or change.marks:
                    self._move_marks(change)
        except sqlite3.IntegrityError as error:
            raise UnfitChangeError(f"the ledger cannot hold the change: {error}") from error

    def _append_entries(self, decided: Sequence[Decided]) -> None:
        entries: list[Row] = []
        postings: list[Row] = []
        number = self._last
        for _, change, _ in decided:
            first = change.entries[0].number
            for entry in change.entries:
                number += 1
                entries.append(entry_row(number, entry, first))
                postings += posting_rows(number, entry)
        self._connection.executemany(self._sql.entry, entries)
        self._connection.executemany(self._sql.posting, postings)
        self._last = number

    def _save_lots(self, decided: Sequence[Decided]) -> None:
        lots = LotStates()
        for before, change, _ in decided:
            lots.add(before, change)
        for sql, rows in (
            (self._sql.born, lots.born),
            (self._sql.changed, lots.changed),
            (self._sql.drawn, lots.drawn),
        ):
            if rows:
                self._connection.executemany(sql, rows.values())

    def _move_marks(self, change: Change) -> None:
        self._connection.executemany(self._sql.release, [(name,) for name in change.released])
        marks = [(mark.name, mark.wallet, mark.number) for mark in change.marks]
        self._connection.executemany(self._sql.mark, marks)
