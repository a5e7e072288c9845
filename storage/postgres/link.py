"""Connections to a PostgreSQL server: opening them, reconnecting after a loss, and translating their errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import psycopg
from psycopg import errors
from psycopg.pq import TransactionStatus
from typing_extensions import override

from core.shared.refusals import Outage, UnavailableError
from storage.errors import Diagnosis, Retry, StorageError, UnfitChangeError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from storage.sql.session import Rows
    from storage.sql.tables.codec import Row

SCHEMES: Final = ("postgresql://", "postgres://", "postgresql+psycopg://")
CONNECT_WITHIN: Final = 5
LOCKS_WITHIN: Final = "10s"
IDLE_WITHIN: Final = "5s"  # a process that freezes in a transaction must not block the others with its locks
# An answer means that it is on disk, even if the server is set not to wait for that.
DURABLE: Final = (
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
)
# A plan made for a small table would scan it, and would be cached while the table grows.
BY_INDEX: Final = "SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET jit = off"
CONFLICTS: Final = (errors.UniqueViolation, errors.SerializationFailure, errors.DeadlockDetected)
# The first match counts. Conflicts are not outages.
OUTAGES: Final[tuple[tuple[tuple[type[psycopg.Error], ...], Outage, Retry], ...]] = (
    ((errors.ReadOnlySqlTransaction,), Outage.READ_ONLY, Retry.LATER),
    ((errors.DataCorrupted, errors.IndexCorrupted), Outage.BROKEN, Retry.NEVER),
    ((errors.DiskFull, errors.OutOfMemory), Outage.FULL, Retry.NEVER),
    ((errors.LockNotAvailable, errors.QueryCanceled), Outage.BUSY, Retry.NEVER),
    ((errors.IdleInTransactionSessionTimeout,), Outage.LOST, Retry.LATER),
    ((psycopg.OperationalError, psycopg.InterfaceError), Outage.LOST, Retry.LATER),
)


def connect(url: str, *, by_index: bool = False) -> psycopg.Connection[Row]:
    """A connection in autocommit mode. With `by_index` it never scans a table: for statements that find few rows."""
    made = psycopg.connect(_libpq(url), autocommit=True, connect_timeout=CONNECT_WITHIN, prepare_threshold=0)
    made.execute(DURABLE)
    made.execute("SELECT set_config('lock_timeout', %s, false)", (LOCKS_WITHIN,))
    if by_index:
        made.execute(BY_INDEX, prepare=False)
        made.execute("SELECT set_config('idle_in_transaction_session_timeout', %s, false)", (IDLE_WITHIN,))
    return made


def place(url: str) -> str:
    """The name of a database for use in a sentence, without user and password."""
    known = psycopg.conninfo.conninfo_to_dict(_libpq(url))
    return f"the database {known.get('dbname') or ''} on {known.get('host') or 'this machine'}".replace("  ", " ")


def _libpq(url: str) -> str:
    for scheme in SCHEMES:
        if url.startswith(scheme):
            return f"postgresql://{url.removeprefix(scheme)}"
    return url


def reached(url: str, *, by_index: bool = False) -> psycopg.Connection[Row]:
    """A connection. `StorageError` says why there is none."""
    try:
        return connect(url, by_index=by_index)
    except psycopg.ProgrammingError as error:
        raise StorageError("the database address is not valid; use postgresql://USER:PASSWORD@HOST/NAME") from error
    except psycopg.OperationalError as error:
        raise StorageError(f"{place(url)} cannot be reached: {_first_line(error)}") from error


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0].removeprefix("connection failed: ").rstrip(":")


class Link:
    """A connection that reconnects if it was lost, on the thread that uses it."""

    def __init__(self, url: str) -> None:
        """Connect at once. `StorageError` says why that is not possible."""
        self._url = url
        self._connection = reached(url, by_index=True)

    @property
    def connection(self) -> psycopg.Connection[Row]:
        """The connection, or a new one if it was lost."""
        if self._connection.closed:
            self._connection = connect(self._url, by_index=True)
        return self._connection

    def execute(self, sql: str, values: Row = (), /) -> Rows:
        """Run one statement."""
        return self.connection.execute(sql.encode(), values)

    def executemany(self, sql: str, rows: Iterable[Row], /) -> None:
        """Run one statement for each row."""
        for row in rows:
            self.execute(sql, row)

    def close(self) -> None:
        """Disconnect."""
        self._connection.close()


class WriteLink(Link):
    """A link that queues statements without an answer and sends them with the next that has one, in one round trip."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._queued: list[tuple[str, Row]] = []

    def later(self, sql: str, values: Row = ()) -> None:
        """Queue a statement, to run before the next that needs an answer."""
        self._queued.append((sql, values))

    @override
    def executemany(self, sql: str, rows: Iterable[Row], /) -> None:
        """Queue one statement for each row."""
        for row in rows:
            self.later(sql, row)

    def ask(self, *asked: tuple[str, Row]) -> list[Rows]:
        """Run the queued statements and then these, in one round trip."""
        statements, self._queued = [*self._queued, *asked], []
        with (connection := self.connection).pipeline():
            rows: list[Rows] = [connection.execute(sql.encode(), values) for sql, values in statements]
        return rows[len(rows) - len(asked) :]

    def execute(self, sql: str, values: Row = (), /) -> Rows:
        """Run the queued statements, then this one."""
        return self.ask((sql, values))[0] if self._queued else super().execute(sql, values)

    def commit(self) -> None:
        """Run the queued statements and commit. Raises if the server has rolled back instead."""
        (done,) = self.ask(("COMMIT", ()))
        if (status := getattr(done, "statusmessage", None)) != "COMMIT":
            raise psycopg.OperationalError(f"the server answered COMMIT with {status}")

    def rollback(self) -> None:
        """Roll back. Does nothing if there is no transaction, or no connection any more."""
        self._queued.clear()
        if self._connection.closed:
            return
        try:
            if self._connection.info.transaction_status is not TransactionStatus.IDLE:
                self._connection.execute(b"ROLLBACK")
        except psycopg.Error:
            self._connection.close()


class ReadLink(Link):
    """A link without transactions. A statement that finds the connection lost is retried once."""

    def execute(self, sql: str, values: Row = (), /) -> Rows:
        """Run one statement, which changes nothing."""
        try:
            return super().execute(sql, values)
        except psycopg.OperationalError:
            if not self._connection.closed:
                raise
            return super().execute(sql, values)


def diagnose(error: Exception) -> Diagnosis:
    """Translate an error of the driver, and say when to retry. Any other error is passed through."""
    found = _diagnosis(error)
    if found.error is not None and found.error is not error:
        found.error.__cause__ = error
    return found


def meaning_of(error: Exception) -> Exception:
    """Translate an error of the driver. Any other error is passed through."""
    return diagnose(error).error or error


def _diagnosis(error: Exception) -> Diagnosis:
    for kinds, why, retry in OUTAGES:
        if isinstance(error, kinds) and not isinstance(error, CONFLICTS):
            return Diagnosis(UnavailableError(why), retry)
    if isinstance(error, (psycopg.IntegrityError, psycopg.DataError, *CONFLICTS)):
        unfit = UnfitChangeError(f"the ledger cannot hold the change: {error}")
        return Diagnosis(unfit, Retry.AT_ONCE if isinstance(error, CONFLICTS) else Retry.NEVER)
    return Diagnosis(error)
