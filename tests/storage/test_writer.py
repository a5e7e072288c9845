"""The writer and its thread when the database below them fails."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from core.ledger.model import Receipt
from core.shared.refusals import UnavailableError
from core.wallets.people import Identity
from core.wallets.settings import Settings
from storage import StoreClosedError, open_store
from storage.sqlite import checkpoint
from storage.sqlite.engine import SqliteEngine
from storage.writer.worker import Call, Worker
from tests.storage.teller import Teller, booked, open_teller, proven

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Sequence
    from pathlib import Path

    from storage.writer.group_commit import Decided
    from tests.clock import TestClock


class Faults:
    """A disk that fails on demand."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.commits = self.appends = self.code = 0
        commit, append = SqliteEngine.commit, SqliteEngine.append

        def failing_commit(engine: SqliteEngine) -> None:
            if self.commits:
                self.commits -= 1
                raise self.error("disk I/O error")
            commit(engine)

        def failing_append(engine: SqliteEngine, decided: Sequence[Decided]) -> None:
            append(engine, decided)
            if self.appends:
                self.appends -= 1
                raise self.error("database or disk is full")

        monkeypatch.setattr(SqliteEngine, "commit", failing_commit)
        monkeypatch.setattr(SqliteEngine, "append", failing_append)

    def error(self, text: str) -> sqlite3.OperationalError:
        """What the driver raises; with a `code`, it is an outage."""
        error = sqlite3.OperationalError(text)
        error.sqlite_errorcode = self.code
        return error


@pytest.fixture
def faults(monkeypatch: pytest.MonkeyPatch) -> Faults:
    return Faults(monkeypatch)


@pytest.fixture
async def teller(faults: Faults, url: str, clock: TestClock) -> AsyncGenerator[Teller]:
    del faults
    async with open_store(url) as store:
        teller = await open_teller(store, clock, "ann")
        booked(await teller.buy(100))
        yield teller


@pytest.mark.parametrize("what", ["commits", "appends"])
async def test_a_batch_that_cannot_be_written_is_retried_write_by_write(
    faults: Faults, teller: Teller, what: str
) -> None:
    setattr(faults, what, 1)
    given = await asyncio.gather(*(teller.spend(2) for _ in range(30)))
    assert {type(one) for one in given} == {Receipt}
    assert await teller.balance() == 40
    await proven(teller.store)


@pytest.mark.parametrize("what", ["commits", "appends"])
async def test_while_the_disk_fails_every_caller_gets_the_error_and_nothing_is_booked(
    faults: Faults, teller: Teller, what: str
) -> None:
    setattr(faults, what, 1000)
    given = await asyncio.gather(*(teller.spend(2, f"press {turn}") for turn in range(10)), return_exceptions=True)
    assert {type(one) for one in given} == {sqlite3.OperationalError}
    setattr(faults, what, 0)
    assert await teller.balance() == 100
    assert not booked(await teller.spend(2, "press 1")).replayed
    await proven(teller.store)


@pytest.mark.parametrize(("what", "maybe"), [("commits", True), ("appends", False)])
async def test_only_after_a_commit_that_failed_is_it_unknown_what_was_written(
    faults: Faults, teller: Teller, monkeypatch: pytest.MonkeyPatch, what: str, *, maybe: bool
) -> None:
    monkeypatch.setattr(faults, "code", sqlite3.SQLITE_FULL)
    setattr(faults, what, 1000)
    writes = teller.spend(2, "press 1"), teller.store.people.save_settings(teller.wallet, Settings(zone="Europe/Kyiv"))
    given = await asyncio.gather(*writes, return_exceptions=True)
    assert [(type(one), getattr(one, "maybe", None)) for one in given] == [(UnavailableError, maybe)] * 2


async def test_a_caller_who_gives_up_does_not_disturb_the_others(teller: Teller) -> None:
    tasks = [asyncio.create_task(teller.spend(1, f"press {turn}")) for turn in range(20)]
    await asyncio.sleep(0)
    for task in tasks[::2]:
        task.cancel()
    for task in tasks:
        with suppress(asyncio.CancelledError):
            booked(await task)
    assert booked(await teller.spend(1, "press 0")).replayed
    assert await teller.balance() == 80


async def test_writes_queued_before_the_close_are_finished(url: str, clock: TestClock) -> None:
    async with open_store(url) as store:
        teller = await open_teller(store, clock, "ann")
        booked(await teller.buy(100))
        tasks = [asyncio.create_task(teller.spend(1)) for _ in range(30)]
        await asyncio.sleep(0)
    assert {type(one) for one in await asyncio.gather(*tasks)} == {Receipt}
    with pytest.raises(StoreClosedError):
        await store.people.person(Identity("test", "bob"), "Bob")


async def test_the_write_ahead_log_does_not_grow_without_end(
    url: str, file: Path, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoint, "PAGES_BETWEEN", 200)
    async with open_store(url) as store:
        teller = await open_teller(store, clock, "ann")
        for _ in range(12):
            booked(await teller.buy(5000))
            await asyncio.gather(*(teller.spend(1) for _ in range(600)))
            for turn in range(150):
                await store.notes.put_note(f"note {turn}", "text", None)
        log = file.with_name("books.db-wal")
        assert log.stat().st_size < 2000 * 4096


async def test_a_worker_answers_each_caller_with_its_own_outcome() -> None:
    def work(jobs: Sequence[Call[int]]) -> None:
        for job in jobs:
            if job.asked == 13:
                job.error = ValueError("unlucky")
            job.outcome = job.asked * 2

    worker: Worker[int] = Worker("doubler", work)
    given = await asyncio.gather(*(worker.ask(number) for number in range(20)), return_exceptions=True)
    assert [one for one in given if not isinstance(one, ValueError)] == [n * 2 for n in range(20) if n != 13]
    await worker.close()
    await worker.close()


async def test_a_worker_whose_work_crashes_fails_every_call_and_goes_on() -> None:
    def work(jobs: Sequence[Call[Any]]) -> None:
        if any(job.asked == "break" for job in jobs):
            raise MemoryError
        for job in jobs:
            job.outcome = "done"

    worker: Worker[str] = Worker("clumsy", work)
    with pytest.raises(MemoryError):
        await worker.ask("break")
    assert await worker.ask("go on") == "done"
    await worker.close()
