"""Several people who spend from the wallet of a group that has limits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count
from typing import TYPE_CHECKING

from core.ledger.limits import usages
from core.ledger.requests import Spend
from core.wallets.people import ChatRef, Identity
from core.wallets.settings import Settings
from core.wallets.team import TeamSettings
from tests.core.freelancer import Freelancer, dollars, outcome

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from core.ledger.limits import Usage
    from core.ledger.model import Purpose, Receipt
    from core.shared.refusals import Refusal
    from core.wallets.limits import Limits
    from core.wallets.team import Lift, Limit
    from tests.clock import TestClock
    from tests.core.freelancer import OpenBooks

BOUGHT = 1000
"""The Connects that the team begins with. Each cost 15 cents and 3 of tax."""


@dataclass
class Team:
    ann: Freelancer
    ben: Freelancer
    cyd: Freelancer

    @property
    def members(self) -> tuple[Freelancer, ...]:
        return self.ann, self.ben, self.cyd

    @property
    def books(self) -> OpenBooks:
        return self.ann.books

    async def change(self, change: Callable[[TeamSettings], TeamSettings]) -> None:
        """Change how the wallet is shared."""
        await self.books.change_settings(self.ann.wallet, lambda kept: replace(kept, team=change(kept.team)))

    async def set_limits(self, *limits: Limit) -> None:
        await self.change(lambda team: replace(team, limits=limits))

    async def lift(self, *lifts: Lift) -> None:
        await self.change(lambda team: replace(team, lifts=lifts))

    async def limits(self) -> Limits | None:
        return (await self.books.store.ledger.holding(self.ann.wallet)).limits

    async def usages(self, member: Freelancer | None = None) -> tuple[Usage, ...]:
        person = None if member is None else member.person
        return usages(await self.limits(), self.ann.clock.at, person)

    async def spent(self) -> dict[int, int]:
        """What was spent of each limit. Of one for each member, that of all together."""
        found: dict[int, int] = {}
        for one in await self.usages():
            found[one.limit.id] = found.get(one.limit.id, 0) + one.spent
        return found


async def spends(
    member: Freelancer, *connects: int, on: datetime | None = None, over: bool = False, purpose: Purpose | None = None
) -> Receipt | Refusal:
    """Spend in one change, on an earlier day, or over all limits."""
    asked = [Spend(one) if purpose is None else Spend(one, purpose) for one in connects]
    request = replace(member.new_request, over_limits=over)
    return await outcome(member.books.spend_all(request, asked, on=on))


async def team(books: OpenBooks, clock: TestClock, *limits: Limit, zone: str = "UTC") -> Team:
    """Ann, Ben and Cyd with the wallet of their group, in which Connects were bought."""
    people = [await books.person(Identity("test", name), name.title()) for name in ("ann", "ben", "cyd")]
    settings = Settings(zone, team=TeamSettings(limits=limits))
    opened = await books.open(ChatRef("test", "agency"), settings, "open:test:agency", people[0].id)
    keys = count(1)
    found = Team(*(Freelancer(books, clock, opened.wallet.id, one.id, keys) for one in people))
    await found.ann.buy(BOUGHT, dollars(15 * BOUGHT, tax=3 * BOUGHT))
    return found
