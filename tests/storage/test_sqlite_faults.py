"""Faults of a real file: full, locked, read-only, damaged. Nothing is booked twice, and callers share one wait."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from core.shared.refusals import Outage, UnavailableError
from core.verification import verify
from core.wallets.people import Identity
from storage import StorageError, open_journal, open_store, upgrade
from storage.sqlite import engine as sqlite_engine
from tests.storage.disks import ran
from tests.storage.teller import Teller, booked, open_teller, proven

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator
    from pathlib import Path

    from tests.clock import TestClock

PAGE = 4096


@pytest.fixture
async def teller(url: str, clock: TestClock, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[Teller]:
    monkeypatch.setattr(sqlite_engine, "LOCKS_WITHIN", 0.1)
    async with open_store(url) as store:
        teller = await open_teller(store, clock, "ann")
        booked(await teller.buy(100))
        yield teller


async def outcomes(teller: Teller, count: int) -> list[object]:
    spends = (teller.spend(1, f"press {turn}") for turn in range(count))
    return list(await asyncio.gather(*spends, return_exceptions=True))


def reasons(given: list[object]) -> set[tuple[object, ...]]:
    return {(type(one), getattr(one, "why", None), getattr(one, "maybe", None)) for one in given}


async def test_a_file_that_another_program_holds_is_busy_for_all_at_once(teller: Teller, file: Path) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as browser:
        browser.execute("BEGIN IMMEDIATE")
        asked = asyncio.get_running_loop().time()
        given = await outcomes(teller, 40)
        assert asyncio.get_running_loop().time() - asked < 40 * 0.1
    assert reasons(given) == {(UnavailableError, Outage.BUSY, False)}
    assert not booked(await teller.spend(1, "press 7")).replayed
    await proven(teller.store)


async def test_a_full_disk_books_nothing_that_is_not_on_it(small_disk: Path, clock: TestClock) -> None:
    url = f"sqlite:///{small_disk / 'books.db'}"
    async with open_store(url) as store:
        teller = await open_teller(store, clock, "ann")
        booked(await teller.buy(5000))
        number, refused = 0, None
        while refused is None:
            number += 1
            try:
                booked(await teller.spend(1, f"press {number}", memo="Logo redesign " * 20))
            except UnavailableError as error:
                refused = error
        assert refused.why is Outage.FULL
        assert await teller.balance() == 5000 - number + 1
        assert ran("mount", "-o", "remount,size=9m", str(small_disk))
        assert not booked(await teller.spend(1, f"press {number}", memo="Logo redesign " * 20)).replayed
        assert await teller.balance() == 5000 - number
        assert (await proven(store)).entries == number + 1


async def test_a_read_only_file_is_reported_as_such(teller: Teller) -> None:
    connection = teller.store._connections._writing._connection  # type: ignore[attr-defined] # noqa: SLF001 - the one that writes
    connection.execute("PRAGMA query_only = ON")
    assert reasons(await outcomes(teller, 9)) == {(UnavailableError, Outage.READ_ONLY, False)}
    connection.execute("PRAGMA query_only = OFF")
    assert not booked(await teller.spend(1, "press 3")).replayed


async def test_verify_reports_a_damaged_file(url: str, file: Path, clock: TestClock) -> None:
    async with open_store(url) as store:
        teller = await open_teller(store, clock, "ann")
        booked(await teller.buy(5000))
        await asyncio.gather(*(teller.spend(1, memo="Logo redesign") for _ in range(300)))
    _damage(file)
    async with open_journal(url) as audit:
        verdict = await verify(audit)
    assert verdict.fault is not None
    assert "cannot be read" in verdict.fault or "damaged" in verdict.fault


def _damage(file: Path) -> None:
    """Overwrite the beginning of the pages that hold the journal, as a bad disk does."""
    content = bytearray(file.read_bytes())
    for start in range(0, len(content), PAGE):
        if b"Logo redesign" in content[start : start + PAGE]:
            content[start : start + 64] = b"\xff" * 64
    file.write_bytes(content)


@pytest.mark.parametrize("statement", ["CREATE TABLE notes (text)", "CREATE TABLE person (id INTEGER)"])
def test_a_file_of_another_program_is_refused_and_left_alone(tmp_path: Path, statement: str) -> None:
    file = tmp_path / "other.db"
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute(statement)
    before = file.read_bytes()
    with pytest.raises(StorageError, match="holds tables of another program"):
        upgrade(f"sqlite:///{file}")
    assert file.read_bytes() == before


async def test_one_file_has_one_lock_whatever_it_is_called(url: str, file: Path) -> None:
    link = file.with_name("link.db")
    link.symlink_to(file)
    async with open_store(url):
        with pytest.raises(StorageError, match="in use by another process"):
            async with open_store(f"sqlite:///{link}"):
                pass


async def test_a_close_that_is_cancelled_still_releases_the_file(url: str) -> None:
    async def keep() -> None:
        async with open_store(url) as store:
            await store.people.person(Identity("test", "ann"), "Ann")

    keeping = asyncio.create_task(keep())
    while not keeping.done():
        await asyncio.sleep(0)
        keeping.cancel()
    await asyncio.wait([keeping])
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        await task
    async with open_store(url):
        pass
