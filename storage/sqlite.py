"""The store in an SQLite file: its connections, its lock, its audit."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack, asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from storage.audit import SqlAudit
from storage.checkpoint import Checkpointer
from storage.lock import locked
from storage.schema import prepare
from storage.sqlite_engine import READING, TO_TEXT, SqliteEngine, connect, connect_writer
from storage.sqlstore import SqlStore, run_each
from storage.worker import Worker

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import AsyncGenerator, Callable
    from pathlib import Path

    from core.ports import Audit


class SqliteStore(SqlStore):
    """One process's own: a file lock keeps a second one out."""

    def __init__(self, file: Path, at_last: ExitStack) -> None:
        """Open a file that was brought to this program's schema; what `at_last` holds is let go after the file."""
        self._file, self._at_last = file, at_last
        writing = connect_writer(file)
        at_last.callback(writing.close)
        reading = connect(file, *READING, read_only=True)
        at_last.callback(reading.close)
        checkpointer = Checkpointer(connect(file))
        at_last.callback(checkpointer.close)
        super().__init__(SqliteEngine(writing, checkpointer), writing, reading, TO_TEXT)

    @classmethod
    async def open(cls, file: Path) -> SqliteStore:
        """Lock the file, migrate it where it is older than this program, open it."""
        with ExitStack() as undo:
            undo.enter_context(locked(file))
            await asyncio.to_thread(prepare, file)
            store = cls(file, undo)
            store._at_last = undo.pop_all()
        return store

    @asynccontextmanager
    async def audit(self) -> AsyncGenerator[Audit]:
        """Hold the state of this moment in a read transaction on a connection and a thread of its own."""
        worker: Worker[Callable[[], Any]] = Worker("audit", run_each)
        connection: sqlite3.Connection = await worker.ask(partial(_hold, self._file))
        try:
            yield SqlAudit(connection, TO_TEXT, worker.ask)
        finally:
            await worker.ask(connection.close)
            await worker.close()

    async def close(self) -> None:
        """Finish what is under way, then let go of the file."""
        await self._writer.close()
        await self._reader.close()
        await asyncio.to_thread(self._at_last.close)


def _hold(file: Path) -> sqlite3.Connection:
    connection = connect(file, *READING, read_only=True)
    connection.execute("BEGIN")
    connection.execute("SELECT 1 FROM alembic_version").fetchone()  # only a read fixes the state
    return connection
