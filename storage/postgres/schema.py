"""Brings a PostgreSQL database to this program's schema. Processes that start at the same time take turns."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

from storage.postgres.link import connect, place, reached
from storage.schema import UNFINISHED, check_unused, is_current, migrate

if TYPE_CHECKING:
    from sqlalchemy import Engine

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
IDENTITY = "SELECT current_database(), current_schema(), pg_postmaster_start_time(), current_setting('port')"
TAKE_TURNS = "SELECT pg_advisory_xact_lock(hashtext('connects-bot schema'))"


def prepare(url: str) -> None:
    """Migrate a database to HEAD. A newer one raises `DatabaseNewerError`."""
    if not is_current(version_of(url), place(url)):
        _migrate(url)


def version_of(url: str) -> str | None:
    """The schema version of a database (None: it is empty)."""
    with closing(reached(url)) as connection:
        tables = {row[0] for row in connection.execute(TABLES)}
        if "alembic_version" not in tables:
            check_unused(tables, place(url))
            return None
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return None if row is None else str(row[0])


def unfinished_in(url: str) -> int:
    """How many updates are unfinished in a database of this program's schema."""
    with closing(reached(url)) as connection:
        ((number,),) = connection.execute(UNFINISHED).fetchall()
    return int(number)


def identity_of(url: str) -> object:
    """What is the same for all addresses of one database."""
    with closing(reached(url)) as connection:
        return connection.execute(IDENTITY).fetchone()


def _migrate(url: str) -> None:
    migrate(engine_of(url), TAKE_TURNS)


def engine_of(url: str) -> Engine:
    """An engine for migrations and copies. The store itself does not use it."""
    from sqlalchemy import create_engine

    return create_engine("postgresql+psycopg://", creator=lambda: _plain(url))


def _plain(url: str) -> Any:
    """A connection on which SQLAlchemy may begin transactions."""
    made = connect(url)
    made.autocommit = False
    return made
