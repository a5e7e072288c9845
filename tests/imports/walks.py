"""Random walks through everything that can happen to proposals: the cards that are read are those that follow from all.

Run by hand with many walks, each on every store that needs no server: `python -m tests.imports.walks 100`.
"""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from core.ledger.model import Change, Purpose
from core.ledger.ports import Key, Scope
from core.ledger.requests import Spend
from core.ledger.seal import sealed_batch
from core.ledger.sightings import Batch, BatchKind, Boosted, ProposalSighting, ProposalState, standing
from core.proposals.card_groups import group_of, grouped
from core.proposals.deriving import derive
from core.proposals.refreshing import facts_of
from core.proposals.refs import ref_named, refs_of
from core.proposals.service import Proposals
from core.shared.money import CostState, Price
from core.shared.refusals import RefusedError
from storage import open_store
from tests.imports.accounts import account
from tests.imports.keeper import keeper
from tests.imports.windows import FORMS, page, window

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from core.ledger.model import Snapshot
    from core.proposals.model import Proposal
    from core.store import Store
    from tests.imports.accounts import Account
    from tests.imports.keeper import Keeper

STEPS = 25
SAID = (
    ProposalState.VIEWED, ProposalState.REPLIED, ProposalState.HIRED, ProposalState.DECLINED, ProposalState.CLOSED,
)  # fmt: skip
ON_PAGES = (
    ProposalState.SENT,
    ProposalState.VIEWED,
    ProposalState.REPLIED,
    ProposalState.CLOSED,
    ProposalState.INVITED,
)


