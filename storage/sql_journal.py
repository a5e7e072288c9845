"""What is read from the journal and its projections, over any driver's connection; always whole, never decided on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from core.errors import RefusedError, Unknown
from core.model import Kind, Receipt, WalletId
from core.telling import Expiring
from storage.rows import HEAD_WIDTH, read_entries, read_head, read_lot, read_mark, read_past_lot
from storage.settings import read_marks
from storage.tables import micros
from storage.writer import Booked

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import datetime

    from core.model import Entry, Lot, Mark, Snapshot
    from core.ports import Scope
    from storage.rows import Row
    from storage.statements import ReadSql

LOOKED_AMONG = 1000


class Rows(Protocol):
    """The rows that a statement gave."""

    def fetchone(self) -> Any:
        """The next row, None after the last."""
        ...

    def fetchall(self) -> list[Any]:
        """All rows that are left."""
        ...

    def fetchmany(self, size: int, /) -> list[Any]:
        """The next rows."""
        ...

    def close(self) -> None:
        """Let go of what is left."""
        ...

    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """What the drivers of both databases have in common."""

    def execute(self, sql: str, values: Row = ..., /) -> Rows:
        """Run one statement."""
        ...


class Writable(Connection, Protocol):
    """A connection over which rows are written."""

    def executemany(self, sql: str, rows: Iterable[Row], /) -> object:
        """Run one statement for each row; what is wrong with one may only show at the next statement."""
        ...


class Ledger:
    """Reads on one connection, by the thread that owns it."""

    def __init__(self, connection: Connection, sql: ReadSql) -> None:
        self._connection, self._sql = connection, sql

    def _all(self, sql: str, *values: Any) -> list[Any]:
        return self._connection.execute(sql, values).fetchall()

    def base(self, wallet: WalletId) -> Snapshot | None:
        """A wallet with its open lots."""
        rows = self._all(self._sql.head, wallet)
        if not rows:
            return None
        lots = tuple(read_lot(row[HEAD_WIDTH:]) for row in rows if row[HEAD_WIDTH] is not None)
        return read_head(rows[0][:HEAD_WIDTH], lots)

    def load(self, wallets: Collection[WalletId]) -> dict[WalletId, Snapshot]:
        """Wallets with their open lots; what does not exist is left out."""
        found = ((wallet, self.base(wallet)) for wallet in sorted(wallets))
        return {wallet: base for wallet, base in found if base is not None}

    def holding(self, wallet: WalletId) -> Snapshot:
        """A wallet with its open lots, which must exist."""
        base = self.base(wallet)
        if base is None:
            raise RefusedError(Unknown("wallet", str(wallet)))
        return base

    def widen(self, base: Snapshot, scope: Scope) -> Snapshot:
        """Add the entries that a scope names, what refers to them, their lots and marks, and recent lots."""
        related = self._numbered(base.wallet, scope.entries)
        return base._replace(
            lots=self._lots(base, related, scope.recent),
            related=related,
            followers=self._followers(base.wallet, scope.entries),
            marks=self._marks(scope),
        )

    def _numbered(self, wallet: WalletId, numbers: Iterable[int]) -> tuple[Entry, ...]:
        found: list[Entry] = []
        for number in sorted(set(numbers)):
            found.extend(self.entries(wallet, number, number))
        return tuple(found)

    def _followers(self, wallet: WalletId, numbers: Iterable[int]) -> tuple[Entry, ...]:
        first = self._referring(wallet, set(numbers))
        return self._numbered(wallet, first | self._referring(wallet, first))

    def _referring(self, wallet: WalletId, numbers: Iterable[int]) -> set[int]:
        return {row[0] for number in numbers for row in self._all(self._sql.referring, wallet, number)}

    def _lots(self, base: Snapshot, related: Iterable[Entry], recent: datetime | None) -> tuple[Lot, ...]:
        lots = {lot.number: lot for lot in base.lots}
        rows = [] if recent is None else self._all(self._sql.recent, base.wallet, micros(recent))
        for number in {leg.lot for entry in related for leg in entry.postings} - lots.keys():
            rows.extend(self._all(self._sql.lot, base.wallet, number))
        lots.update({row[0]: read_lot(row) for row in rows})
        return tuple(lots[number] for number in sorted(lots))

    def _marks(self, scope: Scope) -> tuple[Mark, ...]:
        rows = [row for name in scope.marks for row in self._all(self._sql.mark, name)]
        for number in scope.entries:
            rows.extend(self._all(self._sql.marks, scope.wallet, number))
        return tuple(read_mark(row) for row in sorted(set(rows)))

    def known(self, keys: Sequence[str]) -> dict[str, Booked]:
        """Those of the keys that were booked."""
        rows = (self._connection.execute(self._sql.key, (key,)).fetchone() for key in keys)
        return {row[0]: Booked(*row[1:]) for row in rows if row is not None}

    def receipt(self, booked: Booked) -> Receipt:
        """The receipt that was given when the entry was booked: its lots as the journal had left them then."""
        entries = list(self.entries(booked.wallet, booked.first, booked.number))
        rows = self._all(self._sql.lots_upto, booked.wallet, booked.number, booked.wallet)
        lots = {row[0]: read_past_lot(row) for row in rows}
        touched = dict.fromkeys(leg.lot for entry in entries for leg in entry.postings)
        return Receipt(entries[-1], tuple(lots[number] for number in touched), again=True)

    def lots_at(self, wallet: WalletId, at: datetime) -> tuple[Lot, ...]:
        """Every lot issued up to `at`, as the journal up to then left it."""
        rows = self._all(self._sql.lots_at, wallet, micros(at), wallet)
        return tuple(lot for lot in map(read_past_lot, rows) if lot.issued <= at)

    def entries(self, wallet: WalletId, low: int, high: int) -> Iterator[Entry]:
        """The entries with these numbers, in their order."""
        return read_entries(self._all(self._sql.entries, wallet, low, high))

    def history(self, wallet: WalletId, before: int | None, limit: int) -> tuple[Entry, ...]:
        """Entries numbered below `before`, newest first."""
        newest = self._newest(wallet)
        high = newest if before is None else min(before - 1, newest)
        return tuple(self.entries(wallet, high - limit + 1, high))[::-1]

    def entry(self, wallet: WalletId, number: int) -> Entry | None:
        """One entry by its number."""
        return next(self.entries(wallet, number, number), None)

    def titles(self, wallet: WalletId, limit: int) -> tuple[str, ...]:
        """The latest distinct memos of the wallet's spends, newest first, among its last thousand entries."""
        above = self._newest(wallet) - LOOKED_AMONG
        memos: dict[str, None] = {}
        for (memo,) in self._connection.execute(self._sql.memos, (wallet, above, Kind.SPEND.value)):
            if memo:
                memos[memo] = None
            if len(memos) >= limit:
                break
        return tuple(memos)

    def on_job(self, wallet: WalletId, job: str) -> tuple[Entry, ...]:
        """Spends on a job that are not undone, newest first, among the wallet's last thousand entries."""
        above = self._newest(wallet) - LOOKED_AMONG
        rows = self._all(self._sql.on_job, wallet, above, Kind.SPEND.value, job, Kind.UNDO.value)
        return self._numbered(wallet, (row[0] for row in rows))[::-1]

    def lapsed(self, now: datetime, limit: int) -> tuple[WalletId, ...]:
        """Wallets with an expired lot that still holds Connects, the longest expired first."""
        return tuple(row[0] for row in self._all(self._sql.lapsed, micros(now), limit))

    def expiring(self, after: datetime, until: datetime, limit: int) -> tuple[Expiring, ...]:
        """Lots with Connects left that expire in a span, the soonest first."""
        rows = self._all(self._sql.expiring, micros(after), micros(until), limit)
        return tuple(Expiring(WalletId(row[0]), read_lot(row[2:]), read_marks(row[1])) for row in rows)

    def _newest(self, wallet: WalletId) -> int:
        row = self._connection.execute(self._sql.newest, (wallet,)).fetchone()
        return 0 if row is None else int(row[0])
