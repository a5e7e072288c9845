"""What the seals of imports cannot show: that they are true of the journal."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from core.ledger.model import Account, Entry, Kind, Posting
from core.ledger.past.import_walk import ImportFaultError, ImportWalk
from core.ledger.seal import sealed_batch
from core.ledger.sightings import Batch, Sighting
from core.shared.ids import WalletId

AT = datetime(2026, 1, 10, tzinfo=UTC)
KEYS = ("typed", "import+expiry", "import+00001", "import", "later")


def entry(number: int, key: str) -> Entry:
    legs = (Posting(Account("wallet:1"), -1, 1), Posting(Account("expense:proposal"), 1, 1))
    return Entry(WalletId(1), number, AT, Kind.SPEND, legs, 9, key, "body")


def walked(*booked: tuple[int, bool]) -> ImportWalk:
    """The walk over a journal, and over an import whose lines are these entries, booked by it or not."""
    rows = tuple(
        Sighting(line + 1, number, booked=new, day=date(2026, 1, 1), wording="Applied", connects=-1)
        for line, (number, new) in enumerate(booked)
    )
    batch = sealed_batch("", Batch(WalletId(1), 1, AT, "import", sightings=rows, salt="secret"))
    walk = ImportWalk([batch._replace(sightings=())])
    for number, key in enumerate(KEYS, 1):
        walk.book(entry(number, key))
    for sighting in batch.sightings:
        walk.step(1, sighting)
    walk.finish()
    return walk


def test_what_an_import_booked_is_of_its_change() -> None:
    walk = walked((1, False), (2, True), (3, True), (4, True), (5, False), (3, False))
    assert (walk.number, walk.sightings, walk.seal[:2]) == (1, 6, "2:")


@pytest.mark.parametrize(
    ("number", "booked", "fault"),
    [
        (1, True, "import 1, line 2 is entry 1, which that import did not book"),
        (5, True, "import 1, line 2 is entry 5, which that import did not book"),
        (6, False, "import 1, line 2 is entry 6, which does not exist"),
        (0, False, "import 1, line 2 is entry 0, which does not exist"),
        (-1, True, "import 1, line 2 is entry -1, which does not exist"),
    ],
)
def test_a_line_that_is_not_of_the_journal_is_named(number: int, booked: bool, fault: str) -> None:  # noqa: FBT001 - one of the parameters
    with pytest.raises(ImportFaultError, match=fault):
        walked((4, True), (number, booked))
