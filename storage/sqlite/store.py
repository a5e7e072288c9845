"""The store in an SQLite file: its connections, its lock and its journal reader."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from contextlib import ExitStack, asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import literal_column, select
from sqlmodel import col

from core.ledger.erased.keys import ERASED
from core.shared.refusals import Outage, UnavailableError
from storage.schema import check_readable
from storage.sql.session import Connections, run_each
from storage.sql.store import SqlStore
from storage.sql.tables.compiler import columns
from storage.sql.tables.erasure import ERASABLE, erases
from storage.sql.tables.ledger import GUARDED, JOURNAL, SAFE, Lot
from storage.sql.verification import SqlJournalReader, faulty_guard
from storage.sqlite.checkpoint import Checkpointer, checkpoint_now
from storage.sqlite.engine import READING, TO_TEXT, SqliteEngine, connect, connect_writer, meaning_of
from storage.sqlite.lock import locked
from storage.sqlite.safety_copy import delete_copies
from storage.sqlite.schema import prepare, version_of
from storage.writer.worker import Worker

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from core.journal_reader import JournalReader

log = logging.getLogger(__name__)
PAUSES: Final = (0.01, 0.05, 0.25, 1.0, 1.0, 1.0)
"""How long it waits for others who read, in seconds."""
# integrity_check does not check the constraints of a table without row ids.
HIDDEN: Final = TO_TEXT(
    select(*columns(Lot, "wallet", "number", "open")).where(col(Lot.open) != (col(Lot.left) > literal_column("0")))
)

NO_WORDS: Final = "NOT GLOB '*[^ -]*'"
ERASED_KEY: Final = f"GLOB '{ERASED}{'[0-9a-f]' * 32}*'"


def _guard(table: str, verb: str) -> str:
    """The trigger that refuses each change of a table, but for updates that do nothing but erase."""
    unless = ""
    if verb == "update" and table in ERASABLE:
        unless = f"WHEN ({erases(table, 'IS', ERASED_KEY, NO_WORDS)}) IS NOT 1 "
    refuse = f"BEGIN SELECT RAISE(ABORT, '{SAFE}'); END"
    return _plain(f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} {unless}{refuse}")


def _plain(sql: str) -> str:
    """A statement without the quotes and blanks that a migration may have added."""
    return " ".join(sql.replace('"', "").split())


GUARDS: Final = {f"{table}_no_{verb}": _guard(table, verb) for table in JOURNAL for verb in GUARDED}


class SqliteStore(SqlStore):
    """Implements `core.store.Store`. One process has the file: a lock keeps a second one out."""

    def __init__(self, file: Path, at_last: ExitStack) -> None:
        """Open a file that has this program's schema. What `at_last` already holds is released after the file."""
        self._file, self._at_last = file, at_last
        writing = connect_writer(file)
        at_last.callback(writing.close)
        checkpoint_now(writing)
        reading = connect(file, *READING, read_only=True)
        at_last.callback(reading.close)
        self._checkpointer = checkpointer = Checkpointer(connect(file))
        at_last.callback(checkpointer.close)
        self._connections = Connections(reading, writing, TO_TEXT, meaning_of)
        super().__init__(self._connections)
        self._connections.wiped_by(self._wipe)
        self._connections.start(SqliteEngine(writing, checkpointer, self))

    @classmethod
    async def open(cls, file: Path) -> SqliteStore:
        """Lock the file, migrate it if it is older than this program, and open it."""
        with ExitStack() as undo:
            undo.enter_context(locked(file))
            await asyncio.to_thread(prepare, file)
            store = cls(file, undo)
            store._at_last = undo.pop_all()
        return store

    async def _wipe(self, copies: bool) -> None:  # noqa: FBT001 - called with nothing else
        """Let the log hold nothing of what was erased; or if wanted, delete the copies from before migrations.

        In the file itself, `secure_delete` sees to that. Whoever reads an older state keeps it in the log meanwhile.
        """
        if copies:
            await asyncio.to_thread(delete_copies, self._file)
            return
        self._checkpointer.wipe()
        for pause in PAUSES:
            await self._connections.write(lambda _: None, moves_wallets=False, idempotent=True)
            if self._checkpointer.is_wiped:
                return
            await asyncio.sleep(pause)
        log.warning(
            "another process reads the database, so its log still holds what was erased; it goes once that ends"
        )

    def read_journal(self) -> AbstractAsyncContextManager[JournalReader]:
        return journal_of(self._file)

    async def close(self) -> None:
        await self._connections.close()
        await asyncio.to_thread(self._at_last.close)


@asynccontextmanager
async def journal_of(file: Path) -> AsyncGenerator[JournalReader]:
    """Hold the state of this moment while another process may write. Nothing is written or migrated."""
    check_readable(version_of(file), str(file))
    worker: Worker[Callable[[], Any]] = Worker("journal", partial(run_each, meaning=_unreadable))
    try:
        connection: sqlite3.Connection = await worker.ask(partial(_hold, file))
        try:
            yield SqlJournalReader(connection, TO_TEXT, worker.ask, connection.execute, partial(_flaw, connection))
        finally:
            await worker.ask(connection.close)
    finally:
        await worker.close()


def _unreadable(error: Exception) -> Exception:
    """To `verify`, anything that the driver cannot read is damage, be it a page or a value."""
    if not isinstance(error, sqlite3.Error):
        return error
    broken = UnavailableError(Outage.BROKEN)
    broken.__cause__ = error
    return broken


def _flaw(connection: sqlite3.Connection) -> str | None:
    there = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    if fault := faulty_guard({name: _plain(sql) for name, sql in there.items()}, GUARDS):
        return fault
    (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if found != "ok":
        return f"the file is damaged: {found}"
    if hidden := connection.execute(HIDDEN).fetchone():
        return f"wallet {hidden[0]}: lot {hidden[1]} is stored as {'open' if hidden[2] else 'empty'}, but is not"
    if stray := connection.execute("PRAGMA foreign_key_check").fetchone():
        return f"a row of {stray[0]} refers to a row of {stray[2]} that does not exist"
    return None


def _hold(file: Path) -> sqlite3.Connection:
    connection = connect(file, *READING, read_only=True)
    connection.execute("BEGIN")
    connection.execute("SELECT 1 FROM alembic_version").fetchone()  # the first read fixes the state
    return connection
