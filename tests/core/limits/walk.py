"""Random deeds of a team with random limits. After each, what was spent is counted again in the plainest way.

`python -m tests.core.limits.walk 300` plays many.
"""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Final

from core.ledger import rulebook
from core.ledger.limits import read_tally_key, usage
from core.ledger.model import Kind, Purpose, Receipt
from core.shared.ids import PersonId
from core.shared.money import Price
from core.shared.refusals import OverLimit, Refusal
from core.wallets.team import Act, Lift, Limit, Period
from storage import open_store
from tests.clock import TestClock
from tests.core.freelancer import OpenBooks, outcome
from tests.core.limits.naive import naive
from tests.core.limits.team import spends, team

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.ledger.model import Entry
    from core.store import Store
    from core.wallets.settings import Settings
    from tests.core.freelancer import Freelancer
    from tests.core.limits.team import Team

STARTS: Final = (
    datetime(2026, 3, 27, 20, tzinfo=UTC),  # the clocks of Europe go forward two nights later
    datetime(2026, 10, 31, 3, tzinfo=UTC),  # those of America go back the next night
    datetime(2026, 2, 27, 9, tzinfo=UTC),
    datetime(2026, 12, 30, 12, tzinfo=UTC),
)
ZONES: Final = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Auckland")
CURRENCIES: Final = ("USD", "EUR")
OFTEN: Final = 0.3


