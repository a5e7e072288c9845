"""The journal's guards let through that words are erased, and nothing else, on both databases."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

import psycopg
import pytest

from core.ledger.sightings import ProposalSighting, ProposalState
from storage import open_store
from tests.storage.importing import Seen, import_rows, tell
from tests.storage.teller import booked, open_teller

if TYPE_CHECKING:
    from pathlib import Path

    from tests.clock import TestClock

KEY: Final = "erased:" + "0a" * 16
ERASURE: Final = "INSERT INTO erasure VALUES (1, 0, 1, 'x')"
OF_ENTRY: Final = "INSERT INTO witness VALUES (1, 'entry', 2, 1, 'x')"
OF_IMPORT: Final = "INSERT INTO witness VALUES (1, 'import', 1, 1, 'x')"
ENTRY: Final = "UPDATE entry SET {} WHERE number = 2"
BATCH: Final = "UPDATE batch SET {} WHERE number = 1"
ROW: Final = "UPDATE sighting SET {}"
TOLD: Final = "UPDATE proposal_sighting SET {}"
FORBIDDEN: Final = (
    *(
        ENTRY.format(f"\"{name}\" = '1'")
        for name in ("at", "kind", "balance", "by", "job", "seal", "happened", "digest")
    ),
    ENTRY.format("memo = 'other'"),
    ENTRY.format("memo = ''"),
    ENTRY.format("salt = ''"),
    ENTRY.format("memo = '', salt = '', digest = ''"),
    ENTRY.format("\"key\" = 'other', body = ''"),
    ENTRY.format("body = ''"),
    ENTRY.format(f"\"key\" = '{KEY}'"),
    ENTRY.format(f"\"key\" = '{KEY}', body = 'other'"),
    ENTRY.format(f"\"key\" = '{KEY}', body = '', balance = 0"),
    ENTRY.replace("2", "1").format(f"\"key\" = '{KEY}', body = ''"),
    "DELETE FROM entry",
    "UPDATE posting SET connects = 0",
    *(BATCH.format(f"\"{name}\" = '1'") for name in ("at", "by", "first", "last", "balance", "seal", "kind", "lifts")),
    BATCH.format("\"key\" = 'other'"),
    BATCH.replace("1", "2").format(f"\"key\" = '{KEY}'"),
    "DELETE FROM batch",
    *(ROW.format(f"\"{name}\" = '1'") for name in ("number", "day", "connects", "job", "row_id", "digest", "seal")),
    ROW.format("title = 'other'"),
    ROW.format("title = ''"),
    ROW.format("wording = '', title = '', member = NULL"),
    ROW.format("wording = '', title = '', member = '', salt = ''"),
    "DELETE FROM sighting",
    *(TOLD.format(f"\"{name}\" = '1'") for name in ("state", "day", "proposal", "job", "digest", "seal", "net")),
    TOLD.format("title = 'other'"),
    TOLD.format("title = ''"),
    TOLD.format("tags = 'other'"),
    TOLD.format("tags = NULL"),
    "DELETE FROM proposal_sighting",
    "UPDATE erasure SET seal = 'y'",
    "DELETE FROM erasure",
    "UPDATE witness SET seal = 'y'",
    "DELETE FROM witness",
)
ALLOWED: Final = (
    ENTRY.format("memo = '', salt = ''"),
    ENTRY.format(f"\"key\" = '{KEY}', body = ''"),
    BATCH.format(f"\"key\" = '{KEY}'"),
    ROW.format("wording = '', title = '', member = NULL, salt = ''"),
    TOLD.format("title = '', profile = '', salt = '', tags = '- -'"),
)


async def live(url: str, clock: TestClock) -> None:
    async with open_store(url) as store:
        ann = await open_teller(store, clock, "ann")
        booked(await ann.buy(60))
        booked(await import_rows(ann, Seen(-2, "Title", day=400, member="Ann"), key="k2"))
        told = ProposalSighting(1, ProposalState.SENT, title="Title", profile="Web", number=2, tags=("a", "b"))
        booked(await tell(ann, lambda batch: batch._replace(proposals=(told,))))


async def test_in_a_file(url: str, file: Path, clock: TestClock) -> None:
    await live(url, clock)
    with closing(sqlite3.connect(file, isolation_level=None)) as books:
        for made in (ERASURE, OF_ENTRY, OF_IMPORT):
            books.execute(made)
        for statement in FORBIDDEN:
            with pytest.raises(sqlite3.IntegrityError, match="the journal is append-only"):
                books.execute(statement)
        for statement in ALLOWED:
            assert books.execute(statement).rowcount == 1


async def test_on_a_server(postgres: str, clock: TestClock) -> None:
    await live(postgres, clock)
    with psycopg.connect(postgres, autocommit=True) as books:
        for made in (ERASURE, OF_ENTRY, OF_IMPORT):
            books.execute(made.encode())
        for statement in (*FORBIDDEN, "TRUNCATE witness"):
            with pytest.raises(psycopg.errors.IntegrityError, match="the journal is append-only"):
                books.execute(statement.encode())
        for statement in ALLOWED:
            assert books.execute(statement.encode()).rowcount == 1
