"""Where everything that outlives the process is kept: `open_store(url)`."""

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

    from core.store import Store
    from core.verification import Audit

__all__ = [
    "DatabaseBusyError",
    "DatabaseNewerError",
    "StorageError",
    "StoreClosedError",
    "UnfitChangeError",
    "UnsupportedUrlError",
    "check_place",
    "copy",
    "open_audit",
    "open_store",
    "revisions",
    "upgrade",
]

MEMORY = "memory://"
# An address as SQLAlchemy writes it may name a driver; ours is used whatever it says.
SQLITE = ("sqlite:///", "sqlite+aiosqlite:///")
POSTGRES = ("postgresql://", "postgres://", "postgresql+psycopg://")


@asynccontextmanager
async def open_store(url: str) -> AsyncGenerator[Store]:
    """The store at an address, brought to this program's schema; closed at the end of the block.

    `memory://` keeps nothing, `sqlite:///books.db` names a file from the working folder, `sqlite:////var/books.db`
    one from the root, `postgresql://USER:PASSWORD@HOST/NAME` a database on a server.
    """
    store = await _database(url).open()
    try:
        yield store
    finally:
        await asyncio.shield(store.close())


def open_audit(url: str) -> AbstractAsyncContextManager[Audit]:
    """The books at an address, to be proven as they stand at this moment, also while another process keeps them."""
    return _database(url).audit()


def upgrade(url: str) -> None:
    """Bring the database at an address to this program's schema, by hand; harmless where it is there already."""
    _database(url).upgrade()


def revisions(url: str) -> tuple[str | None, str]:
    """The schema of the database at an address (None: nothing is there yet), and this program's; changes nothing."""
    from storage.schema import HEAD

    return _database(url).version(), HEAD


def check_place(url: str) -> None:
    """Raise `StorageError` where the database at an address could not be made or written to; creates nothing."""
    _database(url).place()


def copy(source: str, target: str) -> dict[str, int]:
    """Copy everything from one database to another, which must be empty; gives the rows of each table.

    Nobody writes to an SQLite file meanwhile; of a server, one state is copied.
    """
    from storage.copying import copy_all
    from storage.schema import check_readable

    given, taken = _database(source), _database(target)
    with given.alone():
        engine = given.engine()
        check_readable(given.version(), source.partition("?")[0].rpartition("@")[2])
        taken.upgrade()
        with taken.alone():
            return copy_all(engine, taken.engine())


class Database(NamedTuple):
    """What can be done with the database at an address. An engine is imported only where it is used."""

    open: Callable[[], Awaitable[Store]]
    audit: Callable[[], AbstractAsyncContextManager[Audit]]
    upgrade: Callable[[], None]
    version: Callable[[], str | None]
    alone: Callable[[], AbstractContextManager[None]]
    engine: Callable[[], Engine]
    place: Callable[[], None] = lambda: None


def _database(url: str) -> Database:
    if url == MEMORY:
        return _memory()
    if url.startswith(POSTGRES):
        return _postgres(url)
    for prefix in SQLITE:
        if url.startswith(prefix) and (file := url.removeprefix(prefix)) and file != ":memory:":
            return _sqlite(Path(file))
    scheme = url.partition(":")[0] if "://" in url else url
    raise UnsupportedUrlError(
        f"the database address {scheme}:... cannot be opened; "
        "use sqlite:///books.db (a file), sqlite:////var/lib/books.db (from the root), "
        f"postgresql://USER:PASSWORD@HOST/NAME (a server) or {MEMORY} (keeps nothing)"
    )


def _memory() -> Database:
    from storage.memory.store import MemoryStore
    from storage.schema import HEAD

    async def opened() -> Store:
        return MemoryStore()

    @asynccontextmanager
    async def audit() -> AsyncGenerator[Audit]:
        raise UnsupportedUrlError(f"{MEMORY} keeps nothing, so there is nothing to prove")
        yield

    def engine() -> Engine:
        raise UnsupportedUrlError(f"{MEMORY} keeps nothing, so there is nothing to copy")

    return Database(opened, audit, lambda: None, lambda: HEAD, nullcontext, engine)


def _sqlite(file: Path) -> Database:
    from storage.sqlite import lock
    from storage.sqlite import schema as sqlite_schema
    from storage.sqlite import store as sqlite

    return Database(
        partial(sqlite.SqliteStore.open, file),
        partial(sqlite.audit_of, file),
        partial(sqlite_schema.upgrade, file),
        partial(sqlite_schema.version_of, file),
        partial(lock.locked, file),
        partial(sqlite_schema.engine_of, file),
        partial(lock.check_place, file),
    )


def _postgres(url: str) -> Database:
    from storage.postgres import schema as postgres_schema
    from storage.postgres import store as postgres

    return Database(
        partial(postgres.PostgresStore.open, url),
        partial(postgres.audit_of, url),
        partial(postgres_schema.prepare, url),
        partial(postgres_schema.version_of, url),
        nullcontext,
        partial(postgres_schema.engine_of, url),
    )
