"""A start notices a backup that was put beside the write-ahead log of newer books. It never refuses a crashed database.

The files are real, and left as a process leaves them that is killed; some processes are.
"""

from __future__ import annotations

import shutil
import sqlite3
import sys
from asyncio import create_subprocess_exec, subprocess
from contextlib import closing
from dataclasses import dataclass
from signal import SIGKILL
from typing import TYPE_CHECKING

import pytest

from storage import StorageError, copy, open_journal, open_store, revisions, upgrade
from storage.sqlite import checkpoint
from storage.sqlite.stamp import Stamp, belongs
from storage.sqlite.store import SqliteStore
from tests.clock import TestClock
from tests.storage.teller import booked, open_teller, proven

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from core.store import Store
    from tests.storage.teller import Teller

SELDOM, OFTEN = 8000, 100


@dataclass
class Process:
    """The store in a process that can crash."""

    file: Path
    store: Store
    ann: Teller

    async def book(self, count: int) -> None:
        """Book so many purchases of one Connect."""
        for _ in range(count):
            number = (await self.store.ledger.holding(self.ann.wallet)).entries
            booked(await self.ann.buy(1, key=f"{self.ann.wallet}:{number}"))

    async def crash(self) -> None:
        """Leave the file and its log as they are now."""
        file, log = contents(self.file)
        await self.store.close()
        _write(self.file, file)
        _write(log_of(self.file), log)

    async def close(self) -> None:
        """End as the service manager asks."""
        await self.store.close()


def _write(file: Path, content: bytes) -> None:
    file.write_bytes(content)


async def started(file: Path) -> Process:
    store = await SqliteStore.open(file)
    return Process(file, store, await open_teller(store, TestClock(), "ann"))


@pytest.fixture
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """The log is moved into the file after every few commits."""
    monkeypatch.setattr(checkpoint, "PAGES_BETWEEN", OFTEN)


def by_backup(file: Path, to: Path) -> None:
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(to)) as target:
        source.backup(target)


def by_vacuum(file: Path, to: Path) -> None:
    with closing(sqlite3.connect(file)) as source:
        source.execute("VACUUM INTO ?", (str(to),))


def by_cp(file: Path, to: Path) -> None:
    shutil.copy(file, to)


BACKUPS = pytest.mark.parametrize("back_up", [by_backup, by_vacuum])


def log_of(file: Path) -> Path:
    return file.with_name(f"{file.name}-wal")


def contents(file: Path) -> tuple[bytes, bytes]:
    return file.read_bytes(), log_of(file).read_bytes()


async def balance_of(file: Path) -> int:
    """Open the store and verify it."""
    async with open_store(f"sqlite:///{file}") as store:
        await proven(store)
        return await (await open_teller(store, TestClock(), "ann")).balance()


async def refused(file: Path) -> str:
    """Everything that opens the file refuses it and changes nothing."""
    url, before = f"sqlite:///{file}", contents(file)
    with pytest.raises(StorageError) as error:
        async with open_store(url):
            pass
    for attempt in (lambda: upgrade(url), lambda: revisions(url), lambda: copy(url, f"{url}.copy")):
        with pytest.raises(StorageError, match="-wal"):
            attempt()
    with pytest.raises(StorageError, match="-wal"):
        async with open_journal(url):
            pass
    assert contents(file) == before
    return str(error.value)


@BACKUPS
async def test_a_backup_of_the_same_day_beside_the_left_log_is_refused(
    tmp_path: Path, back_up: Callable[[Path, Path], None]
) -> None:
    file, backup = tmp_path / "books.db", tmp_path / "backup.db"
    process = await started(file)
    await process.book(5)
    back_up(file, backup)
    await process.book(5)
    await process.crash()
    shutil.copy(backup, file)
    words = await refused(file)
    assert "books.db-wal does not belong to" in words
    assert "move books.db-wal and books.db-shm to another folder" in words
    log_of(file).unlink()
    assert await balance_of(file) == 5


@BACKUPS
@pytest.mark.usefixtures("often")
async def test_a_backup_from_before_checkpoints_is_refused(
    tmp_path: Path, back_up: Callable[[Path, Path], None]
) -> None:
    file, backup = tmp_path / "books.db", tmp_path / "backup.db"
    process = await started(file)
    await process.book(40)
    back_up(file, backup)
    await process.book(80)
    await process.crash()
    shutil.copy(backup, file)
    await refused(file)


