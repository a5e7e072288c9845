"""PostgreSQL alone: several processes on one database, and what goes wrong with a real server."""

from __future__ import annotations

import asyncio
import sys
from asyncio import create_subprocess_exec, subprocess
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from core.errors import NotEnough, Outage, UnavailableError
from core.model import Change, Receipt
from core.people import Identity, Settings
from storage import DatabaseNewerError, StorageError, open_audit, open_store, postgres_link, revisions, upgrade, writer
from storage.postgres_link import WriteLink, place
from storage.postgres_statements import array
from storage.schema import HEAD
from tests.postgres import running
from tests.storage.teller import BOOK, Teller, booked, open_teller, proven

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterator

    from core.errors import Refusal
    from core.model import Snapshot
    from core.page import Wish
    from tests.clock import TestClock
    from tests.postgres import Server

ANN = Identity("telegram", "42")
SPENDS_UNTIL_REFUSED = """
import asyncio, sys
from core.model import PersonId, Receipt, WalletId
from storage import open_store
from tests.clock import TestClock
from tests.storage.teller import Teller

async def main(url, wallets, name):
    spent = 0
    async with open_store(url) as store:
        async def work(wallet, turn):
            nonlocal spent
            teller, number = Teller(store, TestClock(), WalletId(wallet), PersonId(1)), 0
            while isinstance(await teller.spend(1, f"{name}:{wallet}:{turn}:{number}"), Receipt):
                spent, number = spent + 1, number + 1
        await asyncio.gather(*(work(wallet, turn) for wallet in range(1, wallets + 1) for turn in range(4)))
    print(spent)

asyncio.run(main(sys.argv[1], int(sys.argv[2]), sys.argv[3]))
"""


