"""Stores everything that outlives the process: `open_store(url)`."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from storage.errors import (
    DatabaseBusyError,
    DatabaseNewerError,
    StorageError,
    StoreClosedError,
    UnfitChangeError,
    UnsupportedUrlError,
)

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable
    from contextlib import AbstractAsyncContextManager, AbstractContextManager

    from sqlalchemy import Engine

    from core.journal_reader import JournalReader
    from core.store import Store

__all__ = [
    "DatabaseBusyError",
    "DatabaseNewerError",
    "StorageError",
    "StoreClosedError",
    "UnfitChangeError",
    "UnsupportedUrlError",
    "check_books",
    "check_place",
    "copy",
    "open_journal",
    "open_store",
    "revisions",
    "unfinished",
    "upgrade",
]

MEMORY = "memory://"
# An address in SQLAlchemy's form may name a driver. It is accepted, but our own driver is used.
SQLITE = ("sqlite:///", "sqlite+aiosqlite:///")
POSTGRES = ("postgresql://", "postgres://", "postgresql+psycopg://")


@asynccontextmanager
async def open_store(url: str) -> AsyncGenerator[Store]:
    """Open the store at an address, migrate it to this program's schema, and close it at the end of the block.

    `memory://` stores nothing on disk. `sqlite:///books.db` is a file in the working folder, `sqlite:////var/books.db`
    one with an absolute path, and `postgresql://USER:PASSWORD@HOST/NAME` a database on a server.
    """
    store = await _database(url).open()
    try:
        yield store
    finally:
        await asyncio.shield(store.close())


def open_journal(url: str) -> AbstractAsyncContextManager[JournalReader]:
    """The journal at an address as it is at this moment, for `verify`. Another process may be writing to it."""
    return _database(url).journal()


def upgrade(url: str) -> None:
    """Migrate the database at an address to this program's schema. Idempotent."""
    _database(url).upgrade()


def revisions(url: str) -> tuple[str | None, str]:
    """The schema version of the database at an address (None: it is empty), and that of this program. Read-only."""
    from storage.schema import HEAD

    return _database(url).version(), HEAD


def unfinished(url: str) -> int:
    """How many updates wait in the inbox of a database that has this program's schema. Read-only."""
    return _database(url).unfinished()


def check_books(url: str) -> None:
    """Raise `StorageError` if there are no books at an address. Creates nothing."""
    from storage.schema import check_there

    check_there(_database(url).version(), _without_secrets(url))


def check_place(url: str) -> None:
    """Raise `StorageError` if the database at an address cannot be created or written. Creates nothing."""
    _database(url).place()


def copy(source: str, target: str) -> dict[str, int]:
    """Copy everything from one database to another, which must be empty. Returns the number of rows of each table.

    An SQLite file is locked meanwhile. From a server, one consistent state is copied.
    """
    from storage.copying import copy_all
    from storage.schema import check_readable

    origin, destination = _database(source), _database(target)
    if (same := origin.identity()) is not None and same == destination.identity():
        raise StorageError(
            "the books would be copied onto themselves, because both addresses name the same database; "
            "give an empty database, or a file that does not exist yet, to copy to"
        )
    with origin.alone():
        engine = origin.engine()
        check_readable(origin.version(), _without_secrets(source))
        destination.upgrade()
        with destination.alone():
            return copy_all(engine, destination.engine())


def _without_secrets(url: str) -> str:
    """An address as messages name it."""
    return url.partition("?")[0].rpartition("@")[2]


class Database(NamedTuple):
    """The functions of the database at an address. An engine is imported only if it is used."""

    open: Callable[[], Awaitable[Store]]
    journal: Callable[[], AbstractAsyncContextManager[JournalReader]]
    upgrade: Callable[[], None]
    version: Callable[[], str | None]
    alone: Callable[[], AbstractContextManager[None]]
    engine: Callable[[], Engine]
    unfinished: Callable[[], int]
    place: Callable[[], None] = lambda: None
    identity: Callable[[], object] = lambda: None
    """What is the same for two addresses of one database (None: it is nowhere)."""


def _database(url: str) -> Database:
    if url == MEMORY:
        return _memory()
    if url.startswith(POSTGRES):
        return _postgres(url)
    for prefix in SQLITE:
        if url.startswith(prefix) and (file := url.removeprefix(prefix)) and file != ":memory:":
            return _sqlite(Path(file))
    named = f"the database address {url.partition(':')[0]}:... cannot be opened"
    if not {":", "@"} & set(url):
        named = f"{url} is not the address of a database; if it is a file, write {SQLITE[0]}{url}"
    raise UnsupportedUrlError(
        f"{named}; "
        "use sqlite:///books.db (a file), sqlite:////var/lib/books.db (a file with an absolute path), "
        f"postgresql://USER:PASSWORD@HOST/NAME (a server) or {MEMORY} (nothing on disk)"
    )


def _memory() -> Database:
    from storage.memory.store import MemoryStore
    from storage.schema import HEAD

    async def opened() -> Store:
        return MemoryStore()

    @asynccontextmanager
    async def journal() -> AsyncGenerator[JournalReader]:
        raise UnsupportedUrlError(f"{MEMORY} stores nothing on disk, so there is nothing to verify")
        yield

    def engine() -> Engine:
        raise UnsupportedUrlError(f"{MEMORY} stores nothing on disk, so there is nothing to copy")

    return Database(opened, journal, lambda: None, lambda: HEAD, nullcontext, engine, lambda: 0)


def _sqlite(file: Path) -> Database:
    from storage.sqlite import lock
    from storage.sqlite import schema as sqlite_schema
    from storage.sqlite import store as sqlite

    return Database(
        partial(sqlite.SqliteStore.open, file),
        partial(sqlite.journal_of, file),
        partial(sqlite_schema.upgrade, file),
        partial(sqlite_schema.version_of, file),
        partial(lock.locked, file),
        partial(sqlite_schema.engine_of, file),
        partial(sqlite_schema.unfinished_in, file),
        partial(lock.check_place, file),
        file.resolve,
    )


def _postgres(url: str) -> Database:
    from storage.postgres import schema as postgres_schema
    from storage.postgres import store as postgres

    return Database(
        partial(postgres.PostgresStore.open, url),
        partial(postgres.journal_of, url),
        partial(postgres_schema.prepare, url),
        partial(postgres_schema.version_of, url),
        nullcontext,
        partial(postgres_schema.engine_of, url),
        partial(postgres_schema.unfinished_in, url),
        identity=partial(postgres_schema.identity_of, url),
    )
