"""Faults of a real PostgreSQL server: nothing is booked twice, and every answer stands for something booked."""

from __future__ import annotations

import asyncio
import os
import secrets
import subprocess
import threading
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from core.delivery.notice import Notice
from core.ledger import rules
from core.ledger.model import Change, Receipt
from core.ledger.requests import Spend
from core.shared.refusals import Outage, Refusal, UnavailableError
from core.verification import verify
from storage import open_store, upgrade
from storage.postgres import engine as postgres_engine
from storage.postgres import link as postgres_link
from storage.postgres.link import WriteLink, diagnose
from storage.writer import group_commit as writer
from tests.postgres import running
from tests.storage.teller import BOOK, Teller, booked, open_teller, proven

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterator
    from pathlib import Path

    from core.ledger.entry_builder import Intent
    from core.ledger.model import Snapshot
    from storage.errors import Diagnosis
    from tests.clock import TestClock
    from tests.postgres import Server


@pytest.fixture
async def teller(postgres: str, clock: TestClock) -> AsyncGenerator[Teller]:
    async with open_store(postgres) as store:
        teller = await open_teller(store, clock, "ann")
        booked(await teller.buy(100))
        yield teller


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer with a short back-off."""
    monkeypatch.setattr(writer, "PAUSES", (0.01, 0.01))
    monkeypatch.setattr(postgres_link, "LOCKS_WITHIN", "50ms")


def at(postgres: str) -> psycopg.Connection[Any]:
    return psycopg.connect(postgres, autocommit=True)


def throw_everyone_out(postgres: str) -> None:
    """End our connections, as an administrator, a failover or a restart does."""
    with at(postgres) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


async def _somebody_waits(postgres: str) -> None:
    """Wait until a statement waits for a lock."""
    waiting = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    with at(postgres) as connection:
        while connection.execute(waiting.encode()).fetchone() is None:  # noqa: ASYNC110 - another process cannot set it
            await asyncio.sleep(0)


class TestFaults:
    async def test_a_connection_lost_between_two_spends_is_not_noticed(self, teller: Teller, postgres: str) -> None:
        throw_everyone_out(postgres)
        assert await teller.balance() == 100
        throw_everyone_out(postgres)
        assert not booked(await teller.spend(5, "press")).replayed
        assert await teller.balance() == 95

    async def test_a_connection_lost_in_the_middle_books_once(self, teller: Teller, postgres: str) -> None:
        thrown: list[int] = []

        def spend(before: Snapshot, intent: Intent) -> Change | Refusal:
            if len(thrown) < 2:
                thrown.append(before.balance)
                throw_everyone_out(postgres)
            return spending(before, intent)

        assert not booked(await teller.carry(spend, "press")).replayed
        assert thrown == [100, 100]
        assert await teller.balance() == 95
        await proven(teller.store)

    async def test_a_process_that_freezes_in_a_transaction_does_not_block_the_others(
        self, teller: Teller, postgres: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(postgres_link, "IDLE_WITHIN", "50ms")
        asleep, awake, loop = asyncio.Event(), threading.Event(), asyncio.get_running_loop()

        def spend(before: Snapshot, intent: Intent) -> Change | Refusal:
            loop.call_soon_threadsafe(asleep.set)
            awake.wait(10)
            return spending(before, intent)

        async with open_store(postgres) as store:
            frozen = asyncio.create_task(
                Teller(store, teller.clock, teller.wallet, teller.person).carry(spend, "press")
            )
            await asleep.wait()
            booked(await teller.spend(5, "other"))
            awake.set()
            assert not booked(await frozen).replayed
        assert await teller.balance() == 90
        await proven(teller.store)

    async def test_if_the_answer_to_a_commit_is_lost_the_retry_gives_the_first_receipt(
        self, teller: Teller, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        commit = WriteLink.commit

        def lost(link: WriteLink) -> None:
            commit(link)
            link.close()
            monkeypatch.undo()
            raise psycopg.OperationalError("server closed the connection unexpectedly")

        monkeypatch.setattr(WriteLink, "commit", lost)
        given = await asyncio.gather(*(teller.spend(5, f"press {turn}") for turn in range(8)))
        assert not any(booked(one).replayed for one in given)
        assert await teller.balance() == 60
        assert booked(await teller.spend(5, "press 3")).replayed
        await proven(teller.store)

    async def test_a_serialisation_failure_is_retried(
        self, postgres: str, clock: TestClock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        seen: list[Exception] = []

        def noting(error: Exception) -> Diagnosis:
            seen.append(error)
            return diagnose(error)

        monkeypatch.setattr(postgres_engine, "diagnose", noting)
        with at(postgres) as connection:
            stricter = f'ALTER DATABASE "{connection.info.dbname}" SET default_transaction_isolation'
            connection.execute(f"{stricter} = 'repeatable read'".encode())
        async with open_store(postgres) as store:
            teller = await open_teller(store, clock, "ann")
            booked(await teller.buy(100))
            with psycopg.connect(postgres) as rival:
                rival.execute("UPDATE wallet SET plan = plan")
                spend = asyncio.create_task(teller.spend(5))
                await _somebody_waits(postgres)
                rival.commit()
                assert not booked(await spend).replayed
            assert await teller.balance() == 95
        assert [type(error) for error in seen] == [psycopg.errors.SerializationFailure]

    async def test_a_claim_whose_answer_is_lost_is_not_retried(
        self, teller: Teller, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        now = teller.clock.now()
        await teller.store.outbox.notify([Notice("n1", "low", {}, teller.wallet)], now)
        lease = await teller.store.outbox.lease("test", "one", now, now + timedelta(seconds=15), idempotent=False)
        assert lease is not None
        commit = WriteLink.commit

        def lost(link: WriteLink) -> None:
            commit(link)
            link.close()
            monkeypatch.undo()
            raise psycopg.OperationalError("server closed the connection unexpectedly")

        monkeypatch.setattr(WriteLink, "commit", lost)
        with pytest.raises(UnavailableError):
            await teller.store.outbox.claim("test", lease.epoch, now, 9)
        heir = await teller.store.outbox.lease("test", "two", now + timedelta(seconds=15), now, idempotent=False)
        assert heir is not None
        assert len(await teller.store.outbox.claim("test", heir.epoch, now + timedelta(seconds=15), 9)) == 1

    async def test_a_connection_lost_during_verify_is_an_outage_and_no_fault_of_the_books(
        self, teller: Teller, postgres: str
    ) -> None:
        async with teller.store.read_journal() as audit:
            throw_everyone_out(postgres)
            with pytest.raises(UnavailableError) as raised:
                await verify(audit)
        assert raised.value.why is Outage.LOST

    @pytest.mark.usefixtures("hasty")
    async def test_a_wallet_that_another_client_locks_is_busy_and_nothing_is_booked(
        self, postgres: str, clock: TestClock
    ) -> None:
        async with open_store(postgres) as store:
            teller = await open_teller(store, clock, "ann")
            booked(await teller.buy(100))
            with psycopg.connect(postgres) as rival:
                rival.execute("SELECT 1 FROM wallet FOR UPDATE")
                with pytest.raises(UnavailableError) as raised:
                    await teller.spend(5, "press")
            assert (raised.value.why, raised.value.maybe) == (Outage.BUSY, False)
            assert not booked(await teller.spend(5, "press")).replayed

    @pytest.mark.usefixtures("hasty")
    async def test_a_server_that_became_a_standby_is_read_only(self, teller: Teller, postgres: str) -> None:
        with at(postgres) as connection:
            switch = f'ALTER DATABASE "{connection.info.dbname}" SET default_transaction_read_only'
            connection.execute(f"{switch} = on".encode())
        throw_everyone_out(postgres)
        given = await asyncio.gather(*(teller.spend(1, f"{turn}") for turn in range(9)), return_exceptions=True)
        assert {(type(one), getattr(one, "why", None)) for one in given} == {(UnavailableError, Outage.READ_ONLY)}
        assert await teller.balance() == 100
        with at(postgres) as connection:
            connection.execute("SET default_transaction_read_only = off")
            connection.execute(f"{switch} = off".encode())
        throw_everyone_out(postgres)
        assert not booked(await teller.spend(1, "1")).replayed


async def test_a_full_disk_books_nothing_that_is_not_on_it(server: Server, small_disk: Path, clock: TestClock) -> None:
    with at(server.url("postgres")) as connection:
        connection.execute(f"CREATE TABLESPACE small LOCATION '{small_disk}'".encode())
        connection.execute("CREATE DATABASE crowded TEMPLATE migrated TABLESPACE small")
    async with open_store(server.url("crowded")) as store:
        teller = await open_teller(store, clock, "ann")
        booked(await teller.buy(5000))
        number, refused = 0, None
        while refused is None:
            number += 1
            try:
                booked(await teller.spend(1, f"press {number}", memo=secrets.token_hex(1000)))
            except UnavailableError as error:
                refused = error
        assert refused.why is Outage.FULL
        assert await teller.balance() == 5000 - number + 1
        assert _run("mount", "-o", "remount,size=30m", str(small_disk)) == 0
        assert not booked(await teller.spend(1, f"press {number}", memo=secrets.token_hex(1000))).replayed
        assert (await proven(store)).entries == number + 1
    server.drop("crowded")
    with at(server.url("postgres")) as connection:
        connection.execute("DROP TABLESPACE small")


@pytest.fixture
def small_disk(server: Server) -> Iterator[Path]:
    """A file system just large enough for an empty database."""
    folder = server.folder / "small"
    folder.mkdir()
    if os.geteuid() != 0 or _run("mount", "-t", "tmpfs", "-o", "size=10m", "small", str(folder)):
        pytest.skip("only root can mount a small file system")
    server.own(folder)
    yield folder
    _run("umount", "-l", str(folder))


def _run(*words: str) -> int:
    return subprocess.run(words, capture_output=True, check=False).returncode


@pytest.fixture(scope="module")
def frail() -> Iterator[Server]:
    """A server that the test may stop."""
    with running() as server:
        upgrade(server.make("books"))
        yield server


@pytest.mark.usefixtures("server")
class TestAServerThatStops:
    @pytest.mark.usefixtures("hasty")
    async def test_while_it_is_down_every_caller_gets_an_error_and_later_all_goes_on(
        self, frail: Server, clock: TestClock
    ) -> None:
        async with open_store(frail.url("books")) as store:
            teller = await open_teller(store, clock, "ann")
            booked(await teller.buy(100))
            frail.stop("immediate")
            given = await asyncio.gather(*(teller.spend(1, f"{turn}") for turn in range(9)), return_exceptions=True)
            assert {(type(one), getattr(one, "why", None)) for one in given} == {(UnavailableError, Outage.LOST)}
            with pytest.raises(UnavailableError):
                await teller.balance()
            frail.start()
            assert [booked(await teller.spend(1, f"{turn}")).replayed for turn in range(9)] == [False] * 9
            assert await teller.balance() == 91
            await proven(store)

    async def test_a_restart_is_waited_for(self, frail: Server, clock: TestClock) -> None:
        async with open_store(frail.url("books")) as store:
            teller = await open_teller(store, clock, "bob")
            booked(await teller.buy(100))
            frail.stop("fast")
            spends = asyncio.gather(*(teller.spend(1) for _ in range(9)))
            await asyncio.to_thread(frail.start)
            assert {type(one) for one in await spends} == {Receipt}
            assert await teller.balance() == 91


def spending(before: Snapshot, intent: Intent) -> Change | Refusal:
    return rules.spend_all(before, intent, (Spend(5),), BOOK)
