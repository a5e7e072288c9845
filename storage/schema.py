"""The schema versions that this program knows, and how it migrates. Each engine reads the version in its own way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from storage.errors import DatabaseNewerError, StorageError

if TYPE_CHECKING:
    from collections.abc import Collection

    from alembic.config import Config
    from sqlalchemy import Connection, Engine

REVISIONS: Final = (
    "0001",
    "0002",
    "0003",
    "0004",
    "0005",
    "0006",
    "0007",
    "0008",
    "0009",
    "0010",
    "0011",
    "0012",
    "0013",
    "0014",
    "0015",
    "0016",
    "0017",
    "0018",
    "0019",
    "0020",
)
HEAD: Final = REVISIONS[-1]
UNFINISHED: Final = "SELECT count(*) FROM inbox WHERE body IS NOT NULL"


def check_unused(tables: Collection[str], where: str) -> None:
    """Raise `StorageError` if a database without our schema has tables, which must be another program's."""
    if tables:
        raise StorageError(
            f"{where} holds tables of another program ({', '.join(sorted(tables)[:3])}); "
            "use a database of its own for this bot"
        )


def is_current(stored: str | None, where: str) -> bool:
    """Whether a database has this program's schema. A newer one raises `DatabaseNewerError`."""
    if stored is not None and stored not in REVISIONS:
        raise DatabaseNewerError(
            f"{where} was written by a newer version of this program (schema {stored}, this one knows {HEAD}); "
            "install that version again, or restore a backup made before it"
        )
    return stored == HEAD


def check_there(stored: str | None, where: str) -> None:
    """Raise `StorageError` if a database is empty or does not exist, such as one whose address was mistyped."""
    if stored is None:
        raise StorageError(f"there are no books in {where} yet; the first start creates them")


def check_readable(stored: str | None, where: str) -> None:
    """Raise `StorageError` unless a database has this program's schema."""
    if is_current(stored, where):
        return
    check_there(stored, where)
    raise StorageError(f"{where} is of an older version (schema {stored}); `connects db upgrade` brings it up to date")


def migrate(engine: Engine, before: str | None = None) -> None:
    """Migrate a database to HEAD, all or nothing. `before` is a statement to begin with, such as taking a lock."""
    from alembic import command

    try:
        with engine.begin() as connection:
            if before is not None:
                connection.exec_driver_sql(before)
            command.upgrade(alembic_config(connection), HEAD)
    finally:
        engine.dispose()


def alembic_config(connection: Connection) -> Config:
    """Alembic's settings for a connection, instead of an alembic.ini."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "storage:migrations")
    config.attributes["connection"] = connection
    return config
