"""Brings a PostgreSQL database to this program's schema; several processes that start at once take turns."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

from storage.postgres.link import connect, place, reached
from storage.schema import is_current, migrate, nothing_of_ours

if TYPE_CHECKING:
    from sqlalchemy import Engine

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
TAKE_TURNS = "SELECT pg_advisory_xact_lock(hashtext('connects-bot schema'))"


def prepare(url: str) -> None:
    """Migrate a database to HEAD; one that is newer than this program is refused."""
    if not is_current(version_of(url), place(url)):
        _migrate(url)


def version_of(url: str) -> str | None:
    """The schema that a database says it has (None: nothing is there yet)."""
    with closing(reached(url)) as connection:
        tables = {row[0] for row in connection.execute(TABLES)}
        if "alembic_version" not in tables:
            nothing_of_ours(tables, place(url))
            return None
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return None if row is None else str(row[0])


def _migrate(url: str) -> None:
    migrate(engine_of(url), TAKE_TURNS)


def engine_of(url: str) -> Engine:
    """For what is done to a whole database."""
    from sqlalchemy import create_engine

    return create_engine("postgresql+psycopg://", creator=lambda: _plain(url))


def _plain(url: str) -> Any:
    """A connection on which SQLAlchemy begins the transactions."""
    made = connect(url)
    made.autocommit = False
    return made
