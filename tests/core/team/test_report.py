"""Who spent what, over the random lives of agencies: typed, imported, undone, given back, amended, and dated."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest

from core.imports.known import Known
from core.proposals.service import Proposals
from core.shared.money import Price
from core.wallets.people import Identity
from storage import open_store
from tests.core.team.invariants import check_team
from tests.imports.accounts import MEMBERS, account
from tests.imports.keeper import keeper
from tests.imports.wide_walks import WideWalker

if TYPE_CHECKING:
    from core.ledger.ports import Record
    from core.ledger.sightings import Sighting
    from core.shared.ids import PersonId

NAMES = ("Ann", "Ivan", "Olga")


@dataclass
class Agency(WideWalker):
    """Several people who do things at random; nobody looks at their books before the end."""

    people: list[PersonId] = field(default_factory=list)

    async def step(self) -> None:
        self.ann.person = self.dice.choice(self.people)
        await super().step()

    async def hold(self) -> None:
        return


async def lived(seed: int, steps: int) -> tuple[Record, list[PersonId]]:
    dice = Random(seed)  # noqa: S311 - an agency from a seed is wanted, not a secret
    async with open_store("memory://") as store:
        life = account(seed, days=60, agency=True)
        ann = await keeper(store, life.last + timedelta(hours=1))
        await ann.books.buy(ann.request, 200, Price(3000, 211, "USD"))
        people = [(await ann.books.person(Identity("console", name), name)).id for name in NAMES]
        agency = Agency(ann, life, dice, Proposals(store, ann.books.rulebook, ann.clock), people=people)
        for _ in range(steps):
            await agency.step()
        return await ann.record(), people


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
