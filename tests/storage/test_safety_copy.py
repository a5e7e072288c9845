"""On SQLite, a copy of the file is kept before each migration. Without it, there is no migration."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from alembic import command

from storage import StorageError, open_store, revisions, upgrade
from storage.schema import HEAD, REVISIONS, alembic_config
from storage.sqlite.schema import engine_of
from tests.clock import TestClock
from tests.kept.files import restore_sqlite
from tests.storage.teller import booked, open_teller, proven

if TYPE_CHECKING:
    from pathlib import Path

OLDER = REVISIONS[-2]


async def an_older_database(file: Path, purchases: int = 3) -> str:
    """Books in the schema before this one. Returns their address."""
    url = f"sqlite:///{file}"
    async with open_store(url) as store:
        teller = await open_teller(store, TestClock(), "ann")
        for _ in range(purchases):
            booked(await teller.buy(5))
    engine = engine_of(file)
    with engine.begin() as connection:
        command.downgrade(alembic_config(connection), OLDER)
    engine.dispose()
    return url


def copy_of(file: Path) -> Path:
    return file.with_name(f"{file.name}.before-{HEAD}")


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {"books.db.lock"}


async def test_the_copy_is_the_database_as_it_was(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    file = tmp_path / "books.db"
    url = await an_older_database(file)
    caplog.set_level("INFO", "storage")
    async with open_store(url) as store:
        await proven(store)
    assert f"kept a copy of the database before its migration: {copy_of(file)}" in caplog.messages
    assert names(tmp_path) == {"books.db", copy_of(file).name}
    assert revisions(f"sqlite:///{copy_of(file)}") == (OLDER, HEAD)
    assert copy_of(file).stat().st_mode & 0o777 == 0o600
    copy_of(file).replace(file)
    upgrade(url)
    async with open_store(url) as store:
        assert await (await open_teller(store, TestClock(), "ann")).balance() == 15


async def test_what_is_only_in_the_log_is_in_the_copy(tmp_path: Path) -> None:
    file = tmp_path / "books.db"
    url = await an_older_database(file)
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("INSERT INTO note VALUES ('late', 'news', NULL)")
        upgrade(url)
    with closing(sqlite3.connect(copy_of(file))) as connection:
        assert connection.execute("SELECT text FROM note").fetchall() == [("news",)]


async def test_one_copy_is_kept_for_each_schema(tmp_path: Path) -> None:
    file = tmp_path / "books.db"
    for purchases in (1, 2):
        url = await an_older_database(file, purchases)
        upgrade(url)
        assert names(tmp_path) == {"books.db", copy_of(file).name}
    with closing(sqlite3.connect(copy_of(file))) as connection:
        assert connection.execute("SELECT balance FROM wallet").fetchall() == [(10,)]


def test_a_new_database_and_one_of_this_version_are_not_copied(tmp_path: Path) -> None:
    for _ in range(2):
        upgrade(f"sqlite:///{tmp_path / 'books.db'}")
        assert names(tmp_path) == {"books.db"}


async def test_a_database_that_cannot_be_copied_is_not_migrated(tmp_path: Path, small_disk: Path) -> None:
    older = tmp_path / "older.db"
    await an_older_database(older)
    file = small_disk / "books.db"
    shutil.copy(older, file)
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"-" * ((1 << 20) - file.stat().st_size - (64 << 10)))
    for _ in range(2):
        with pytest.raises(StorageError, match=r"was not migrated, because no copy of it could be kept .*full"):
            upgrade(f"sqlite:///{file}")
        assert names(small_disk) == {"books.db", "ballast"}
        assert revisions(f"sqlite:///{file}") == (OLDER, HEAD)
    ballast.unlink()
    upgrade(f"sqlite:///{file}")
    assert revisions(f"sqlite:///{file}") == (HEAD, HEAD)


async def test_a_migration_that_a_crash_leaves_in_the_log_opens(tmp_path: Path) -> None:
    file, crashed = tmp_path / "books.db", tmp_path / "crashed.db"
    url = await an_older_database(file)
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("SELECT * FROM wallet").fetchall()
        upgrade(url)  # it is not the last connection, so the migration stays in the log
        for ending in ("", "-wal"):
            shutil.copy(f"{file}{ending}", f"{crashed}{ending}")
    assert crashed.with_name("crashed.db-wal").stat().st_size
    async with open_store(f"sqlite:///{crashed}") as store:
        await proven(store)


async def test_what_the_first_version_wrote_is_copied_before_its_entries_can_be_dated(tmp_path: Path) -> None:
    file = tmp_path / "books.db"
    restore_sqlite("0.1", file)
    written = restored_entries(file)
    upgrade(f"sqlite:///{file}")
    assert names(tmp_path) == {"books.db", "books.db.before-0020"}
    assert restored_entries(tmp_path / "books.db.before-0020") == written
    assert [row[: len(written[0])] for row in restored_entries(file)] == written


def restored_entries(file: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("SELECT * FROM entry ORDER BY id").fetchall()
