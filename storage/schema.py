"""Brings a database to this program's schema. Where it is there already, Alembic is not even imported."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any, Final

from storage.errors import DatabaseNewerError, StorageError

if TYPE_CHECKING:
    from pathlib import Path

    from alembic.config import Config
    from sqlalchemy import Connection

REVISIONS: Final = ("0001",)
HEAD: Final = REVISIONS[-1]


def prepare(file: Path) -> None:
    """Migrate the database in a file to HEAD; one that is newer than this program is refused."""
    if _known(file) != HEAD:
        _migrate(file)


def check_readable(file: Path) -> None:
    """Refuse a database that this program cannot read as it stands: none, an older one, or a newer one."""
    stored = _known(file)
    if stored is None:
        raise StorageError(f"there are no books in {file} yet; the first start makes them")
    if stored != HEAD:
        raise StorageError(
            f"{file} is of an older version (schema {stored}); `connects db upgrade` brings it up to date"
        )


def _known(file: Path) -> str | None:
    stored = version_of(file)
    if stored is not None and stored not in REVISIONS:
        raise DatabaseNewerError(
            f"{file} was written by a newer version of this program (schema {stored}, this one knows {HEAD}); "
            "install that version again, or restore a backup made before it"
        )
    return stored


def version_of(file: Path) -> str | None:
    """The schema that a database says it has (None: nothing is there yet)."""
    if not file.exists():
        return None
    try:
        with closing(sqlite3.connect(file)) as connection:
            there = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone() if there else None
    except sqlite3.DatabaseError as error:
        raise StorageError(f"{file} cannot be read as a database: {error}") from error
    return None if row is None else str(row[0])


def _migrate(file: Path) -> None:
    from alembic import command
    from sqlalchemy import URL, create_engine, event

    file.touch(mode=0o600)
    engine = create_engine(URL.create("sqlite", database=str(file)))
    event.listen(engine, "connect", _leave_transactions_to_us)
    event.listen(engine, "begin", _begin)
    try:
        with engine.begin() as connection:
            command.upgrade(configured(connection), HEAD)
    finally:
        engine.dispose()


def configured(connection: Connection) -> Config:
    """Alembic's settings for a connection, in place of an alembic.ini."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.attributes["connection"] = connection
    return config


def _leave_transactions_to_us(connection: Any, _record: object) -> None:
    """The driver would commit before each change of the schema; a migration is whole or not at all."""
    connection.isolation_level = None


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
