"""`verify` finds any change of books from which words were erased, and says where."""

from __future__ import annotations

import asyncio
import shutil
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from core.ledger.rulebook import default
from core.ledger.sightings import Batch, ProposalSighting, ProposalState
from core.shared.ids import PersonId
from core.verification import verify
from storage import open_journal, open_store
from tests.clock import TestClock
from tests.core.freelancer import OpenBooks, freelancer
from tests.kept.files import restore_sqlite
from tests.storage.forgetting.test_gone import NOW
from tests.storage.importing import Seen, import_rows, tell
from tests.storage.teller import booked, open_teller, proven
from tests.storage.test_verify import by_hand

if TYPE_CHECKING:
    from core.store import Store

ANN: Final = PersonId(3)
OLD: Final = "UPDATE entry SET {} WHERE wallet = 3 AND number = 3"
OLD_CHANGES: Final = ("memo = 'x'", "job = '~1'", '"by" = 1', "balance = 1", "seal = '0'")
CHANGES: Final = (
    ("UPDATE entry SET body = 'x' WHERE wallet = 2 AND number = 1", "entry 1 was changed after it was erased"),
    ("UPDATE entry SET salt = 'x', memo = 'x' WHERE wallet = 2 AND number = 1", "memo does not match its digest"),
    ("UPDATE entry SET seal = '2:0' WHERE wallet = 2 AND number = 1", "entry 1 was changed after it was erased"),
    ("UPDATE entry SET \"key\" = 'x' WHERE wallet = 2 AND number = 1", "nothing was erased that its seal covered"),
    ("UPDATE batch SET balance = 9 WHERE wallet = 2 AND number = 1", "import 1 was changed after it was erased"),
    ("UPDATE batch SET \"key\" = 'x' WHERE wallet = 2 AND number = 2", "nothing was erased that its seal covered"),
    ("UPDATE sighting SET title = 'x' WHERE wallet = 2", "texts do not match their digest"),
    ("UPDATE proposal_sighting SET tags = '-' WHERE wallet = 2", "its seal does not match"),
    ("DELETE FROM witness WHERE wallet = 2 AND kind = 'entry'", "entry 1 was changed after it was booked"),
    ("DELETE FROM witness WHERE wallet = 2 AND kind = 'import'", "import 1 was changed after it was stored"),
    ("UPDATE witness SET seal = 'x' WHERE wallet = 2 AND kind = 'entry'", "its witness does not match"),
    ("INSERT INTO witness VALUES (2, 'entry', 99, 1, 'x')", "entry 99 has a witness, but does not exist"),
    ("INSERT INTO witness VALUES (2, 'import', 99, 1, 'x')", "import 99 has a witness, but does not exist"),
    ("INSERT INTO witness VALUES (2, 'order', 1, 7, 'x')", "has a witness of an erasure that does not exist"),
    ("INSERT INTO witness VALUES (99, 'entry', 1, 1, 'x')", "witnesses are stored, but"),
    ("UPDATE erasure SET at = 0 WHERE number = 1", "erasure 1 or one of its witnesses was changed"),
    ("UPDATE erasure SET witnesses = 0 WHERE number = 2", "erasure 2 or one of its witnesses was changed"),
    ("DELETE FROM erasure WHERE number = 1", "erasure 1 is missing: it is followed by erasure 2"),
    ("DELETE FROM erasure WHERE number = 2", "has a witness of an erasure that does not exist"),
)


@pytest.fixture(scope="module")
def erased(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Path:
    """Books from which two people were erased."""
    file = Path(shutil.copy(migrated, tmp_path_factory.mktemp("erased") / "books.db"))
    asyncio.run(_live(f"sqlite:///{file}"))
    return file


async def _live(url: str) -> None:
    clock = TestClock(NOW)
    async with open_store(url) as store:
        for name in ("ann", "bob"):
            one = await open_teller(store, clock, name)
            booked(await one.buy(60))
            booked(await one.spend(3, memo="Logo"))
            booked(await import_rows(one, Seen(-3, "Title", day=400, member="Ann", known=2), key=f"import {name}"))
            told = ProposalSighting(1, ProposalState.SENT, title="Title", profile="Web", number=2, tags=("a", "b"))
            booked(await tell(one, partial(Batch._replace, proposals=(told,)), key=f"told {name}"))
            await forgotten(store, one.person, clock)


async def forgotten(store: Store, person: PersonId, clock: TestClock) -> None:
    before = await proven(store)
    await store.forgetting.forget(person, clock.now())
    after = await proven(store)
    assert (after.fingerprint, after.erasures) == (before.fingerprint, before.erasures + 1)


async def fault_in(file: Path) -> str:
    async with open_journal(f"sqlite:///{file}") as journal:
        verdict = await verify(journal)
    assert not verdict.fingerprint
    return verdict.fault or ""


@pytest.mark.parametrize(("change", "fault"), CHANGES)
async def test_a_change_of_what_was_erased_is_found(erased: Path, tmp_path: Path, change: str, fault: str) -> None:
    file = Path(shutil.copy(erased, tmp_path / "books.db"))
    assert by_hand(file, change) > 0
    assert fault in await fault_in(file)


async def test_so_is_one_of_what_version_0_1_had_sealed(tmp_path: Path) -> None:
    file = tmp_path / "books.db"
    restore_sqlite("0.1", file)
    async with open_store(f"sqlite:///{file}") as store:
        await forgotten(store, ANN, TestClock(NOW))
    for number, change in enumerate(OLD_CHANGES):
        other = Path(shutil.copy(file, tmp_path / f"{number}.db"))
        assert by_hand(other, OLD.format(change)) == 1
        assert "entry 3" in await fault_in(other)


async def test_a_welcome_that_was_undone_is_proven_without_words(store: Store, clock: TestClock) -> None:
    own = await freelancer(OpenBooks(store, default(), clock), clock)
    booked(await own.undo(1))
    await forgotten(store, own.person, clock)
