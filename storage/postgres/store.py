"""The store in a PostgreSQL database: its connections and its journal reader."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager, closing
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any, Final

import psycopg

from core.ledger.erased.keys import ERASED
from storage.errors import StorageError
from storage.postgres.engine import PostgresEngine
from storage.postgres.link import ReadLink, WriteLink, meaning_of, place, reached
from storage.postgres.schema import prepare, version_of
from storage.postgres.statements import TO_TEXT
from storage.schema import check_readable
from storage.sql.session import Connections, run_each
from storage.sql.store import SqlStore
from storage.sql.tables.erasure import ERASABLE, erases
from storage.sql.tables.ledger import GUARDED, JOURNAL, METADATA, SAFE
from storage.sql.verification import SqlJournalReader, faulty_guard, orphans
from storage.writer.worker import Worker

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Iterator
    from contextlib import AbstractAsyncContextManager

    from core.journal_reader import JournalReader
    from storage.sql.session import Rows
    from storage.sql.tables.codec import Row

log = logging.getLogger(__name__)
CONSTRAINTS: Final = (
    b"SELECT conname FROM pg_constraint WHERE convalidated AND connamespace = current_schema()::regnamespace"
)
TRIGGERS: Final = (
    b"SELECT tgname, tgrelid::regclass::text, tgtype, tgqual IS NULL AND tgattr = '', btrim(prosrc) FROM pg_trigger"
    b" JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid"
    b" WHERE relnamespace = current_schema()::regnamespace AND tgenabled = 'O' AND NOT tgisinternal"
)
BEFORE: Final = {"update": 2 | 16, "delete": 2 | 8, "truncate": 2 | 32}
"""The bits by which the server knows when a trigger fires: before each statement of a kind."""
RAISE: Final = f"BEGIN RAISE EXCEPTION '{SAFE}' USING ERRCODE = 'integrity_constraint_violation'; END"
UNLESS: Final = RAISE.removeprefix("BEGIN ")
EACH_ROW: Final = 1
HAS_FORM: Final = f"~ '^{ERASED}[0-9a-f]{{32}}'"


def _guard(table: str, verb: str) -> tuple[object, ...]:
    """The trigger that refuses each change of a table, but for updates that do nothing but erase."""
    if verb != "update" or table not in ERASABLE:
        return table, BEFORE[verb], True, RAISE
    condition = erases(table, "IS NOT DISTINCT FROM", HAS_FORM, "!~ '[^ -]'")
    return table, EACH_ROW | BEFORE[verb], True, f"BEGIN IF {condition} THEN RETURN NEW; END IF; {UNLESS}"


GUARDS: Final = {f"{table}_no_{verb}": _guard(table, verb) for table in JOURNAL for verb in (*GUARDED, "truncate")}


class PostgresStore(SqlStore):
    """Implements `core.store.Store`. Any number of processes may open the same database."""

    def __init__(self, url: str, writing: WriteLink, reading: ReadLink) -> None:
        """Use two connections to a database that has this program's schema."""
        self._url, self._links = url, (writing, reading)
        self._connections = Connections(reading, writing, TO_TEXT, meaning_of)
        super().__init__(self._connections)
        self._connections.wiped_by(self._wipe)
        self._connections.start(PostgresEngine(writing, self))

    @classmethod
    async def open(cls, url: str) -> PostgresStore:
        """Migrate the database if it is older than this program, and open it."""
        await asyncio.to_thread(prepare, url)
        writing = await asyncio.to_thread(WriteLink, url)
        return cls(url, writing, await asyncio.to_thread(ReadLink, url))

    async def _wipe(self, copies: bool) -> None:  # noqa: FBT001 - called with nothing else
        """Free the rows that were replaced. They stay for whoever reads an older state, and go with a later VACUUM."""
        if copies:  # there are none
            return
        try:
            await asyncio.to_thread(_vacuum, self._url)
        except (StorageError, psycopg.Error) as error:
            log.warning("the database could not be vacuumed, so it still holds what was deleted: %s", error)

    def read_journal(self) -> AbstractAsyncContextManager[JournalReader]:
        return journal_of(self._url)

    async def close(self) -> None:
        await self._connections.close()
        for link in self._links:
            link.close()


def _vacuum(url: str) -> None:
    tables = ", ".join(f'"{name}"' for name in sorted(METADATA.tables))
    with closing(reached(url)) as connection:
        connection.execute(f"VACUUM {tables}".encode())


@asynccontextmanager
async def journal_of(url: str) -> AsyncGenerator[JournalReader]:
    """Hold the state of this moment while other processes may write. Nothing is written or migrated."""
    check_readable(await asyncio.to_thread(version_of, url), place(url))
    worker: Worker[Callable[[], Any]] = Worker("journal", partial(run_each, meaning=meaning_of))
    try:
        held: _Held = await worker.ask(partial(_Held, url))
        try:
            yield SqlJournalReader(held, TO_TEXT, worker.ask, held.stream, held.flaw)
        finally:
            await worker.ask(held.close)
    finally:
        await worker.close()


class _Held:
    """A connection that sees one state of the database."""

    def __init__(self, url: str) -> None:
        self._connection: psycopg.Connection[Row] = reached(url)
        self._connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        self._connection.execute("SELECT 1 FROM alembic_version").fetchone()  # the first read fixes the state
        self._names: Iterator[int] = count()
        self._streams: list[psycopg.ServerCursor[Row]] = []

    def execute(self, sql: str, values: Row = (), /) -> Rows:
        return self._connection.execute(sql.encode(), values)

    def stream(self, sql: str, values: Row) -> Rows:
        """Rows that the server sends as they are fetched. What is not read to its end ends with `close`."""
        cursor = self._connection.cursor(name=f"stream_{next(self._names)}")
        self._streams = [*(one for one in self._streams if not one.closed), cursor]
        return cursor.execute(sql.encode(), values)

    def flaw(self) -> str | None:
        triggers = {name: tuple(rest) for name, *rest in self._connection.execute(TRIGGERS)}
        if fault := faulty_guard(triggers, GUARDS):
            return fault
        there = {row[0] for row in self._connection.execute(CONSTRAINTS)}
        constraints = {str(one.name) for table in METADATA.tables.values() for one in table.constraints}
        if missing := sorted(constraints - there):
            return f"the guard {missing[0]} is missing, so the books are not protected from changes"
        return next(orphans(self, TO_TEXT), None)

    def close(self) -> None:
        for stream in self._streams:
            stream.close()
        self._connection.close()
