"""`verify` finds what was changed in imports and in the past, and says where. An erased memo is no fault."""

from __future__ import annotations

import asyncio
import shutil
from datetime import date
from pathlib import Path

import pytest

from core.ledger.sightings import BatchKind, Boosted, ProposalSighting, ProposalState
from core.shared.money import Price
from storage import open_store
from tests.clock import TestClock
from tests.storage.importing import Seen, import_rows, tell, undo_import
from tests.storage.teller import booked, open_teller, proven
from tests.storage.test_verify import by_hand, verdict_on

PAGE = (
    Seen(40, "Gift"),
    Seen(-16, "Logo", day=3, job="~021", member="Ann"),
    Seen(-8, "Shop", day=4, member=""),
)
STRAY_BATCH = """INSERT INTO batch
    SELECT 9, number, at, key || 9, "by", "first", "last", balance, "of", seal, kind, lifts
    FROM batch WHERE wallet = 1"""
STRAY_LINES = """INSERT INTO sighting SELECT 9, batch, line, number, booked, day, wording, connects, title, job, member,
    row_id, at, salt, digest, seal FROM sighting WHERE wallet = 1"""
LOGO = "wallet = 1 AND number = 2"
LINE = "wallet = 1 AND batch = 1 AND line = 2"
CHANGED_MEMO = "wallet 1: entry 2 was changed after it was booked: its memo does not match its digest"
CHANGED_ENTRY = "wallet 1: entry 2 was changed after it was booked: its seal does not match"
CHANGED_LINE = "wallet 1: import 1, line 2 was changed after it was stored: its seal does not match"
CHANGED_TEXTS = "wallet 1: import 1, line 2 was changed after it was stored: its texts do not match their digest"
CHANGED_IMPORT = "wallet 1: import {} was changed after it was stored: its seal does not match"


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two wallets. In the first, two imports, one that only says more of a row, the undo of one, and a spend."""
    file = tmp_path_factory.mktemp("imported") / "books.db"
    asyncio.run(live_imports(f"sqlite:///{file}"))
    return file


async def live_imports(url: str) -> None:
    """Two wallets with three imports and an undo in the first of them, and one in the second."""
    clock = TestClock()
    async with open_store(url) as store:
        ann, bob = await open_teller(store, clock, "ann"), await open_teller(store, clock, "bob")
        booked(await import_rows(ann, *PAGE, key="one"))
        booked(await import_rows(ann, Seen(-8, "Shop", day=4, known=3), Seen(-2, "App", day=5), key="two"))
        booked(await import_rows(ann, Seen(-8, "Shop", day=4, job="~03", known=3), key="three"))
        booked(await undo_import(ann, 3))
        booked(await ann.spend(1, memo="Today"))
        booked(await import_rows(bob, *PAGE, key="of bob"))
        await proven(store)


async def fault_after(imported: Path, tmp_path: Path, *statements: str) -> str | None:
    file = Path(shutil.copy(imported, tmp_path / "changed.db"))
    assert by_hand(file, *statements)
    return (await verdict_on(file)).fault


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("memo = 'Other'", CHANGED_MEMO),
        ("memo = ''", CHANGED_MEMO),
        ("salt = ''", CHANGED_MEMO),
        ("salt = '00'", CHANGED_MEMO),
        ("digest = '00'", CHANGED_ENTRY),
        ("digest = ''", CHANGED_ENTRY),
        ("happened = happened + 1", CHANGED_ENTRY),
        ("happened = NULL", CHANGED_ENTRY),
        ("seal = '2:' || seal", CHANGED_ENTRY),
        ("seal = substr(seal, 3)", "wallet 1: entry 2 has a seal of an earlier version than the entry before it"),
    ],
)
async def test_a_changed_entry_is_named(imported: Path, tmp_path: Path, change: str, fault: str) -> None:
    assert await fault_after(imported, tmp_path, f"UPDATE entry SET {change} WHERE {LOGO}") == fault  # noqa: S608


async def test_a_memo_can_be_erased_with_its_salt(imported: Path, tmp_path: Path) -> None:
    assert await fault_after(imported, tmp_path, f"UPDATE entry SET memo = '', salt = '' WHERE {LOGO}") is None  # noqa: S608
    every = "UPDATE entry SET memo = '', salt = ''"
    texts = "UPDATE sighting SET wording = '', title = '', member = NULL, salt = ''"
    assert await fault_after(imported, tmp_path, every, texts) is None


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("number = 3", CHANGED_LINE),
        ("booked = 0", CHANGED_LINE),
        ("day = '2025-06-05'", CHANGED_LINE),
        ("connects = -17", CHANGED_LINE),
        ("job = ''", CHANGED_LINE),
        ("row_id = ''", CHANGED_LINE),
        ("at = at + 1", CHANGED_LINE),
        ("at = NULL", CHANGED_LINE),
        ("digest = '00'", CHANGED_LINE),
        ("seal = '00'", CHANGED_LINE),
        ("wording = 'x'", CHANGED_TEXTS),
        ("title = ''", CHANGED_TEXTS),
        ("member = 'Bob'", CHANGED_TEXTS),
        ("member = NULL", CHANGED_TEXTS),
        ("salt = ''", CHANGED_TEXTS),
        ("line = 9", "wallet 1: import 1: line 2 is missing"),
        ("batch = 4", "wallet 1: import 1: line 2 is missing"),
        ("batch = 9", "wallet 1: import 1: line 2 is missing"),
        ("wallet = 2, line = 4", "wallet 1: import 1: line 2 is missing"),
        ("day = 'x'", "after 0 wallets, a row cannot be read: Invalid isoformat string: 'x'"),
    ],
)
async def test_a_changed_line_is_named(imported: Path, tmp_path: Path, change: str, fault: str) -> None:
    assert await fault_after(imported, tmp_path, f"UPDATE sighting SET {change} WHERE {LINE}") == fault  # noqa: S608


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("DELETE FROM sighting WHERE wallet = 1 AND batch = 1 AND line = 1", "wallet 1: import 1: line 1 is missing"),
        ("DELETE FROM sighting WHERE wallet = 1 AND batch = 1 AND line = 3", CHANGED_IMPORT.format(1)),
        ("DELETE FROM sighting WHERE wallet = 1 AND batch = 3", CHANGED_IMPORT.format(3)),
        (STRAY_LINES, "15 sightings are stored, but 9 belong to a wallet"),
        (STRAY_BATCH, "9 imports are stored, but 5 belong to a wallet"),
        ("DELETE FROM batch WHERE wallet = 1 AND number = 1", "wallet 1: import 1 is missing"),
        ("DELETE FROM batch WHERE wallet = 1 AND number = 3", "import 3 is missing, but there are lines of it"),
        ("DELETE FROM batch WHERE wallet = 2", "wallet 2: import 1 is missing, but there are lines of it"),
        ('UPDATE batch SET "of" = 2 WHERE number = 4', CHANGED_IMPORT.format(4)),
        ('UPDATE batch SET "of" = 4 WHERE number = 4', "import 4 is stored as the undo of import 4"),
        ('UPDATE batch SET "of" = 1 WHERE number = 2', "import 2 is stored as the undo of import 1"),
        ("UPDATE batch SET at = at - 1 WHERE number = 2", "wallet 1: import 2 is dated before import 1"),
        ("UPDATE batch SET at = at - 1 WHERE number = 1", CHANGED_IMPORT.format(1)),
        ("UPDATE batch SET key = 'x' WHERE wallet = 1 AND number = 3", CHANGED_IMPORT.format(3)),
        ("UPDATE batch SET key = 'x' WHERE wallet = 1 AND number = 2",
         "wallet 1: import 2, line 2 is entry 4, which that import did not book"),
        ('UPDATE batch SET "by" = 1 WHERE number = 2', CHANGED_IMPORT.format(2)),
        ('UPDATE batch SET "first" = NULL WHERE number = 2', CHANGED_IMPORT.format(2)),
        ("UPDATE batch SET \"last\" = '2025-07-01' WHERE number = 2", CHANGED_IMPORT.format(2)),
        ("UPDATE batch SET balance = 1 WHERE number = 2", CHANGED_IMPORT.format(2)),
        ("UPDATE batch SET seal = 'x' WHERE number = 2", CHANGED_IMPORT.format(2)),
        ("UPDATE batch SET wallet = 2, number = 2 WHERE number = 4", "2: import 2 is stored as the undo of import 3"),
    ],
)  # fmt: skip
async def test_a_changed_import_is_named(imported: Path, tmp_path: Path, statement: str, fault: str) -> None:
    assert fault in (await fault_after(imported, tmp_path, statement) or "")


async def test_the_fingerprint_covers_imports(imported: Path, tmp_path: Path) -> None:
    """The last import is cut off, which nothing in the file shows."""
    file = Path(shutil.copy(imported, tmp_path / "cut.db"))
    assert by_hand(file, "DELETE FROM batch WHERE wallet = 1 AND number = 4") == 1
    found = await verdict_on(file)
    assert found.fault is None
    assert found.fingerprint != (await verdict_on(imported)).fingerprint


TOLD = (
    ProposalSighting(1, ProposalState.VIEWED, number=2, title="Logo", boosted=Boosted.YES, worth=Price(900, 0, "USD")),
    ProposalSighting(2, ProposalState.SENT, date(2026, 1, 5), "Shop"),
)
CHANGED_TOLD = "wallet 1: import 2, proposal 1 was changed after it was stored: its seal does not match"
CHANGED_TITLE = "wallet 1: import 2, proposal 1 was changed after it was stored: its texts do not match their digest"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wallet with an import of rows, one about proposals, a pin, and a pin that is lifted."""
    file = tmp_path_factory.mktemp("told") / "books.db"
    asyncio.run(live_told(f"sqlite:///{file}"))
    return file


