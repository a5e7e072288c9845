"""`verify` finds any row that was changed by hand, and says where."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from core.books import Books
from core.ledger import rulebook
from core.ledger.model import Source
from core.ledger.requests import Request
from core.shared.ids import WalletId
from core.shared.money import CostState
from core.wallets.people import ChatRef, Identity
from core.wallets.settings import Settings
from storage import open_store
from tests.clock import TestClock
from tests.core.freelancer import OpenBooks, booked, dollars, freelancer

if TYPE_CHECKING:
    from core.verification import Verdict

BREAKABLE = {
    "wallet": ("entries", "lots_made", "balance", "seal", "at", "month", "spent", "tallies"),
    "lot": (
        "number", "source", "issued", "expires", "size", "left",
        "currency", "price_net", "price_tax", "worth_net", "worth_tax",
    ),
    "entry": (
        "wallet", "number", "at", "kind", "balance", "key", "body", "by", "memo", "job", "of", "seal", "first",
        "happened", "salt", "digest",
    ),
    "posting": ("entry", "account", "connects", "lot", "net", "tax", "currency"),
    "mark": ("name", "wallet", "number"),
}  # fmt: skip

MADE_FREE = """
    UPDATE lot SET currency = NULL, price_net = NULL, price_tax = NULL, worth_net = NULL, worth_tax = NULL
    WHERE wallet = 3 AND number = 1
"""


@pytest.fixture(scope="module")
def books_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A life in miniature: every kind of entry, two people and a group, each with a budget."""
    file = tmp_path_factory.mktemp("verify") / "books.db"
    asyncio.run(_live(f"sqlite:///{file}"))
    return file


async def _live(url: str) -> None:
    clock = TestClock()
    async with open_store(url) as store:
        books = OpenBooks(store, rulebook.default(), clock)
        ann = await freelancer(books, clock)
        bob = await freelancer(books, clock, "bob")
        team = await books.open(ChatRef("test", "team"), Settings(), "k", bob.person)
        for wallet in (ann.wallet, bob.wallet, team.wallet.id):
            await store.people.save_settings(wallet, Settings(budget=100))
        booked(await ann.buy(60, dollars(900, tax=90)))
        booked(await ann.spend(26, "Logo redesign"))
        booked(await ann.give_back(3, 10))
        booked(await ann.earn(Source.ASSESSMENT, "Python"))
        booked(await ann.earn(Source.MONTHLY))
        booked(await ann.undo())
        booked(await ann.earn(Source.MONTHLY))
        booked(await ann.adjust(-3))
        booked(await bob.opening(87))
        bob.wallet = team.wallet.id
        booked(await bob.opening(300, CostState.UNKNOWN))
        booked(await bob.value(dollars(900, tax=90), 60))
        clock.pass_(days=366)
        booked(await ann.give_back(3))
        verdict = await books.verify()
        assert verdict.fault is None, verdict.fault
        assert (verdict.wallets, verdict.entries) == (3, 15)


async def verdict_on(file: Path) -> Verdict:
    async with open_store(f"sqlite:///{file}") as store:
        return await Books(store, rulebook.default(), TestClock()).verify()


def by_hand(file: Path, *statements: str) -> int:
    """Change the file behind the program's back, past its triggers and keys. Returns the number of rows changed."""
    with closing(sqlite3.connect(file)) as db, db:
        db.executescript("PRAGMA foreign_keys=OFF;")
        guards = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            db.execute(f'DROP TRIGGER "{name}"')
        changed = sum(db.execute(statement).rowcount for statement in statements)
        for _, sql in guards:
            db.execute(sql)
        return changed


