"""`verify` derives the cards of proposals again and names one that is wrong. Cards that are not up to date are none."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from core.ledger.requests import Request
from core.ledger.sightings import ProposalSighting, ProposalState
from core.proposals.service import Proposals
from core.shared.ids import WalletId
from storage import open_store
from tests.clock import TestClock
from tests.storage.teller import BOOK, booked, open_teller
from tests.storage.test_verify import by_hand, verdict_on


@pytest.fixture(scope="module")
def derived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wallet with two proposals, one of them viewed, whose cards are up to date."""
    file = tmp_path_factory.mktemp("derived") / "books.db"
    asyncio.run(_live(f"sqlite:///{file}"))
    return file


async def _live(url: str) -> None:
    clock = TestClock()
    async with open_store(url) as store:
        ann = await open_teller(store, clock, "ann")
        booked(await ann.reward(40))
        booked(await ann.spend(8, memo="Logo", job="~021"))
        booked(await ann.spend(4, memo="Shop"))
        told = ProposalSighting(1, ProposalState.VIEWED, number=2)
        await Proposals(store, BOOK, clock).tell(Request(ann.wallet, "press", ann.person), told)


async def fault_after(derived: Path, tmp_path: Path, *statements: str) -> str | None:
    file = Path(shutil.copy(derived, tmp_path / "changed.db"))
    assert by_hand(file, *statements)
    return (await verdict_on(file)).fault


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE proposal SET body = replace(body, 'viewed', 'hired') WHERE number = 2", "another stage"),
        ("UPDATE proposal SET body = replace(body, 'Logo', 'Lego') WHERE number = 2", "another title"),
        ("DELETE FROM proposal WHERE number = 2", "is not stored, although the books give it"),
        *(
            (f"UPDATE proposal SET {listed} WHERE number = 2", "is listed by something else than what its card says")  # noqa: S608 - no input is in it
            for listed in ("sent = sent + 1", "traits = 0", "title = 'x'", "member = 'x'", "job = '~02'", '"by" = NULL')
        ),
    ],
)
async def test_a_wrong_card_is_named(derived: Path, tmp_path: Path, statement: str, fault: str) -> None:
    found = await fault_after(derived, tmp_path, statement)
    assert found is not None
    assert found.startswith("wallet 1: proposal 2 is ")
    assert fault in found


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE proposal_ref SET of = '3' WHERE batch = 0 AND number = 2",
        "DELETE FROM proposal_ref WHERE batch = 1",
        "UPDATE proposal_key SET cluster = 1",
    ],
)
async def test_wrong_names_are_found(derived: Path, tmp_path: Path, statement: str) -> None:
    found = await fault_after(derived, tmp_path, statement)
    assert found == "wallet 1: its proposals are stored under other names than the books give"


@pytest.mark.parametrize("stale", ["entries = 2", "imports = 0", "version = 0"])
async def test_cards_that_are_not_up_to_date_are_no_fault(derived: Path, tmp_path: Path, stale: str) -> None:
    wrong = "UPDATE proposal SET body = replace(body, 'Logo', 'Lego')"
    assert await fault_after(derived, tmp_path, f"UPDATE proposal_mark SET {stale}", wrong) is None  # noqa: S608


@pytest.mark.parametrize("mark", ["version = 0", "entries = 99", "imports = 99"])
async def test_cards_of_another_version_or_of_later_books_are_derived_again(
    derived: Path, tmp_path: Path, mark: str
) -> None:
    file = Path(shutil.copy(derived, tmp_path / "changed.db"))
    wrong = "UPDATE proposal SET body = replace(body, 'Logo', 'Lego')"
    assert by_hand(file, f"UPDATE proposal_mark SET {mark}", wrong)  # noqa: S608
    async with open_store(f"sqlite:///{file}") as store:
        cards = await Proposals(store, BOOK, TestClock()).every(WalletId(1))
    assert [card.title for card in cards] == ["Shop", "Logo"]
    assert (await verdict_on(file)).fault is None
