"""On a server, `verify` finds guards that were replaced, and rows whose parent is gone while foreign keys were off."""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING

import psycopg
import pytest

from core.delivery.notice import Notice, Subscription, Target
from core.verification import verify
from core.wallets.people import Identity
from core.wallets.settings import Settings
from storage import open_journal, open_store
from tests.clock import TestClock
from tests.storage.test_verify_imports import CHANGED_ENTRY, CHANGED_IMPORT, CHANGED_LINE, CHANGED_TEXTS, live_imports
from tests.storage.test_verify_promotions import live

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.postgres import Server

NOTHING = "CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
UNSAFE = NOTHING.replace("CREATE FUNCTION nothing", "CREATE OR REPLACE FUNCTION journal_is_safe")
BEFORE = "CREATE TRIGGER entry_no_update BEFORE"


@pytest.fixture(scope="module")
def template(server: Server) -> str:
    """The name of a database in which something was booked, to copy, which is faster than booking it for each test."""
    asyncio.run(fill(server.make("lived", "migrated")))
    return "lived"


@pytest.fixture
def lived(server: Server, template: str) -> Iterator[str]:
    name = secrets.token_hex(8)
    yield server.make(name, template)
    server.drop(name)


async def fill(url: str) -> None:
    clock = TestClock()
    async with open_store(url) as store:
        await live(store, clock)
        person = await store.people.person(Identity("test", "ann"), "Ann")
        wallet = await store.people.open_wallet(person.id, Settings())
        await store.subscriptions.subscribe(Subscription(Target("test", "-7"), clock.now(), person.id))
        await store.outbox.notify([Notice("n1", "low", {"connects": 3}, wallet.id)], clock.now())
    assert await fault_in(url) == "no fault"


async def fault_in(url: str) -> str:
    async with open_journal(url) as audit:
        return (await verify(audit)).fault or "no fault"


def damage(url: str, *statements: str) -> None:
    """Change what is stored while neither triggers nor foreign keys are checked."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        for statement in statements:
            connection.execute(statement.encode())


@pytest.mark.parametrize(
    ("statements", "fault"),
    [
        (("DROP TRIGGER posting_no_truncate ON posting",), "the guard posting_no_truncate is missing"),
        (("ALTER TABLE entry DISABLE TRIGGER entry_no_delete",), "the guard entry_no_delete is missing"),
        (("ALTER TABLE entry ENABLE REPLICA TRIGGER entry_no_delete",), "the guard entry_no_delete is missing"),
        ((UNSAFE,), "the guard entry_no_delete was replaced"),
        (
            ("DROP TRIGGER entry_no_update ON entry", NOTHING, f"{BEFORE} UPDATE ON entry EXECUTE FUNCTION nothing()"),
            "the guard entry_no_update was replaced",
        ),
        (
            (
                "DROP TRIGGER entry_no_update ON entry",
                f"{BEFORE} UPDATE OF memo ON entry EXECUTE FUNCTION journal_is_safe()",
            ),
            "the guard entry_no_update was replaced",
        ),
        (
            (
                "DROP TRIGGER entry_no_update ON entry",
                f"{BEFORE} UPDATE ON entry FOR EACH ROW WHEN (OLD.number = 0) EXECUTE FUNCTION journal_is_safe()",
            ),
            "the guard entry_no_update was replaced",
        ),
        (
            (
                "DROP TRIGGER entry_no_update ON entry",
                f"{BEFORE} UPDATE ON note EXECUTE FUNCTION journal_is_safe()",
            ),
            "the guard entry_no_update was replaced",
        ),
        (
            (NOTHING, "CREATE TRIGGER also BEFORE INSERT ON entry EXECUTE FUNCTION nothing()"),
            "the trigger also does not belong to this program",
        ),
        (("ALTER TABLE lot DROP CONSTRAINT ck_lot_left",), "the guard ck_lot_left is missing"),
    ],
)
async def test_a_guard_is_known_by_what_it_does(lived: str, statements: tuple[str, ...], fault: str) -> None:
    damage(lived, *statements)
    assert fault in await fault_in(lived)


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("INSERT INTO posting VALUES (999999, 0, 'wallet:1', 5, 1)", "postings are stored, but"),
        ('INSERT INTO lot SELECT 99, number, source, issued, expires, size, "left", open FROM lot LIMIT 1', "lots are"),
        ("INSERT INTO mark VALUES ('monthly:99:2026-01', 99, 1)", "once-keys are stored, but"),
        ("DELETE FROM wallet WHERE id = 5", "entries are stored, but"),
        ("DELETE FROM notice WHERE key = 'n1'", "a row of delivery refers to a row of notice that does not exist"),
        ("UPDATE delivery SET notice = 'n2' WHERE notice = 'n1'", "a row of delivery refers to a row of notice"),
        ("UPDATE notice SET wallet = 99 WHERE key = 'n1'", "a row of notice refers to a row of wallet"),
        ("INSERT INTO slice VALUES ('n2', 1, '[]')", "a row of slice refers to a row of notice"),
        ("UPDATE identity SET person = 99 WHERE person = 1", "a row of identity refers to a row of person"),
        ('UPDATE subscription SET "by" = 99', "a row of subscription refers to a row of person"),
        ('UPDATE promotion SET "by" = 99 WHERE id = 1', "a row of promotion refers to a row of person"),
        ("UPDATE claim SET wallet = 99 WHERE promotion = 4 AND number = 1", "its wallet 99 belongs to a group"),
        ("UPDATE claim SET promotion = 99 WHERE promotion = 4", "a row of claim refers to a row of promotion"),
        ("UPDATE wallet SET person = 99 WHERE id = 4", "claim 4 is of person 4, but its wallet 4 belongs to 99"),
    ],
)
async def test_a_row_without_its_parent_is_named(lived: str, statement: str, fault: str) -> None:
    damage(lived, statement)
    assert fault in await fault_in(lived)


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE entry SET happened = happened + 86400000000 WHERE wallet = 1 AND number = 2", CHANGED_ENTRY),
        ("UPDATE sighting SET day = '2025-06-05' WHERE wallet = 1 AND batch = 1 AND line = 2", CHANGED_LINE),
        ("UPDATE sighting SET title = 'Other' WHERE wallet = 1 AND batch = 1 AND line = 2", CHANGED_TEXTS),
        ("UPDATE batch SET balance = 1 WHERE wallet = 1 AND number = 2", CHANGED_IMPORT.format(2)),
    ],
)
async def test_a_changed_date_sighting_or_import_is_named(postgres: str, statement: str, fault: str) -> None:
    await live_imports(postgres)
    damage(postgres, statement)
    assert fault in await fault_in(postgres)