@pytest.mark.parametrize("back_up", [by_backup, by_vacuum, by_cp])
@pytest.mark.parametrize("booked_later", [0, 1, 40])
async def test_a_backup_of_an_earlier_run_is_refused(
    tmp_path: Path, back_up: Callable[[Path, Path], None], booked_later: int
) -> None:
    file, backup = tmp_path / "books.db", tmp_path / "backup.db"
    process = await started(file)
    await process.book(3)
    if back_up is by_cp:
        await process.close()
    back_up(file, backup)
    if back_up is not by_cp:
        await process.book(1)
        await process.close()
    process = await started(file)
    await process.book(booked_later)
    await process.crash()
    backup.replace(file)
    await refused(file)


async def test_books_of_others_and_of_earlier_versions_beside_the_left_log_are_refused(tmp_path: Path) -> None:
    file, other = tmp_path / "books.db", tmp_path / "other.db"
    process = await started(file)
    await process.book(3)
    await process.crash()
    upgrade(f"sqlite:///{other}")
    shutil.copy(other, file)
    await refused(file)
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("PRAGMA user_version = 0")
    shutil.copy(other, file)
    await refused(file)


async def test_a_log_whose_file_is_gone_is_refused_and_kept(tmp_path: Path) -> None:
    file = tmp_path / "books.db"
    process = await started(file)
    await process.book(3)
    await process.crash()
    kept = file.rename(tmp_path / "away.db")
    for _ in range(2):
        with pytest.raises(StorageError, match="a database that is not there"):
            upgrade(f"sqlite:///{file}")
        file.touch()
    kept.replace(file)
    assert await balance_of(file) == 3


@pytest.mark.parametrize("pages", [SELDOM, OFTEN])
async def test_a_crashed_database_opens_however_often_it_crashes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pages: int
) -> None:
    monkeypatch.setattr(checkpoint, "PAGES_BETWEEN", pages)
    file, total = tmp_path / "books.db", 0
    for count in (1, 0, 30, 2, 60, 0, 17):
        process = await started(file)
        await process.book(count)
        await process.crash()
        total += count
        assert log_of(file).stat().st_size
    assert await balance_of(file) == total


async def test_a_process_that_is_killed_again_and_again_opens_its_database(tmp_path: Path) -> None:
    file, booked_by_then = tmp_path / "books.db", 0
    for acknowledged in (40, 3):
        child = await create_subprocess_exec(
            sys.executable, "-c", BOOKS_UNTIL_KILLED, f"sqlite:///{file}", str(OFTEN), stdout=subprocess.PIPE
        )
        assert child.stdout is not None
        for _ in range(acknowledged):
            assert await child.stdout.readline() == b"booked\n"
        child.kill()
        await child.wait()
        booked_by_then += acknowledged
        assert await balance_of(file) >= booked_by_then


BOOKS_UNTIL_KILLED = """
import asyncio, os, sys
from storage import open_store
from storage.sqlite import checkpoint
from tests.clock import TestClock
from tests.storage.teller import open_teller

checkpoint.PAGES_BETWEEN = int(sys.argv[2])

async def main():
    async with open_store(sys.argv[1]) as store:
        ann = await open_teller(store, TestClock(), "ann")
        number = 0
        while True:
            number += 1
            await ann.buy(1, key=f"{os.getpid()}:{number}")
            sys.stdout.write("booked\\n")
            sys.stdout.flush()

asyncio.run(main())
"""


async def test_a_start_that_is_killed_at_any_moment_is_started_again(tmp_path: Path) -> None:
    file = tmp_path / "books.db"
    process = await started(file)
    await process.book(2)
    await process.crash()
    for turn in range(6):
        child = await create_subprocess_exec(
            sys.executable, "-c", KILLED_AT, f"sqlite:///{file}", str(turn), stdout=subprocess.PIPE
        )
        assert await child.wait() == (-SIGKILL if turn < 5 else 0)
        pair = tmp_path / f"{turn}.db"
        for one in (file, log_of(file)):
            if one.exists():
                shutil.copy(one, pair.with_name(one.name.replace(file.name, pair.name)))
        assert await balance_of(pair) == 2
    assert await balance_of(file) == 2


