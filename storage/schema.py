"""Which schemas this program knows, and the migrations between them; how a database says its own is its engine's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from storage.errors import DatabaseNewerError, StorageError

if TYPE_CHECKING:
    from collections.abc import Collection

    from alembic.config import Config
    from sqlalchemy import Connection, Engine

REVISIONS: Final = ("0001", "0002", "0003", "0004", "0005", "0006", "0007")
HEAD: Final = REVISIONS[-1]


def nothing_of_ours(tables: Collection[str], where: str) -> None:
    """There is no schema of this program; a database that holds something else is refused, and left alone."""
    if tables:
        raise StorageError(
            f"{where} holds tables of another program ({', '.join(sorted(tables)[:3])}); "
            "give the books a database of their own"
        )


def is_current(stored: str | None, where: str) -> bool:
    """Whether a database has this program's schema; one that is newer is refused."""
    if stored is not None and stored not in REVISIONS:
        raise DatabaseNewerError(
            f"{where} was written by a newer version of this program (schema {stored}, this one knows {HEAD}); "
            "install that version again, or restore a backup made before it"
        )
    return stored == HEAD


def check_readable(stored: str | None, where: str) -> None:
    """Refuse a database that this program cannot read as it stands: none, an older one, or a newer one."""
    if is_current(stored, where):
        return
    if stored is None:
        raise StorageError(f"there are no books in {where} yet; the first start makes them")
    raise StorageError(f"{where} is of an older version (schema {stored}); `connects db upgrade` brings it up to date")


def migrate(engine: Engine, before: str | None = None) -> None:
    """Bring a database to HEAD, whole or not at all; `before` is a statement to begin with, such as taking a lock."""
    from alembic import command

    try:
        with engine.begin() as connection:
            if before is not None:
                connection.exec_driver_sql(before)
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
