"""`verify` finds what was changed by hand of a link: its row, who stands for whom, and what it wrote into books."""

from __future__ import annotations

import asyncio
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from core.links.model import Accounts
from core.links.preview import BalanceChoice, LinkAnswers
from storage import open_store
from tests.clock import TestClock
from tests.storage.one_person import one_person
from tests.storage.teller import proven
from tests.storage.test_verify import by_hand, verdict_on

CHANGED = "link 1 was changed after it was stored: its seal does not match"


@pytest.fixture(scope="module")
def linked_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Somebody on two platforms: linked as the same account, as two, and parted again."""
    folder = tmp_path_factory.mktemp("linked")
    files = {name: folder / f"{name}.db" for name in ("same", "two", "undone")}
    asyncio.run(_lived(files))
    return files


async def _lived(files: dict[str, Path]) -> None:
    for name, file in files.items():
        async with open_store(f"sqlite:///{file}") as store:
            both = await one_person(store, TestClock())
            same = name == "same"
            answers = LinkAnswers(BalanceChoice.KEPT, same=True) if same else LinkAnswers()
            done = await both.link(Accounts.SAME if same else Accounts.TWO, answers, key="press")
            if name == "undone":
                await both.unlink(done.link)
            await proven(store)


async def fault_after(file: Path, tmp_path: Path, *statements: str) -> str:
    changed = Path(shutil.copy(file, tmp_path / "changed.db"))
    assert by_hand(changed, *statements)
    return (await verdict_on(changed)).fault or ""


@pytest.mark.parametrize("name", ["same", "two", "undone"])
async def test_untouched_links_pass(linked_files: dict[str, Path], name: str) -> None:
    verdict = await verdict_on(linked_files[name])
    assert (verdict.fault, verdict.links) == (None, 1)


@pytest.mark.parametrize("name", ["same", "two", "undone"])
@pytest.mark.parametrize(
    "change",
    [
        "id = 2", "at = at + 1", "key = 'other'", "accounts = 'alone'", "kept = 2", "merged = 1",
        "undone = coalesce(undone + 1, at)", "undone = CASE WHEN undone IS NULL THEN 1 END",
    ],
)  # fmt: skip
async def test_each_column_of_a_link_is_proven(
    linked_files: dict[str, Path], tmp_path: Path, name: str, change: str
) -> None:
    fault = await fault_after(linked_files[name], tmp_path, f"UPDATE link SET {change}")  # noqa: S608
    assert "seal does not match" in fault


@pytest.mark.parametrize("name", ["same", "undone"])
async def test_each_fact_of_a_link_is_proven(linked_files: dict[str, Path], tmp_path: Path, name: str) -> None:
    with closing(sqlite3.connect(linked_files[name])) as db:
        ((text,),) = db.execute("SELECT facts FROM link").fetchall()
    facts = json.loads(text)
    places = list(_places(facts))
    assert len(places) > 15
    for place in places:
        changed = json.dumps(_other(facts, place)).replace("'", "''")
        if place == ("review",):
            continue  # when a daily review was due is nothing that anybody proves
        fault = await fault_after(linked_files[name], tmp_path, f"UPDATE link SET facts = '{changed}'")  # noqa: S608
        assert fault, place


@pytest.mark.parametrize("name", ["same", "two", "undone"])
@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ('UPDATE person SET "into" = CASE WHEN "into" IS NULL THEN 1 END WHERE id = 2', "person 2 is stored as"),
        ('UPDATE person SET "into" = 2 WHERE id = 1', "person 1 is stored as 2 now, but the links give nobody"),
        ("UPDATE wallet SET closed = NOT closed WHERE id = 2", "wallet 2 is"),
        ("UPDATE wallet SET closed = 1 WHERE id = 1", "wallet 1 is closed, but no link closed it"),
        ("DELETE FROM link", ""),
        ("UPDATE wallet SET person = 3 - person", "link 1 is of person 1, but its wallet 1 belongs to 2"),
    ],
)
async def test_what_stands_apart_from_a_link_must_fit(
    linked_files: dict[str, Path], tmp_path: Path, name: str, statement: str, fault: str
) -> None:
    found = await fault_after(linked_files[name], tmp_path, statement)
    assert found
    assert fault in found


@pytest.mark.parametrize("name", ["same", "two"])
@pytest.mark.parametrize(
    "change",
    ["number = number - 1", "booked = 1 - booked", "day = '2025-01-01'", "connects = connects + 1", "row_id = '2:9'"],
)
async def test_each_line_of_the_list_is_proven(
    linked_files: dict[str, Path], tmp_path: Path, name: str, change: str
) -> None:
    last = "batch = (SELECT max(number) FROM batch WHERE wallet = 1) AND line = 2"
    fault = await fault_after(linked_files[name], tmp_path, f"UPDATE sighting SET {change} WHERE wallet = 1 AND {last}")  # noqa: S608
    assert "line 2" in fault


async def test_the_fingerprint_covers_links(linked_files: dict[str, Path]) -> None:
    assert len({(await verdict_on(file)).fingerprint for file in linked_files.values()}) == 3


def _places(facts: object, place: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Where each single figure or word of a JSON text stands."""
    items = facts.items() if isinstance(facts, dict) else enumerate(facts) if isinstance(facts, list) else None
    if items is None:
        return [place]
    return [found for name, one in items for found in _places(one, (*place, name))]


def _other(facts: object, place: tuple[str | int, ...]) -> object:
    """The same, with another value in one place."""
    if not place:
        return facts + 1 if isinstance(facts, int) else f"{facts}x" if facts else "x"
    changed = dict(facts) if isinstance(facts, dict) else list(facts) if isinstance(facts, list) else facts
    changed[place[0]] = _other(changed[place[0]], place[1:])  # type: ignore[index] # it is one of both
    return changed
