"""Random lives of agencies: several people type, import, undo, give back and date what they did."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from core.proposals.service import Proposals
from core.shared.money import Price
from core.wallets.people import Identity
from tests.imports.accounts import account
from tests.imports.keeper import keeper
from tests.imports.wide_walks import WideWalker

if TYPE_CHECKING:
    from core.shared.ids import PersonId
    from core.store import Store

NAMES = ("Ann", "Ivan", "Olga")


@dataclass
class Agency(WideWalker):
    """Several people who do things at random; nobody looks at their books before the end."""

    people: dict[PersonId, str] = field(default_factory=dict)

    async def step(self) -> None:
        self.ann.person = self.dice.choice([*self.people])
        await super().step()

    async def hold(self) -> None:
        return


async def live(store: Store, seed: int, steps: int) -> Agency:
    """An agency that has done so much."""
    dice = Random(seed)  # noqa: S311 - an agency from a seed is wanted, not a secret
    life = account(seed, days=60, agency=True)
    ann = await keeper(store, life.last + timedelta(hours=1))
    await ann.books.buy(ann.request, 200, Price(3000, 211, "USD"))
    people = {(await ann.books.person(Identity("console", name), name)).id: name for name in NAMES}
    agency = Agency(ann, life, dice, Proposals(store, ann.books.rulebook, ann.clock), people=people)
    for _ in range(steps):
        await agency.step()
    return agency