KILLED_AT = """
import asyncio, os, signal, sqlite3, sys
from storage import open_store
from storage.sqlite import engine

left = int(sys.argv[2])

class Killed(sqlite3.Connection):
    def execute(self, sql, *values):
        global left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= sql.startswith("PRAGMA user_version =") or "checkpoint" in sql
        done = super().execute(sql, *values)
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

plain = sqlite3.connect
sqlite3.connect = lambda *words, **options: plain(*words, **options, factory=Killed)

async def main():
    async with open_store(sys.argv[1]):
        pass

asyncio.run(main())
"""


@pytest.mark.usefixtures("often")
async def test_a_pair_of_files_that_is_put_back_opens(tmp_path: Path) -> None:
    file, pair = tmp_path / "books.db", tmp_path / "pair.db"
    process = await started(file)
    await process.book(30)
    await process.crash()
    shutil.copy(file, pair)
    shutil.copy(log_of(file), log_of(pair))
    process = await started(file)
    await process.book(50)
    await process.crash()
    shutil.copy(pair, file)
    shutil.copy(log_of(pair), log_of(file))
    assert await balance_of(file) == 30


async def test_a_copy_opens_and_so_does_a_backup_in_the_place_of_closed_books(tmp_path: Path) -> None:
    file, other, backup = tmp_path / "books.db", tmp_path / "other.db", tmp_path / "backup.db"
    process = await started(file)
    await process.book(4)
    by_backup(file, backup)
    await process.book(4)
    await process.close()
    copy(f"sqlite:///{file}", f"sqlite:///{other}")
    assert await balance_of(other) == 8
    backup.replace(file)
    assert await balance_of(file) == 4


async def test_a_log_that_another_program_has_moved_into_the_file_is_no_cause_for_alarm(tmp_path: Path) -> None:
    file = tmp_path / "books.db"
    process = await started(file)
    await process.book(4)
    with closing(sqlite3.connect(file)) as browser:
        browser.execute("PRAGMA wal_checkpoint").fetchone()
    await process.book(2)
    await process.crash()
    assert await balance_of(file) == 6


async def test_a_schema_that_another_program_has_changed_is_no_cause_for_alarm(tmp_path: Path) -> None:
    file = tmp_path / "books.db"
    process = await started(file)
    await process.book(4)
    with closing(sqlite3.connect(file, isolation_level=None)) as browser:
        browser.execute("ANALYZE")
        browser.execute("VACUUM")
    await process.book(2)
    await process.crash()
    assert await balance_of(file) == 6


async def test_books_can_be_verified_while_the_log_is_moved(tmp_path: Path) -> None:
    file = tmp_path / "books.db"
    async with open_store(f"sqlite:///{file}") as store:
        booked(await (await open_teller(store, TestClock(), "ann")).buy(5))
        await proven(store)
        assert revisions(f"sqlite:///{file}")[0] is not None


def test_a_stamp_names_the_one_before_it() -> None:
    first, other = Stamp(0x0004_0000, 7), Stamp(0x000C_0000, 7)
    second = Stamp(0x0008_0000 | first.hash << 1, 7)
    cover = Stamp(second.number | 1, 7)
    assert [belongs(first, both) for both in (first, second, cover)] == [True, True, False]
    assert [belongs(second, both) for both in (first, second, cover)] == [False, True, True]
    assert [belongs(cover, both) for both in (second, cover)] == [False, True]
    assert belongs(Stamp(first.number | 1, 7), second)  # a checkpoint has moved only a part of the log
    assert [belongs(other, both) for both in (first, second, cover)] == [False] * 3
    unstamped = Stamp(0, 7)
    assert [belongs(one, unstamped) for one in (unstamped, other)] == [True, True]
    assert not belongs(unstamped, cover)


def test_a_backup_has_a_schema_number_that_its_source_cannot_have_had_before() -> None:
    first = Stamp(0x0004_0000, 7)
    second, cover = Stamp(0x0008_0000 | first.hash << 1, 7), Stamp(first.number | 1, 7)
    for both in (first, second, cover):
        assert belongs(first, both)
        assert not belongs(first._replace(schema=1), both)
        assert not belongs(first._replace(schema=8), both)
    for both in (first, second, cover):  # a migration, or an index that somebody made with another program
        assert belongs(first._replace(schema=5), both)
    assert not belongs(cover._replace(schema=5), cover)