@dataclass
class Walker:
    """Somebody who does things at random, in the wallet of a keeper whose Upwork account is `lived`."""

    ann: Keeper
    lived: Account
    dice: Random
    proposals: Proposals

    async def step(self) -> None:
        """Do something, or be refused."""
        deeds = (
            (self.spend, 6), (self.give_back, 3), (self.undo, 2), (self.earlier, 1), (self.value, 1), (self.take, 1),
            (self.undo_import, 1), (self.tell, 4), (self.take_back, 2), (self.see, 2), (self.wait, 2),
        )  # fmt: skip
        (deed,) = self.dice.choices([one for one, _ in deeds], [weight for _, weight in deeds])
        try:
            await deed()
        except RefusedError:
            return

    async def check(self) -> None:
        """Hold the cards against those that follow from everything, and each of their names against them."""
        record = await self.ann.record()
        expected = derive(facts_of(record))
        found = await self.proposals.every(self.ann.wallet)
        assert found == expected, _difference(found, expected)
        named = {ref: card for card in expected for ref in refs_of(card)}
        everything = [*named, *(ref for name in ("1", "9999", "1-1") if (ref := ref_named(name)) not in named)]
        store = self.ann.store.proposals
        assert await store.named(self.ann.wallet, [ref for ref in everything if ref is not None]) == named
        await self._check_figures(expected)

    async def _check_figures(self, expected: Sequence[Proposal]) -> None:
        """What figures need is read in short, and counted in spans."""
        last = max((card.sent for card in expected), default=self.ann.clock.at)
        edges = sorted([*self.dice.choices([card.sent for card in expected] or [last], k=3), last])
        found = await self.ann.store.proposals.groups(self.ann.wallet, edges)
        assert Counter(found) == Counter(grouped(map(group_of, expected), edges))
        assert sum(one.number for one in found) == sum(edges[0] <= card.sent < last for card in expected)

    @property
    def title(self) -> str:
        return self.dice.choice([fact.title for fact in self.lived.facts if fact.title][:8] or ["Logo"])

    @property
    def job(self) -> str:
        return self.dice.choice([*(fact.job for fact in self.lived.facts if fact.job), ""][-3:])

    @property
    def entry(self) -> int:
        """The number of an entry, most likely of a late one."""
        return max(1, self.newest - self.dice.choice([0, 0, 1, 1, 2, 3, 5, 10, 30]))

    newest = 1

    async def spend(self) -> None:
        title, job = self.dice.choice([self.title, self.title, ""]), self.dice.choice([self.job, ""])
        bid = Spend(self.dice.choice([2, 4, 8]), Purpose.PROPOSAL, title, job)
        boost = Spend(self.dice.choice([3, 6]), Purpose.BOOST, self.dice.choice([title, ""]), job)
        other = Spend(2, self.dice.choice(list(Purpose)), self.title)
        spends = self.dice.choice([[bid], [bid], [bid, boost], [boost], [bid, other, boost]])
        await self.ann.books.spend_all(self.ann.request, spends)

    async def earlier(self) -> None:
        on = self.ann.clock.at - timedelta(days=self.dice.randrange(1, 20))
        await self.ann.books.spend_all(self.ann.request, [Spend(2, memo=self.title, job=self.job)], on=on)

    async def give_back(self) -> None:
        await self.ann.books.give_back(self.ann.request, self.entry, self.dice.choice([None, None, 1]))

    async def undo(self) -> None:
        await self.ann.books.undo(self.ann.request, self.dice.choice([None, self.entry]))

    async def value(self) -> None:
        costs: list[Price | CostState] = [CostState.FREE, Price(self.dice.randrange(100, 900), 7, "USD")]
        cost = self.dice.choice(costs)
        await self.ann.books.value(self.ann.request, self.dice.choice([None, 5]), cost)

    async def take(self) -> None:
        copied = self.ann.clock.at - timedelta(days=self.dice.randrange(30))
        shown = page(window(self.lived, copied, days=self.dice.choice([7, 30, 90])), self.dice.choice(FORMS))
        if shown.rows:
            await self.ann.take(shown)

    async def undo_import(self) -> None:
        there = standing((await self.ann.record()).batches, BatchKind.HISTORY)
        await self.ann.undo(there[-1].number if there else 9999)

    async def tell(self) -> None:
        cards = await self.proposals.every(self.ann.wallet)
        state, afresh = self.dice.choice(SAID), self.dice.random() < 0.1
        number = seen = None
        if cards and self.dice.random() < 0.8:
            card = self.dice.choice(cards)
            number, seen = next(iter(card.entries), None), next(iter(card.seen), None)
        told = ProposalSighting(1, state, None, "" if number or seen else self.title, number, seen, afresh=afresh)
        await self.proposals.tell(self.ann.request, told)

    async def take_back(self) -> None:
        told = standing((await self.ann.record()).batches, BatchKind.TOLD)
        await self.proposals.take_back(self.ann.request, self.dice.choice(told).number if told else 1)

    async def see(self) -> None:
        """A page of proposals comes in, or one is undone."""
        pages = standing((await self.ann.record()).batches, BatchKind.PROPOSALS)
        if pages and self.dice.random() < 0.3:
            await self._book(lambda batch: batch._replace(of=self.dice.choice(pages).number))
            return
        lines = tuple(self._line(line) for line in range(1, self.dice.randrange(2, 7)))
        last = self.ann.clock.at.date() - timedelta(days=self.dice.choice([0, 0, 1, 10]))
        await self._book(lambda batch: batch._replace(proposals=lines, last=last))

    def _line(self, line: int) -> ProposalSighting:
        day = self.ann.clock.at.date() - timedelta(days=self.dice.randrange(40))
        return ProposalSighting(
            line,
            self.dice.choice(ON_PAGES),
            day,
            self.title,
            proposal=self.dice.choice(["", "", f"201234567890123456{self.dice.randrange(6)}"]),
            job=self.dice.choice(["", "", self.job]),
            boosted=self.dice.choice([None, *Boosted]),
        )

    async def _book(self, filled: Callable[[Batch], Batch]) -> None:
        request, at = self.ann.request, self.ann.clock.at

        def decide(before: Snapshot) -> Change:
            plain = Batch(
                before.wallet, (before.imports or 0) + 1, at, request.key, salt="5a" * 16, kind=BatchKind.PROPOSALS
            )
            batch = sealed_batch(before.import_seal, filled(plain))
            return Change((), (), low=before.low, budget=before.budget, batch=batch)

        await self.ann.store.ledger.write(Scope(self.ann.wallet, imports=True), Key(request.key, "asked"), decide)

    async def wait(self) -> None:
        self.ann.clock.pass_(hours=self.dice.randrange(60))


def _difference(found: Sequence[Proposal], expected: Sequence[Proposal]) -> str:
    missing, extra = [one for one in expected if one not in found], [one for one in found if one not in expected]
    return "\n".join(["missing:", *map(str, missing), "but there are:", *map(str, extra)])


async def walk(store: Store, seed: int, steps: int = STEPS) -> None:
    """Walk, and check after some of the steps, so that there is more or less news for each reading."""
    dice = Random(seed)  # noqa: S311 - an account from a seed is wanted, not a secret
    lived = account(seed, days=dice.choice([20, 60, 90]))
    ann = await keeper(store, lived.last + timedelta(hours=1))
    await ann.books.buy(ann.request, 100, Price(1500, 0, "USD"))
    walker = Walker(ann, lived, dice, Proposals(store, ann.books.rulebook, ann.clock))
    for _ in range(steps):
        await walker.step()
        walker.newest = await ann.books.newest(ann.wallet)
        if dice.random() < 0.5:
            await walker.check()
    await walker.check()
    await ann.verify()


async def _walk_often(number: int) -> None:
    for seed in range(number):
        with TemporaryDirectory() as folder:
            for url in ("memory://", f"sqlite:///{folder}/walk.db"):
                async with open_store(url) as store:
                    await walk(store, seed, 4 * STEPS)
        print(f"walk {seed} holds", flush=True)  # noqa: T201 - run by hand


if __name__ == "__main__":
    asyncio.run(_walk_often(int(sys.argv[1])))
