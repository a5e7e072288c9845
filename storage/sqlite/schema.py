"""Brings an SQLite file to this program's schema. If the file has it already, Alembic is not even imported."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from storage.errors import StorageError
from storage.schema import UNFINISHED, check_unused, is_current, migrate
from storage.sqlite.lock import check_log_if_free, locked
from storage.sqlite.safety_copy import copy_before_migration
from storage.sqlite.stamp import next_stamp

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Engine


def prepare(file: Path) -> None:
    """Migrate the database in a file to HEAD, of which a copy is kept. A newer one raises `DatabaseNewerError`."""
    stored = _version(file)
    if is_current(stored, str(file)):
        return
    if stored is not None:
        copy_before_migration(file)
    _migrate(file)


def upgrade(file: Path) -> None:
    """Migrate the database in a file, under the lock that keeps other processes out."""
    with locked(file):
        prepare(file)


def version_of(file: Path) -> str | None:
    """The schema version of a database (None: there is no file, or it is empty). Another process may be using it."""
    if not file.exists():
        return None
    check_log_if_free(file)
    return _version(file)


def unfinished_in(file: Path) -> int:
    """How many updates are unfinished in a database of this program's schema. Another process may be using it."""
    with closing(sqlite3.connect(file)) as connection:
        return int(connection.execute(UNFINISHED).fetchone()[0])


def _version(file: Path) -> str | None:
    if not file.exists():
        return None
    try:
        with closing(sqlite3.connect(file)) as connection:
            tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if "alembic_version" not in tables:
                check_unused(tables, str(file))
                return None
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError as error:
        raise StorageError(f"{file} cannot be read as a database: {error}") from error
    return None if row is None else str(row[0])


def _migrate(file: Path) -> None:
    file.touch(mode=0o600)
    with closing(sqlite3.connect(file)) as connection:
        stamped = next_stamp(connection)
    migrate(engine_of(file), stamped)


def engine_of(file: Path) -> Engine:
    """An engine for migrations and copies, with transactions that are all or nothing."""
    from sqlalchemy import URL, create_engine, event

    engine = create_engine(URL.create("sqlite", database=str(file)))
    event.listen(engine, "connect", _leave_transactions_to_us)
    event.listen(engine, "begin", _begin)
    return engine


def _leave_transactions_to_us(connection: Any, _record: object) -> None:
    """Keep the driver from committing before each change of the schema, so that a migration is all or nothing."""
    connection.isolation_level = None


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
