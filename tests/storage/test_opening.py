"""Opening a store: its address, its lock, its schema."""

from __future__ import annotations

import sqlite3
import sys
from asyncio import create_subprocess_exec, subprocess
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from core.ledger.ports import Key, Scope
from core.shared.ids import WalletId
from core.shared.refusals import Unknown
from core.wallets.people import Identity
from storage import (
    DatabaseBusyError,
    DatabaseNewerError,
    StorageError,
    StoreClosedError,
    UnsupportedUrlError,
    open_store,
    upgrade,
)

if TYPE_CHECKING:
    from pathlib import Path

ANN = Identity("telegram", "42")
OPENS = """
import asyncio, sys
from storage import DatabaseBusyError, open_store

async def main():
    try:
        async with open_store(sys.argv[1]):
            print("open")
    except DatabaseBusyError as error:
        print(error)

asyncio.run(main())
"""


@pytest.mark.parametrize(
    "url", ["mysql://host/books", "sqlite://", "sqlite:///", "sqlite:///:memory:", "books.db", "memory:", ""]
)
async def test_the_error_on_an_unsupported_address_names_the_supported_ones(url: str) -> None:
    with pytest.raises(UnsupportedUrlError, match=r"use sqlite:///books\.db"):
        async with open_store(url):
            pass


async def test_the_error_on_an_address_shows_no_password() -> None:
    with pytest.raises(UnsupportedUrlError) as raised:
        upgrade("mysql://root:hunter2@host/books")
    assert "hunter2" not in str(raised.value)


@pytest.mark.parametrize("form", ["sqlite:///data/books.db", "sqlite+aiosqlite:///data/books.db"])
async def test_a_file_is_made_with_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    monkeypatch.chdir(tmp_path)
    async with open_store(form) as store:
        await store.people.person(ANN, "Ann")
    assert (tmp_path / "data" / "books.db").stat().st_mode & 0o077 == 0


async def test_a_path_may_hold_any_character(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/50% off? #1 é.db"
    for _ in range(2):
        async with open_store(url) as store:
            assert (await store.people.person(ANN, "Ann")).id == 1
    assert (tmp_path / "50% off? #1 é.db").exists()


async def test_a_clean_close_leaves_one_file_and_its_lock(url: str, file: Path) -> None:
    async with open_store(url) as store:
        await store.people.person(ANN, "Ann")
    assert sorted(path.name for path in file.parent.iterdir()) == ["books.db", "books.db.lock"]


async def test_a_second_opening_is_refused_with_a_reason_until_the_first_is_closed(url: str) -> None:
    async with open_store(url):
        with pytest.raises(DatabaseBusyError, match="in use by another process"):
            async with open_store(url):
                pass
        with pytest.raises(DatabaseBusyError):
            upgrade(url)
    async with open_store(url):
        pass


async def test_a_second_process_is_refused_with_a_reason(url: str) -> None:
    async with open_store(url):
        said = await _opened_elsewhere(url)
    assert "only one process at a time can use the file" in said
    assert await _opened_elsewhere(url) == "open"


async def _opened_elsewhere(url: str) -> str:
    child = await create_subprocess_exec(sys.executable, "-c", OPENS, url, stdout=subprocess.PIPE)
    out, _ = await child.communicate()
    return out.decode().strip()


async def test_what_was_written_is_there_after_reopening(url: str) -> None:
    async with open_store(url) as store:
        person = await store.people.person(ANN, "Ann")
    async with open_store(url) as store:
        assert await store.people.person(ANN, "Ann") == person


@pytest.mark.parametrize("kind", ["memory", "sqlite"])
async def test_a_closed_store_says_so(kind: str, url: str) -> None:
    async with open_store("memory://" if kind == "memory" else url) as store:
        await store.close()
        with pytest.raises(StoreClosedError):
            await store.ledger.write(Scope(WalletId(1)), Key("press", "asked"), lambda _: Unknown("nothing", ""))


async def test_a_database_of_a_newer_program_is_refused_with_a_reason(url: str, file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseNewerError, match="written by a newer version"):
        async with open_store(url):
            pass
    with pytest.raises(DatabaseNewerError, match="schema 9999"):
        upgrade(url)
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("9999",)


def test_a_file_that_is_no_database_is_refused_with_a_reason_and_left_alone(url: str, file: Path) -> None:
    file.write_text("Dear diary, " * 100)
    with pytest.raises(StorageError, match="cannot be read as a database"):
        upgrade(url)
    assert file.read_text() == "Dear diary, " * 100


async def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="cannot be written to"):
        async with open_store(f"sqlite:///{tmp_path}/file/books.db"):
            pass
