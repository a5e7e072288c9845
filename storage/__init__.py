"""Where everything that outlives the process is kept: `open_store(url)`."""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from storage.errors import (
    DatabaseBusyError,
    DatabaseNewerError,
    StorageError,
    StoreClosedError,
    UnfitChangeError,
    UnsupportedUrlError,
)

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from core.ports import Audit, Store

__all__ = [
    "DatabaseBusyError",
    "DatabaseNewerError",
    "StorageError",
    "StoreClosedError",
    "UnfitChangeError",
    "UnsupportedUrlError",
    "open_audit",
    "open_store",
    "revisions",
    "upgrade",
]

MEMORY = "memory://"
SQLITE = ("sqlite:///", "sqlite+aiosqlite:///")


@asynccontextmanager
async def open_store(url: str) -> AsyncGenerator[Store]:
    """The store at an address, brought to this program's schema; closed at the end of the block.

    `memory://` keeps nothing, `sqlite:///books.db` names a file from the working folder, `sqlite:////var/books.db`
    one from the root.
    """
    store = await _open(url)
    try:
        yield store
    finally:
        await store.close()


async def _open(url: str) -> Store:
    if url == MEMORY:
        from storage.memory import MemoryStore

        return MemoryStore()
    from storage.sqlite import SqliteStore

    return await SqliteStore.open(_file_of(url))


@asynccontextmanager
async def open_audit(url: str) -> AsyncGenerator[Audit]:
    """The books at an address, to be proven as they stand at this moment, also while another process keeps them."""
    if url == MEMORY:
        raise UnsupportedUrlError(f"{MEMORY} keeps nothing, so there is nothing to prove")
    from storage.sqlite import audit_of

    async with audit_of(_file_of(url)) as audit:
        yield audit


def upgrade(url: str) -> None:
    """Bring the database at an address to this program's schema, by hand; harmless where it is there already."""
    if url == MEMORY:
        return
    from storage.lock import locked
    from storage.schema import prepare

    file = _file_of(url)
    with locked(file):
        prepare(file)


def revisions(url: str) -> tuple[str | None, str]:
    """The schema of the database at an address (None: nothing is there yet), and this program's; changes nothing."""
    from storage.schema import HEAD, version_of

    return (HEAD if url == MEMORY else version_of(_file_of(url))), HEAD


def _file_of(url: str) -> Path:
    for prefix in SQLITE:
        if url.startswith(prefix) and (file := url.removeprefix(prefix)) and file != ":memory:":
            return Path(file)
    scheme = url.partition(":")[0] if "://" in url else url
    raise UnsupportedUrlError(
        f"the database address {scheme}:... cannot be opened; "
        f"use sqlite:///books.db (a file), sqlite:////var/lib/books.db (from the root) or {MEMORY} (keeps nothing)"
    )
