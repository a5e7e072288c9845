"""Who spent what, over the random lives of agencies: typed, imported, undone, given back, amended, and dated."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from core.imports.known import Known
from storage import open_store
from tests.core.team.agencies import live
from tests.core.team.invariants import check_team
from tests.imports.accounts import MEMBERS

if TYPE_CHECKING:
    from core.ledger.ports import Record
    from core.ledger.sightings import Sighting
    from core.shared.ids import PersonId


async def lived(seed: int, steps: int) -> tuple[Record, list[PersonId]]:
    async with open_store("memory://") as store:
        agency = await live(store, seed, steps)
        return await agency.ann.record(), [*agency.people]


def rows_of(record: Record) -> list[tuple[int, Sighting]]:
    return [(number, row) for number, rows in Known(record).sightings.items() for row in rows]


@pytest.mark.parametrize("seed", range(4))
async def test_no_connect_and_no_cent_is_lost_among_members(seed: int) -> None:
    record, people = await lived(seed, 40)
    dice = Random(seed)  # noqa: S311 - as above
    rows = rows_of(record)
    whole = check_team(record, rows, {}, dice).whole
    matched = {name: dice.choice([*people, None]) for name in MEMBERS[:4]}
    report = check_team(record, rows, matched, dice)
    assert report.whole == whole
    persons = {row.who.person for row in report.rows}
    assert not {name for name, person in matched.items() if person} & {row.who.member for row in report.rows}
    assert persons <= {*people, None, *matched.values()}
