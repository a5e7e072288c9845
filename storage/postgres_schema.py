"""Brings a PostgreSQL database to this program's schema; several processes that start at once take turns."""

from __future__ import annotations

from contextlib import closing
from typing import Any

from storage.postgres_link import connect, place, reached
from storage.schema import is_current, migrate

TAKE_TURNS = "SELECT pg_advisory_xact_lock(hashtext('connects-bot schema'))"


def prepare(url: str) -> None:
    """Migrate a database to HEAD; one that is newer than this program is refused."""
    if not is_current(version_of(url), place(url)):
        _migrate(url)


def version_of(url: str) -> str | None:
    """The schema that a database says it has (None: nothing is there yet)."""
    with closing(reached(url)) as connection:
        there: Any = connection.execute("SELECT to_regclass('alembic_version')").fetchone()
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone() if there[0] else None
    return None if row is None else str(row[0])


def _migrate(url: str) -> None:
    from sqlalchemy import create_engine

    migrate(create_engine("postgresql+psycopg://", creator=lambda: _plain(url)), TAKE_TURNS)


def _plain(url: str) -> Any:
    """A connection on which SQLAlchemy begins the transactions."""
    made = connect(url)
    made.autocommit = False
    return made