def keys_of(file: Path, table: str) -> list[str]:
    """A WHERE for the first, the middle and the last row of a table."""
    with closing(sqlite3.connect(file)) as db:
        names = [row[1] for row in db.execute(f"PRAGMA table_info({table})") if row[5]]
        columns = ", ".join(names)
        rows = db.execute(f"SELECT {columns} FROM {table} ORDER BY {columns}").fetchall()  # noqa: S608
    chosen = {rows[0], rows[len(rows) // 2], rows[-1]}
    return [" AND ".join(f"{name} = {value!r}" for name, value in zip(names, row, strict=True)) for row in chosen]


async def test_untouched_books_pass(books_file: Path) -> None:
    verdict = await verdict_on(books_file)
    assert verdict.fault is None
    assert verdict.postings == 48


@pytest.mark.parametrize(("table", "column"), [(table, name) for table, names in BREAKABLE.items() for name in names])
async def test_a_changed_column_is_noticed(books_file: Path, tmp_path: Path, table: str, column: str) -> None:
    for n, where in enumerate(keys_of(books_file, table)):
        file = Path(shutil.copy(books_file, tmp_path / f"{n}.db"))
        name = f'"{column}"'
        other = f"CASE typeof({name}) WHEN 'text' THEN {name} || 'x' WHEN 'null' THEN 7 ELSE {name} + 1 END"
        changed = by_hand(file, f"UPDATE OR IGNORE {table} SET {name} = {other} WHERE {where}")  # noqa: S608
        verdict = await verdict_on(file)
        assert changed == 0 or verdict.fault, f"{table}.{column} where {where}"


@pytest.mark.parametrize("table", BREAKABLE)
async def test_a_deleted_row_is_noticed(books_file: Path, tmp_path: Path, table: str) -> None:
    for n, where in enumerate(keys_of(books_file, table)):
        file = Path(shutil.copy(books_file, tmp_path / f"{n}.db"))
        assert by_hand(file, f"DELETE FROM {table} WHERE {where}") == 1  # noqa: S608
        assert (await verdict_on(file)).fault, f"{table} where {where}"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE mark SET name = 'monthly:1:2026-02' WHERE name = 'monthly:1:2026-01'",
        "UPDATE mark SET number = 1 WHERE name = 'monthly:1:2026-01'",
        "INSERT INTO mark SELECT 'assessment:1:django', wallet, number FROM mark WHERE name LIKE 'assessment:%'",
        "INSERT INTO mark SELECT 'welcome:3', wallet, number FROM mark WHERE name = 'welcome:1'",
    ],
)
async def test_a_once_key_that_was_moved_or_invented_is_noticed(
    books_file: Path, tmp_path: Path, statement: str
) -> None:
    file = Path(shutil.copy(books_file, tmp_path / "marked.db"))
    assert by_hand(file, statement) == 1
    assert "once-keys" in ((await verdict_on(file)).fault or "")


EITHER_MONTH = "UPDATE mark SET name = 'monthly:1:2026-0%d' WHERE name = 'monthly:1:2026-01'"


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        (EITHER_MONTH % 2, ""),  # an earlier version went by the month of UTC, whatever the wallet's zone
        ("DELETE FROM mark WHERE name = 'monthly:1:2026-01'", ""),  # it has passed to a later entry, for all we know
        (EITHER_MONTH % 3, "once-keys"),
        ("UPDATE mark SET number = 1 WHERE name = 'monthly:1:2026-01'", "once-keys"),
        ("UPDATE mark SET number = 3 WHERE name = 'monthly:1:2026-01'", "once-keys"),
        ("INSERT INTO mark VALUES ('monthly:1:2026-02', 1, 2)", "once-keys"),
        ("INSERT INTO mark VALUES ('monthly:1:2026-02', 1, 4)", "once-keys"),  # entry 4 is undone
    ],
)
async def test_near_the_end_of_a_month_the_key_may_be_that_of_either_month(
    tmp_path: Path, statement: str, fault: str
) -> None:
    file, clock = tmp_path / "books.db", TestClock(datetime(2026, 1, 31, 23, tzinfo=UTC))
    async with open_store(f"sqlite:///{file}") as store:
        books = OpenBooks(store, rulebook.default(), clock)
        ann = await freelancer(books, clock)
        booked(await ann.earn(Source.MONTHLY))
        booked(await ann.spend(1))
        clock.pass_(hours=2)
        booked(await ann.earn(Source.MONTHLY))
        booked(await ann.undo())
    assert by_hand(file, statement) == 1
    found = (await verdict_on(file)).fault or ""
    assert fault in found
    assert bool(found) is bool(fault)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM mark WHERE name = 'welcome:1'",
        "UPDATE mark SET number = 3 WHERE name = 'welcome:1'",
    ],
)
async def test_an_opening_holds_the_key_of_the_welcome_even_when_it_is_undone(tmp_path: Path, statement: str) -> None:
    file, clock = tmp_path / "books.db", TestClock()
    async with open_store(f"sqlite:///{file}") as store:
        books = OpenBooks(store, rulebook.default(), clock)
        person = (await books.person(Identity("test", "ann"), "Ann")).id
        wallet = (await store.people.open_wallet(person, Settings())).id
        for number, connects in ((1, 50), (3, 60)):
            await books.opening(Request(wallet, f"opening {number}", person), connects, CostState.FREE)
            if number == 1:
                await books.undo(Request(wallet, "undo", person), number)
    assert (await verdict_on(file)).fault is None
    assert by_hand(file, statement) == 1
    assert "once-keys" in ((await verdict_on(file)).fault or "")


