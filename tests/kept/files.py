"""Writes databases as SQL text, and restores them."""

from __future__ import annotations

import json
import sqlite3
import subprocess
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import psycopg

from tests.postgres import binaries

if TYPE_CHECKING:
    from tests.postgres import Server

HERE: Final = Path(__file__).parent
VERSIONS: Final = tuple(sorted(path.parent.name for path in HERE.glob("*/kept.json")))
"""The versions that have databases here, each in a folder of its name."""


def facts(version: str) -> dict[str, Any]:
    """What was known of the databases when they were made."""
    known: dict[str, Any] = json.loads((HERE / version / "kept.json").read_text("utf-8"))
    return known


def moment(known: dict[str, Any]) -> datetime:
    """The time at which they were made, by the clock of the story."""
    return datetime.fromisoformat(known["at"])


def golden(version: str) -> str:
    """What `reads` gave when they were made."""
    return (HERE / version / "reads.txt").read_text("utf-8")


def sqlite_text(file: Path) -> str:
    """The tables, rows and triggers of an SQLite database, which must be closed."""
    with closing(sqlite3.connect(file)) as connection:
        return "".join(f"{statement}\n" for statement in connection.iterdump())


def restore_sqlite(version: str, file: Path) -> None:
    """Restore the SQLite database of a version."""
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript((HERE / version / "sqlite.sql").read_text("utf-8"))


def postgres_text(server: Server, name: str) -> str:
    """The schema and the rows of a PostgreSQL database, as pg_dump writes them, without the commands of psql."""
    dumped = subprocess.run(
        [str(binaries() / "pg_dump"), "-U", "books", "-h", str(server.folder), "--inserts", "--no-owner", name],
        capture_output=True,
        text=True,
        check=True,
    )
    lines = (line for line in dumped.stdout.splitlines() if line and not line.startswith(("--", "\\", "SET ")))
    return "".join(f"{line}\n" for line in lines)


def restore_postgres(version: str, url: str) -> None:
    """Restore the PostgreSQL database of a version into an empty one."""
    text = (HERE / version / "postgresql.sql").read_text("utf-8")
    with psycopg.connect(url) as connection:
        connection.execute(text.encode())


def write(version: str, known: dict[str, Any], texts: dict[str, str]) -> None:
    """Write the databases of a version. Existing ones are never overwritten."""
    folder = HERE / version
    folder.mkdir()
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    (folder / "kept.json").write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n", "utf-8")
