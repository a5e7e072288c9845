"""The baseline: the statements of a spend on the bare driver, each spend with a commit of its own, equally durable."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, Any

from storage.sql.journal import ReadSql, WriteSql
from storage.sql.tables.codec import HEAD_WIDTH
from storage.sqlite.engine import TO_TEXT, connect_writer

if TYPE_CHECKING:
    from pathlib import Path

EACH = 30
SEAL = "0" * 32


class RawLoop:
    """Spends one Connect at a time from the wallets of a file that the store has made."""

    def __init__(self, file: Path, wallets: int) -> None:
        self._connection = connect_writer(file)
        self._connection.execute("PRAGMA wal_autocheckpoint = 1000")
        self._read, self._write, self._wallets = TO_TEXT.compiled(ReadSql), TO_TEXT.compiled(WriteSql), wallets
        self.low = 0
        self.commits: list[float] = []
        self._last = self._connection.execute(self._write.last_id).fetchone()[0]

    def rate(self, spends: int) -> float:
        """Spends a second."""
        start = perf_counter()
        for _ in range(spends):
            self._spend()
        return spends / (perf_counter() - start)

    def _spend(self) -> None:
        run, read, write = self._connection.execute, self._read, self._write
        self._last += 1
        wallet, key = self._last % self._wallets + 1, f"raw:{self._last:012d}"
        run("BEGIN IMMEDIATE")
        if run(read.key, (key,)).fetchone() is None:
            rows: list[tuple[Any, ...]] = run(read.head, (wallet,)).fetchall()
            _, entries, made, balance, _, at, threshold, low, *_ = rows[0]
            held = rows[0][HEAD_WIDTH:]
            lot, left, currency, worth, tax = held[0], held[5], held[6], held[9], held[10]
            row = (self._last, wallet, entries + 1, at, "spend", balance - 1, key, SEAL, 1, "Logo", "", None, SEAL, 1)
            run(write.entry, (*row, None, SEAL, SEAL))
            run(write.posting, (self._last, 0, f"wallet:{wallet}", -1, lot, -EACH, 0, currency))
            run(write.posting, (self._last, 1, "expense:proposal", 1, lot, EACH, 0, currency))
            run(write.drawn_lot, (left - 1, worth - EACH, tax, wallet, lot))
            self.low += balance >= threshold > balance - 1
            run(write.wallet, (entries + 1, made, balance - 1, SEAL, at, low, "{}", wallet))
        start = perf_counter()
        run("COMMIT")
        self.commits.append(perf_counter() - start)

    def close(self) -> None:
        self._connection.close()