async def test_a_change_that_was_taken_apart_is_noticed(books_file: Path, tmp_path: Path) -> None:
    """Entry 11 also booked an expiry, and its receipt has both."""
    file = Path(shutil.copy(books_file, tmp_path / "apart.db"))
    assert by_hand(file, 'UPDATE entry SET "first" = number WHERE "first" < number') == 1
    fault = (await verdict_on(file)).fault
    assert fault == "wallet 1: entry 11 is stored as written together with entries from 11 on, but the journal gives 10"


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [("entry", "at", "9000000000000000000"), ("lot", "issued", "9000000000000000000"), ("posting", "account", "X'00'")],
)
async def test_an_impossible_figure_is_named_instead_of_crashing(
    books_file: Path, tmp_path: Path, table: str, column: str, value: str
) -> None:
    file = Path(shutil.copy(books_file, tmp_path / "huge.db"))
    by_hand(file, f'UPDATE {table} SET "{column}" = {value}')  # noqa: S608
    assert (await verdict_on(file)).fault


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE lot SET issued = issued + 1 WHERE wallet = 3 AND number = 2", "lot 2 is stored as issued at"),
        ("UPDATE lot SET worth_net = 1 WHERE wallet = 3 AND number = 1", "lot 1 is stored as"),
        ("UPDATE lot SET currency = 'USD' WHERE wallet = 3 AND number = 1", "lot 1 is stored as"),
        (MADE_FREE, "lot 1 is stored as"),
    ],
)
async def test_a_cost_that_is_not_the_journals_is_noticed(
    books_file: Path, tmp_path: Path, statement: str, fault: str
) -> None:
    """Of the group's two lots, the first has an unknown cost, and the second one that was stated later."""
    file = Path(shutil.copy(books_file, tmp_path / "priced.db"))
    assert by_hand(file, statement) == 1
    assert fault in ((await verdict_on(file)).fault or "")


async def test_every_memo_of_a_life_can_be_erased(books_file: Path, tmp_path: Path) -> None:
    """Also that of an assessment, whose once-key was made of it."""
    file = Path(shutil.copy(books_file, tmp_path / "erased.db"))
    assert by_hand(file, "UPDATE entry SET memo = '', salt = ''")
    assert (await verdict_on(file)).fault is None
    assert by_hand(file, "UPDATE mark SET number = 4 WHERE name LIKE 'assessment:%'")
    assert "once-keys" in ((await verdict_on(file)).fault or "")


async def test_the_same_books_have_the_same_fingerprint(books_file: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(books_file, tmp_path / "copy.db"))
    assert (await verdict_on(copy)).fingerprint == (await verdict_on(books_file)).fingerprint
    async with open_store(f"sqlite:///{copy}") as store:
        await Books(store, rulebook.default(), TestClock()).buy(Request(WalletId(2), "one more"), 10)
    assert (await verdict_on(copy)).fingerprint != (await verdict_on(books_file)).fingerprint


async def test_an_earlier_fingerprint_reveals_a_consistent_forgery(books_file: Path, tmp_path: Path) -> None:
    """Bob's opening balance is cut off the end of his journal, and nothing in the file shows it."""
    file = Path(shutil.copy(books_file, tmp_path / "cut.db"))
    by_hand(
        file,
        "DELETE FROM posting WHERE entry IN (SELECT id FROM entry WHERE wallet = 2 AND number = 2)",
        "DELETE FROM entry WHERE wallet = 2 AND number = 2",
        "DELETE FROM lot WHERE wallet = 2 AND number = 2",
        'UPDATE lot SET size = 20, "left" = 20, open = 1 WHERE wallet = 2',
        "UPDATE wallet SET entries = 1, lots_made = 1, balance = 20 WHERE id = 2",
        "UPDATE wallet SET seal = (SELECT seal FROM entry WHERE wallet = 2) WHERE id = 2",
    )
    found = await verdict_on(file)
    assert found.fault is None
    assert found.fingerprint != (await verdict_on(books_file)).fingerprint


async def test_the_fault_says_where(books_file: Path, tmp_path: Path) -> None:
    file = Path(shutil.copy(books_file, tmp_path / "broken.db"))
    by_hand(file, "UPDATE entry SET memo = 'Something else' WHERE wallet = 1 AND number = 3")
    verdict = await verdict_on(file)
    assert verdict.fault == "wallet 1: entry 3 was changed after it was booked: its memo does not match its digest"


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("DROP TRIGGER entry_no_update", "the guard entry_no_update is missing"),
        (
            "PRAGMA ignore_check_constraints = ON; UPDATE lot SET open = 0 WHERE number = 1",
            "lot 1 is stored as empty, but is not",
        ),
        ("PRAGMA foreign_keys = OFF; UPDATE identity SET person = 99", "a row of identity refers to a row of person"),
    ],
)
async def test_what_the_database_itself_finds_wrong_is_named(
    books_file: Path, tmp_path: Path, statement: str, fault: str
) -> None:
    file = Path(shutil.copy(books_file, tmp_path / "broken.db"))
    with closing(sqlite3.connect(file)) as db, db:
        db.executescript(statement)
    verdict = await verdict_on(file)
    assert verdict.fault is not None
    assert fault in verdict.fault