@pytest.fixture
async def teller(postgres: str, clock: TestClock) -> AsyncGenerator[Teller]:
    async with open_store(postgres) as store:
        teller = await open_teller(store, clock, "ann")
        booked(await teller.buy(100))
        yield teller


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer that soon gives up."""
    monkeypatch.setattr(writer, "PAUSES", (0.01, 0.01))
    monkeypatch.setattr(postgres_link, "LOCKS_WITHIN", "50ms")


def at(postgres: str) -> psycopg.Connection[Any]:
    return psycopg.connect(postgres, autocommit=True)


def throw_everyone_out(postgres: str) -> None:
    """What an administrator, a failover or a restart does to our connections."""
    with at(postgres) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


class TestSeveralProcesses:
    async def test_none_of_them_overdraws_and_the_books_are_right(self, postgres: str, clock: TestClock) -> None:
        async with open_store(postgres) as store:
            for name in ("ann", "bob", "eve"):
                booked(await (await open_teller(store, clock, name)).buy(60))
        command = (sys.executable, "-c", SPENDS_UNTIL_REFUSED, postgres, "3")
        running = [await create_subprocess_exec(*command, f"p{turn}", stdout=subprocess.PIPE) for turn in range(3)]
        outputs = [(await child.communicate())[0] for child in running]
        assert sum(map(int, outputs)) == 180
        async with open_store(postgres) as store:
            verdict = await proven(store)
        assert (verdict.entries, verdict.connects) == (183, 0)

    async def test_what_one_booked_the_other_decides_on(self, teller: Teller, postgres: str) -> None:
        async with open_store(postgres) as elsewhere:
            other = Teller(elsewhere, teller.clock, teller.wallet, teller.person, iter(range(900, 999)))
            for _ in range(5):
                booked(await teller.spend(10))
                booked(await other.spend(10))
            refused = await teller.spend(1)
        assert isinstance(refused, NotEnough)
        await proven(teller.store)

    async def test_the_same_key_in_both_at_once_is_one_fact(self, teller: Teller, postgres: str) -> None:
        async with open_store(postgres) as elsewhere:
            other = Teller(elsewhere, teller.clock, teller.wallet, teller.person)
            keys = [f"press {turn}" for turn in range(20)]
            given = await asyncio.gather(*(one.spend(1, key) for key in keys for one in (teller, other)))
        assert all(booked(one).entry == booked(two).entry for one, two in zip(given[::2], given[1::2], strict=True))
        assert await teller.balance() == 80
        await proven(teller.store)

    async def test_a_person_seen_first_by_both_at_once_is_one_person(self, postgres: str) -> None:
        async with open_store(postgres) as one, open_store(postgres) as two:
            seen = await asyncio.gather(*(store.person(ANN, "Ann") for store in (one, two) for _ in range(10)))
            wallets = await asyncio.gather(*(store.open_wallet(seen[0].id, Settings()) for store in (one, two)))
        assert len({person.id for person in seen}) == 1
        assert wallets[0] == wallets[1]

    async def test_all_may_start_at_once_on_an_empty_database(self, server: Server) -> None:
        url = server.make("fresh")
        await asyncio.gather(*(asyncio.to_thread(upgrade, url) for _ in range(4)))
        assert revisions(url) == (HEAD, HEAD)

    async def test_a_deadlock_is_tried_again(self, teller: Teller, postgres: str) -> None:
        other = await open_teller(teller.store, teller.clock, "bob")
        booked(await other.buy(10))
        with psycopg.connect(postgres) as rival:
            rival.execute("SELECT 1 FROM wallet WHERE id = %s FOR UPDATE", (other.wallet,))
            spends = asyncio.gather(teller.spend(1), other.spend(1))
            await asyncio.sleep(0)
            with suppress(psycopg.errors.DeadlockDetected):  # one of the two has to go, and the server chooses
                await asyncio.to_thread(
                    rival.execute, "SELECT 1 FROM wallet WHERE id = %s FOR UPDATE", (teller.wallet,)
                )
            rival.rollback()
            assert {type(one) for one in await spends} == {Receipt}
        assert (await teller.balance(), await other.balance()) == (99, 9)
        await proven(teller.store)


class TestFaults:
    async def test_a_connection_lost_between_two_spends_is_not_noticed(self, teller: Teller, postgres: str) -> None:
        throw_everyone_out(postgres)
        assert await teller.balance() == 100
        throw_everyone_out(postgres)
        assert not booked(await teller.spend(5, "press")).again
        assert await teller.balance() == 95

    async def test_a_connection_lost_in_the_middle_books_once(self, teller: Teller, postgres: str) -> None:
        thrown: list[int] = []

        def spend(before: Snapshot, wish: Wish) -> Change | Refusal:
            if len(thrown) < 2:
                thrown.append(before.balance)
                throw_everyone_out(postgres)
            return spending(before, wish)

        assert not booked(await teller.carry(spend, "press")).again
        assert thrown == [100, 100]
        assert await teller.balance() == 95
        await proven(teller.store)

    async def test_where_the_answer_to_a_commit_is_lost_the_receipt_is_the_first(
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
        assert not any(booked(one).again for one in given)
        assert await teller.balance() == 60
        assert booked(await teller.spend(5, "press 3")).again
        await proven(teller.store)

    @pytest.mark.usefixtures("hasty")
    async def test_a_wallet_that_somebody_holds_is_busy_and_nothing_is_booked(
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
            assert not booked(await teller.spend(5, "press")).again

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
        assert not booked(await teller.spend(1, "1")).again


@pytest.fixture(scope="module")
def frail() -> Iterator[Server]:
    """A server that the test may stop."""
    with running() as server:
        upgrade(server.make("books"))
        yield server


@pytest.mark.usefixtures("server")
class TestAServerThatStops:
    @pytest.mark.usefixtures("hasty")
    async def test_while_it_is_down_everyone_hears_it_and_later_all_goes_on(
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
            assert [booked(await teller.spend(1, f"{turn}")).again for turn in range(9)] == [False] * 9
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


class TestOpening:
    @pytest.mark.parametrize("form", ["postgres://", "postgresql+psycopg://"])
    async def test_other_forms_of_the_address_are_understood(self, postgres: str, form: str) -> None:
        async with open_store(postgres.replace("postgresql://", form)) as store:
            assert (await store.person(ANN, "Ann")).id == 1

    async def test_a_server_that_is_not_there_is_named_without_the_password(self) -> None:
        with pytest.raises(StorageError) as raised:
            async with open_store("postgresql://ann:hunter2@127.0.0.1:1/books"):
                pass
        assert "the database books on 127.0.0.1 cannot be reached" in str(raised.value)
        assert "hunter2" not in str(raised.value)

    async def test_an_address_that_makes_no_sense_says_how_it_looks(self) -> None:
        with pytest.raises(StorageError, match="postgresql://USER:PASSWORD@HOST/NAME"):
            async with open_store("postgresql://ann:books@[host/books"):
                pass

    async def test_a_database_of_a_newer_program_is_refused_with_words(self, postgres: str) -> None:
        with at(postgres) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
        with pytest.raises(DatabaseNewerError, match="written by a newer version"):
            async with open_store(postgres):
                pass

    async def test_an_empty_database_has_no_books_to_prove(self, server: Server) -> None:
        url = server.make("empty")
        with pytest.raises(StorageError, match="there are no books in the database empty"):
            async with open_audit(url):
                pass

    async def test_an_answer_is_durable_even_where_the_server_was_told_otherwise(self, postgres: str) -> None:
        with at(postgres) as connection:
            connection.execute(f'ALTER DATABASE "{connection.info.dbname}" SET synchronous_commit = off'.encode())
        link = WriteLink(postgres)
        assert link.execute("SHOW synchronous_commit").fetchone() == ("on",)
        link.close()

    def test_a_place_has_neither_password_nor_user(self) -> None:
        assert place("postgresql://ann:hunter2@db.example/books") == "the database books on db.example"


class TestTheDatabaseGuardsItself:
    @pytest.mark.parametrize("verb", ["UPDATE {} SET {} = 1", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
    @pytest.mark.parametrize(("table", "column"), [("entry", "balance"), ("posting", "connects")])
    async def test_the_journal_refuses_to_be_changed(
        self, teller: Teller, postgres: str, verb: str, table: str, column: str
    ) -> None:
        with at(postgres) as connection, pytest.raises(psycopg.IntegrityError, match="append-only"):
            connection.execute(verb.format(table, column).encode())
        await proven(teller.store)

    @pytest.mark.parametrize(
        ("statement", "constraint"),
        [
            ("UPDATE wallet SET balance = -1", "ck_wallet_balance"),
            ('UPDATE lot SET "left" = size + 1', "ck_lot_left"),
            ("UPDATE lot SET open = false", "ck_lot_open"),
            ("UPDATE wallet SET person = NULL", "ck_wallet_owner"),
            ("INSERT INTO mark VALUES ('welcome:1', 1, 99)", "fk_mark_entry"),
        ],
    )
    @pytest.mark.usefixtures("teller")
    async def test_the_database_holds_its_bounds(self, postgres: str, statement: str, constraint: str) -> None:
        with at(postgres) as connection, pytest.raises(psycopg.IntegrityError, match=constraint):
            connection.execute(statement.encode())


@pytest.mark.parametrize(
    "memo", ["", " ", "NULL", 'a "quoted" word', "back\\slash", "{1,2}", "a,b", "ä 漢字 🙂", "two\nlines", "%s", "'"]
)
async def test_any_words_come_back_as_they_were(teller: Teller, memo: str) -> None:
    receipt = booked(await teller.spend(1, memo=memo))
    assert receipt.entry.memo == memo
    assert await teller.store.entry(teller.wallet, receipt.entry.number) == receipt.entry
    await proven(teller.store)


def test_numbers_nothing_and_truth_are_written_as_the_server_reads_them() -> None:
    assert array([1, None, True, "a"]) == '{1,NULL,True,"a"}'


def spending(before: Snapshot, wish: Wish) -> Change | Refusal:
    from core import rules
    from core.model import Purpose

    return rules.spend(before, wish, 5, Purpose.PROPOSAL, BOOK)
