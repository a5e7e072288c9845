"""`verify` finds what was changed by hand of a link: its row, who stands for whom, and what it wrote into books."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from core.ledger import rulebook
from core.links.model import Accounts
from core.links.preview import UNANSWERED, BalanceChoice, LinkAnswers
from core.links.service import LinkService
from core.shared.ids import PersonId
from core.wallets.people import Identity
from storage import open_store
from tests.clock import TestClock
from tests.storage.one_person import one_person
from tests.storage.teller import proven
from tests.storage.test_verify import by_hand, verdict_on

SEAL = "link 1 was changed after it was stored: its seal does not match"


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Path:
    """Somebody on two platforms, linked as one account."""
    file = tmp_path_factory.mktemp("linked") / "books.db"
    asyncio.run(_lived(Path(shutil.copy(migrated, file)), undone=False))
    return file


@pytest.fixture(scope="module")
def parted(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Path:
    """The same, and two again."""
    file = tmp_path_factory.mktemp("parted") / "books.db"
    asyncio.run(_lived(Path(shutil.copy(migrated, file)), undone=True))
    return file


async def _lived(file: Path, *, undone: bool) -> None:
    async with open_store(f"sqlite:///{file}") as store:
        both = await one_person(store, TestClock())
        link = (await both.link(Accounts.SAME, LinkAnswers(BalanceChoice.KEPT), key="press")).link
        if undone:
            await both.unlink(link)
        assert (await proven(store)).links == 1


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("UPDATE link SET id = 2", "link 2 was changed after it was stored: its seal does not match"),
        ("UPDATE link SET at = at + 1", SEAL),
        ("UPDATE link SET key = 'other'", SEAL),
        ("UPDATE link SET accounts = 'alone'", SEAL),
        ("UPDATE link SET kept = 2", SEAL),
        ("UPDATE link SET merged = 1", SEAL),
        ("UPDATE link SET undone = at", SEAL),
        ("UPDATE link SET facts = replace(facts, '34', '35')", SEAL),
        ("UPDATE link SET facts = ''", "link 1 cannot be read"),
        ('UPDATE person SET "into" = NULL WHERE id = 2', "person 2 is stored as nobody else now, but the links give 1"),
        ('UPDATE person SET "into" = 2 WHERE id = 1', "person 1 is stored as 2 now, but the links give nobody"),
        ("UPDATE wallet SET closed = 0 WHERE id = 2", "wallet 2 is open, but link 1 closed it"),
        ("UPDATE wallet SET closed = 1 WHERE id = 1", "wallet 1 is closed, but no link closed it"),
        ("UPDATE wallet SET person = 3 WHERE id = 2", "link 1 is of person 2, but its wallet 2 belongs to 3"),
        ("DELETE FROM link", "person 2 is stored as 1 now, but the links give nobody"),
        ("UPDATE sighting SET number = 1 WHERE row_id = '2:2'", "line 2 was changed after it was stored"),
        ("UPDATE sighting SET booked = 0 WHERE row_id = '2:2'", "line 2 was changed after it was stored"),
        ("UPDATE sighting SET connects = 7 WHERE row_id = '2:2'", "line 2 was changed after it was stored"),
        ("DELETE FROM sighting WHERE row_id = '2:3'", "was changed after it was stored"),
    ],
)
async def test_what_was_changed_by_hand_is_named(linked: Path, tmp_path: Path, change: str, fault: str) -> None:
    file = Path(shutil.copy(linked, tmp_path / "changed.db"))
    assert by_hand(file, change)
    assert fault in ((await verdict_on(file)).fault or "")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("UPDATE link SET undone = undone + 1", SEAL),
        ("UPDATE link SET undone = NULL", SEAL),
        ('UPDATE person SET "into" = 1 WHERE id = 2', "person 2 is stored as 1 now, but the links give nobody"),
        ("UPDATE wallet SET closed = 1 WHERE id = 2", "wallet 2 is closed, but no link closed it"),
        ("DELETE FROM link", "wallet 1: import 2 is of a link that is not stored"),
    ],
)
async def test_a_link_that_was_undone_is_proven_too(parted: Path, tmp_path: Path, change: str, fault: str) -> None:
    file = Path(shutil.copy(parted, tmp_path / "changed.db"))
    assert by_hand(file, change)
    assert fault in ((await verdict_on(file)).fault or "")


async def test_the_fingerprint_covers_links(linked: Path, tmp_path: Path) -> None:
    """An undo leaves another seal, and so another fingerprint, even where it books nothing."""
    before = await verdict_on(linked)
    file = Path(shutil.copy(linked, tmp_path / "again.db"))
    assert (await verdict_on(file)).fingerprint == before.fingerprint
    async with open_store(f"sqlite:///{file}") as store:
        new = await store.people.person(Identity("console", "ann"), "Ann")
        links = LinkService(store, rulebook.default(), TestClock())
        stamp = (await links.preview(new.id, PersonId(1))).stamp
        await links.link(new.id, PersonId(1), None, UNANSWERED, stamp=stamp, key="another")
    after = await verdict_on(file)
    assert (after.fault, after.links, after.entries) == (None, 2, before.entries)
    assert after.fingerprint != before.fingerprint