class Walk:
    """A team whose members do whatever they can, at random."""

    def __init__(self, found: Team, clock: TestClock, dice: Random) -> None:
        self.team, self.clock, self.dice = found, clock, dice
        self.done: Counter[str] = Counter()

    async def step(self) -> None:
        """Do something, and compare the tallies with a plain count."""
        deeds = {
            self.spend: 9, self.give_back: 4, self.undo: 3, self.wait: 4, self.buy: 1, self.adjust: 1, self.price: 1,
            self.amend: 1, self.set_limits: 1, self.lift: 1, self.move: 1,
        }  # fmt: skip
        (deed,) = self.dice.choices(list(deeds), list(deeds.values()))
        given = await deed(self.dice.choice(self.team.members))
        self.done[f"{deed.__name__} {type(given).__name__}"] += 1
        await self.compare()

    async def compare(self) -> None:
        entries, settings, limits = await self.team.ann.journal(), await self.settings(), await self.team.limits()
        assert limits is not None
        counted = {read_tally_key(one): spent for one, spent in limits.spent.items()}
        assert counted == naive(entries, settings, entries[-1].at)

    async def settings(self) -> Settings:
        return await self.team.books.store.people.settings_of(self.team.ann.wallet)

    async def spend(self, member: Freelancer) -> Receipt | Refusal:
        asked = [self.dice.randint(1, 30) for _ in range(self.dice.choice((1, 1, 1, 2, 3)))]
        purpose = self.dice.choice((Purpose.PROPOSAL, Purpose.PROPOSAL, Purpose.BOOST, Purpose.BADGE))
        days = self.dice.choice((0, 0, 0, 0, 0, 1, 3, 9, 25))
        on = self.clock.at - timedelta(days=days) if days else None
        over = self.dice.random() < OFTEN
        before = await member.journal()
        given = await spends(member, *asked, on=on, over=over, purpose=purpose)
        if isinstance(given, OverLimit):
            assert not over
            await self.is_right(given, before, days)
        elif isinstance(given, Receipt) and not over:
            await self.is_allowed(given)
        return given

    async def is_right(self, given: OverLimit, before: Sequence[Entry], days: int) -> None:
        """A refusal names a limit of which less is left than what was asked for."""
        settings = await self.settings()
        (rule,) = (one for one in settings.team.limits if one.id == given.limit)
        assert rule.act is Act.BLOCK
        assert given.left == given.amount - given.spent < given.asked
        assert given.amount == rule.amount + given.lifted
        assert given.since < given.whole
        if not days:
            person = None if given.person is None else PersonId(given.person)
            assert given.spent == naive(before, settings, max(self.clock.at, before[-1].at)).get((rule.id, person), 0)

    async def is_allowed(self, given: Receipt) -> None:
        """No limit that blocks is passed by spends that were booked."""
        spent = [entry for entry in given.entries if entry.kind is Kind.SPEND]
        settings, limits, entries = await self.settings(), await self.team.limits(), await self.team.ann.journal()
        assert limits is not None
        for rule in (rule for rule in settings.team.limits if rule.act is Act.BLOCK):
            alone = settings.__class__(settings.zone, team=replace(settings.team, limits=(rule,)))
            at = min(spent[-1].when, spent[-1].at)
            total = naive(entries, alone, at)
            for (_, whose), asked in naive(spent, alone, at).items():
                assert asked <= total[rule.id, whose] <= usage(limits, rule, whose, at).amount

    async def give_back(self, member: Freelancer) -> Receipt | Refusal:
        entries = await member.journal()
        spent = [entry.number for entry in entries if entry.kind is Kind.SPEND] or [1]
        days = self.dice.choice((0, 0, 0, 2))
        on = self.clock.at - timedelta(days=days) if days else None
        if self.dice.random() < OFTEN:
            numbers = self.dice.sample(spent, min(len(spent), 2))
            return await outcome(member.books.give_back_all(member.new_request, numbers, on=on))
        part = self.dice.choice((None, 1, 4))
        return await outcome(member.books.give_back(member.new_request, self.dice.choice(spent[-6:]), part, on=on))

    async def undo(self, member: Freelancer) -> Receipt | Refusal:
        entries = [entry.number for entry in await member.journal()]
        return await member.undo(self.dice.choice((None, *entries[-8:])))

    async def wait(self, _member: Freelancer) -> None:
        self.clock.pass_(hours=self.dice.choice((1, 5, 11, 30, 90, 200, -3, -18)))

    async def buy(self, member: Freelancer) -> Receipt | Refusal:
        return await member.buy(self.dice.randint(5, 60), self.cost())

    def cost(self) -> Price:
        return Price(self.dice.randint(10, 900), self.dice.randint(0, 150), self.dice.choice(CURRENCIES))

    async def adjust(self, member: Freelancer) -> Receipt | Refusal:
        return await member.adjust(self.dice.randint(-20, 40))

    async def price(self, member: Freelancer) -> Receipt | Refusal:
        unknown = sum(one.connects for one in await member.books.unpriced(member.wallet))
        return await member.price(unknown, self.cost())

    async def amend(self, member: Freelancer) -> Receipt | Refusal:
        issued = [entry.number for entry in await member.journal() if entry.delta > 0 and entry.of is None]
        return await member.amend({self.dice.choice(issued): self.cost()})

    async def set_limits(self, _member: Freelancer) -> None:
        await self.team.set_limits(*(self.limit(number) for number in range(1, self.dice.randint(2, 6))))

    def limit(self, number: int) -> Limit:
        person = self.dice.choice((None, *(member.person for member in self.team.members)))
        currency = self.dice.choice(("", "", *CURRENCIES))
        return Limit(
            number,
            self.dice.randint(200, 2000) if currency else self.dice.randint(10, 120),
            self.dice.choice(tuple(Period)),
            person=person,
            each=person is None and self.dice.random() < OFTEN,
            currency=currency,
            boosts=self.dice.random() < OFTEN,
            act=self.dice.choice(tuple(Act)),
        )

    async def lift(self, member: Freelancer) -> None:
        one = self.dice.choice(await self.team.usages(member) or [None])
        if one is None:
            return
        await self.team.lift(Lift(one.limit.id, one.since, self.dice.randint(1, 60), one.person))

    async def move(self, _member: Freelancer) -> None:
        zone = self.dice.choice(ZONES)
        await self.team.books.change_settings(self.team.ann.wallet, lambda kept: replace(kept, zone=zone))


async def walk(store: Store, seed: int, steps: int) -> Walk:
    """Play one, and prove the books in the end."""
    dice = Random(seed)  # noqa: S311 - the same walk for the same seed is wanted, not a secret
    clock = TestClock(dice.choice(STARTS))
    books = OpenBooks(store, rulebook.default(), clock)
    found = Walk(await team(books, clock, zone=dice.choice(ZONES)), clock, dice)
    await found.set_limits(found.team.ann)
    for _ in range(steps):
        await found.step()
    assert (await books.verify()).fault is None
    return found


async def _walk_often(number: int) -> None:
    total: Counter[str] = Counter()
    for seed in range(number):
        async with open_store("memory://") as store:
            try:
                total += (await walk(store, seed, 120)).done
            except BaseException as error:
                error.add_note(f"seed {seed}")
                raise
    print(number, "walks", sorted(total.items()))  # noqa: T201 - run by hand


if __name__ == "__main__":
    asyncio.run(_walk_often(int(sys.argv[1])))
