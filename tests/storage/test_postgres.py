"""PostgreSQL alone: several processes on one database, and opening a real server's database."""

from __future__ import annotations

import asyncio
import sys
from asyncio import create_subprocess_exec, subprocess
from contextlib import suppress
from datetime import timedelta
from itertools import product
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from core.delivery.notice import Notice
from core.ledger.model import Receipt
from core.ledger.sightings import ProposalSighting, ProposalState
from core.shared.refusals import NotEnough
from core.verification import verify
from core.wallets.people import Identity
from core.wallets.settings import Settings
from storage import DatabaseNewerError, StorageError, open_journal, open_store, revisions, upgrade
from storage.postgres.link import WriteLink, place
from storage.postgres.statements import array
from storage.schema import HEAD
from tests.storage.importing import Seen, import_rows, tell
from tests.storage.teller import Teller, booked, open_teller, proven

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from tests.clock import TestClock
    from tests.postgres import Server

ANN = Identity("telegram", "42")
SPENDS_UNTIL_REFUSED = """
import asyncio, sys
from core.ledger.model import Receipt
from core.shared.ids import PersonId, WalletId
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


def at(postgres: str) -> psycopg.Connection[Any]:
    return psycopg.connect(postgres, autocommit=True)


class TestSeveralProcesses:
    async def test_none_of_them_overdraws_and_the_books_are_right(self, postgres: str, clock: TestClock) -> None:
        async with open_store(postgres) as store:
            for name in ("ann", "bob", "eve"):
                booked(await (await open_teller(store, clock, name)).buy(60))
        command = (sys.executable, "-c", SPENDS_UNTIL_REFUSED, postgres, "3")
        running = [await create_subprocess_exec(*command, f"p{turn}", stdout=subprocess.PIPE) for turn in range(2)]
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
            seen = await asyncio.gather(*(store.people.person(ANN, "Ann") for store in (one, two) for _ in range(10)))
            wallets = await asyncio.gather(*(store.people.open_wallet(seen[0].id, Settings()) for store in (one, two)))
        assert len({person.id for person in seen}) == 1
        assert wallets[0] == wallets[1]

    async def test_one_process_gets_the_lease_that_all_ask_for_at_once(self, teller: Teller, postgres: str) -> None:
        now = teller.clock.now()
        async with open_store(postgres) as elsewhere:
            for turn in range(20):
                await teller.store.outbox.notify([Notice(f"n{turn}", "low", {}, teller.wallet)], now)
                now += timedelta(minutes=1)
                until = now + timedelta(seconds=15)
                asked = [(teller.store, f"one {turn}"), (elsewhere, f"two {turn}")]
                leases = await asyncio.gather(
                    *(store.outbox.lease("test", name, now, until, idempotent=True) for store, name in asked)
                )
                assert sum(lease is not None for lease in leases) == 1
                epoch = next(lease.epoch for lease in leases if lease is not None)
                claims = await asyncio.gather(*(store.outbox.claim("test", epoch, now, 9) for store, _ in asked))
                assert sum(map(len, claims)) == 1

    async def test_all_may_start_at_once_on_an_empty_database(self, server: Server) -> None:
        url = server.make("fresh")
        await asyncio.gather(*(asyncio.to_thread(upgrade, url) for _ in range(4)))
        assert revisions(url) == (HEAD, HEAD)

    async def test_a_deadlock_is_retried(self, teller: Teller, postgres: str) -> None:
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


class TestOpening:
    @pytest.mark.parametrize("form", ["postgres://", "postgresql+psycopg://"])
    async def test_other_forms_of_the_address_are_understood(self, postgres: str, form: str) -> None:
        async with open_store(postgres.replace("postgresql://", form)) as store:
            assert (await store.people.person(ANN, "Ann")).id == 1

    async def test_a_server_that_is_not_there_is_named_without_the_password(self) -> None:
        with pytest.raises(StorageError) as raised:
            async with open_store("postgresql://ann:hunter2@127.0.0.1:1/books"):
                pass
        assert "the database books on 127.0.0.1 cannot be reached" in str(raised.value)
        assert "hunter2" not in str(raised.value)

    async def test_the_error_on_a_malformed_address_shows_the_right_form(self) -> None:
        with pytest.raises(StorageError, match="postgresql://USER:PASSWORD@HOST/NAME"):
            async with open_store("postgresql://ann:books@[host/books"):
                pass

    async def test_a_database_of_a_newer_program_is_refused_with_a_reason(self, postgres: str) -> None:
        with at(postgres) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
        with pytest.raises(DatabaseNewerError, match="written by a newer version"):
            async with open_store(postgres):
                pass

    async def test_an_empty_database_cannot_be_verified(self, server: Server) -> None:
        url = server.make("empty")
        with pytest.raises(StorageError, match="there are no books in the database empty"):
            async with open_journal(url):
                pass

    async def test_an_answer_is_durable_even_if_the_server_is_set_otherwise(self, postgres: str) -> None:
        with at(postgres) as connection:
            connection.execute(f'ALTER DATABASE "{connection.info.dbname}" SET synchronous_commit = off'.encode())
        link = WriteLink(postgres)
        assert link.execute("SHOW synchronous_commit").fetchone() == ("on",)
        link.close()

    def test_a_place_has_neither_password_nor_user(self) -> None:
        assert place("postgresql://ann:hunter2@db.example/books") == "the database books on db.example"


class TestTheDatabaseGuardsItself:
    async def test_the_journal_refuses_to_be_changed(self, teller: Teller, postgres: str) -> None:
        booked(await import_rows(teller, Seen(-2, "Title", day=400)))
        told = ProposalSighting(1, ProposalState.SENT, number=2)
        booked(await tell(teller, lambda batch: batch._replace(proposals=(told,))))
        verbs = ("UPDATE {} SET {} = 1", "DELETE FROM {}", "TRUNCATE {} CASCADE")
        journal = (("entry", "balance"), ("posting", "connects"))
        tables = (*journal, ("batch", "balance"), ("sighting", "connects"), ("proposal_sighting", "number"))
        for verb, (table, column) in product(verbs, tables):
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
    async def test_the_database_enforces_its_constraints(self, postgres: str, statement: str, constraint: str) -> None:
        with at(postgres) as connection, pytest.raises(psycopg.IntegrityError, match=constraint):
            connection.execute(statement.encode())

    async def test_a_missing_guard_is_named(self, teller: Teller, postgres: str) -> None:
        with at(postgres) as connection:
            connection.execute("ALTER TABLE entry DISABLE TRIGGER entry_no_update")
        async with teller.store.read_journal() as audit:
            verdict = await verify(audit)
        assert verdict.fault == "the guard entry_no_update is missing, so the books are not protected from changes"


@pytest.mark.parametrize(
    "memo", ["", " ", "NULL", 'a "quoted" word', "back\\slash", "{1,2}", "a,b", "ä 漢字 🙂", "two\nlines", "%s", "'"]
)
async def test_any_text_is_read_back_unchanged(teller: Teller, memo: str) -> None:
    receipt = booked(await teller.spend(1, memo=memo))
    assert receipt.entry.memo == memo
    assert await teller.store.ledger.entry(teller.wallet, receipt.entry.number) == receipt.entry
    await proven(teller.store)


def test_arrays_of_numbers_nulls_and_booleans_are_written_as_the_server_reads_them() -> None:
    assert array([1, None, True, "a"]) == '{1,NULL,True,"a"}'