async def live_told(url: str) -> None:
    clock = TestClock()
    async with open_store(url) as store:
        ann = await open_teller(store, clock, "ann")
        booked(await import_rows(ann, *PAGE))
        booked(await tell(ann, lambda batch: batch._replace(proposals=TOLD)))
        booked(await tell(ann, lambda batch: batch._replace(kind=BatchKind.PINNED, balance=16), "pin"))
        booked(await tell(ann, lambda batch: batch._replace(kind=BatchKind.LIFTED, lifts=3), "lift"))
        await proven(store)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("state = 'hired'", CHANGED_TOLD),
        ("day = '2026-01-06'", CHANGED_TOLD),
        ("number = 3", CHANGED_TOLD),
        ("number = NULL", CHANGED_TOLD),
        ("seen = '1-1'", CHANGED_TOLD),
        ("proposal = '2'", CHANGED_TOLD),
        ("job = '~02'", CHANGED_TOLD),
        ("boosted = 'outbid'", CHANGED_TOLD),
        ("viewed = 1", CHANGED_TOLD),
        ("net = 901", CHANGED_TOLD),
        ("currency = 'EUR'", CHANGED_TOLD),
        ("afresh = 1", CHANGED_TOLD),
        ("digest = '00'", CHANGED_TOLD),
        ("seal = '00'", CHANGED_TOLD),
        ("title = 'Other'", CHANGED_TITLE),
        ("profile = 'x'", CHANGED_TITLE),
        ("salt = ''", CHANGED_TITLE),
        ("line = 3", "wallet 1: import 2, proposal 1 is missing"),
        ("title = '', salt = ''", None),
    ],
)
async def test_a_changed_word_about_a_proposal_is_named(
    told: Path, tmp_path: Path, change: str, fault: str | None
) -> None:
    statement = f"UPDATE proposal_sighting SET {change} WHERE line = 1"  # noqa: S608 - no input is in it
    assert await fault_after(told, tmp_path, statement) == fault


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("DELETE FROM proposal_sighting WHERE line = 2", CHANGED_IMPORT.format(2)),
        ("UPDATE proposal_sighting SET batch = 9", CHANGED_IMPORT.format(2)),
        ("UPDATE batch SET kind = 'pinned' WHERE number = 2", CHANGED_IMPORT.format(2)),
        ("UPDATE batch SET lifts = 1 WHERE number = 4", CHANGED_IMPORT.format(4)),
        ("UPDATE batch SET lifts = NULL WHERE number = 4", "wallet 1: import 4 is stored as lifting the pin of None"),
        ("UPDATE batch SET lifts = 2 WHERE number = 4", "wallet 1: import 4 lifts the pin of 2, which it cannot"),
        ('UPDATE batch SET "of" = 1 WHERE number = 4', "wallet 1: import 4 is stored as the undo of import 1"),
    ],
)
async def test_a_changed_pin_or_lost_proposal_is_named(told: Path, tmp_path: Path, statement: str, fault: str) -> None:
    assert fault in (await fault_after(told, tmp_path, statement) or "")
