"""Prices that are learnt later: the books say in the end what they would if all had been known from the beginning."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.ledger.entry_builder import Intent
from core.ledger.model import Kind
from core.ledger.past.amending import amend
from core.ledger.past.restate import Restated
from core.ledger.ports import Key, Scope
from core.shared.money import Price
from core.wallets.people import ChatRef
from core.wallets.settings import Settings
from storage import open_store
from tests.core.past.oracle import Oracle, state_of
from tests.core.past.test_learning import NOW, Learner, facts_of, figures, pieces, rows

if TYPE_CHECKING:
    import random
    from collections.abc import Mapping, Sequence

    from core.ledger.past.facts import NewFact
    from core.ledger.rulebook import Rulebook
    from core.store import Store

prices = st.builds(Price, st.integers(0, 900), st.integers(0, 90), st.sampled_from(["USD", "EUR"]))
FREE = (None, Price(0, 0, "USD"))


@dataclass
class Bookkeeper(Learner):
    """Learns what happened, and what some of it really cost: wrongly at first, and sometimes twice."""

    truth: Mapping[int, Price] = field(default_factory=dict)

    async def amend(self, said: Mapping[int, Price]) -> list[int]:
        """Amend the prices of facts that are known; gives the entries."""
        key = Key(f"0000000000:{next(self.keys)}", "asked")
        record = await self.record()
        entries = {self.known[index]: price for index, price in said.items()}
        outcome = amend(record, Intent(key, self.at), entries, self.rulebook)
        assert isinstance(outcome, Restated), outcome
        if outcome.change.entries:
            await self.store.ledger.write(Scope(self.wallet), key, lambda _before: outcome.change)
        if self.rulebook.order != "free":  # or else other Connects may expire
            recasts: dict[int | None, int] = {}
            for entry in outcome.change.entries:
                recasts[entry.of] = recasts.get(entry.of, 0) + entry.delta if entry.kind is Kind.RECAST else 0
            assert not any(recasts.values()), "recasts move Connects between lots only"
            assert outcome.balance == record.head.balance
        return [entry.number for entry in outcome.change.entries if entry.kind is Kind.AMENDMENT]

    async def tell_some(self, chance: random.Random) -> None:
        """Amend some of what is known, and perhaps take an amendment back, whatever was amended since."""
        known = [index for index in self.truth if index in self.known]
        some = {index: self.truth[index] for index in known if chance.random() < 0.6}
        before = state_of(await self.record())
        wrong = await self.amend({index: Price(chance.randrange(500), 3, "GBP") for index in some})
        if wrong and chance.random() < 0.5:
            await self.book(withdrawn=wrong)
            assert state_of(await self.record()) == before
            return
        right = await self.amend(some)
        after = state_of(await self.record())
        if chance.random() < 0.5:
            await self.book(withdrawn=wrong)
            assert state_of(await self.record()) == after
        if chance.random() < 0.3:
            await self.book(withdrawn=right)


async def told(
    store: Store, figured: Rulebook, facts: Sequence[NewFact], truth: Mapping[int, Price], chance: random.Random
) -> Bookkeeper:
    wallet = (await store.people.open_wallet(ChatRef("test", "1"), Settings(), NOW)).id
    keeper, waiting = Bookkeeper(store, wallet, figured, facts, truth=truth), list[int]()
    for piece in pieces(facts, chance):
        waiting = await keeper.learn([*waiting, *piece])
        await keeper.tell_some(chance)
        if keeper.known and chance.random() < 0.2:
            waiting += await keeper.forget(chance.choice(list(keeper.known)))
    assert await keeper.learn(waiting) == []
    await keeper.amend(truth)
    return keeper


@given(st.lists(rows, min_size=1, max_size=10), figures, st.lists(prices), st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_costs_are_as_if_true_prices_had_been_known_from_the_beginning(
    page: list[tuple[Any, ...]], figured: Rulebook, paid: list[Price], chance: random.Random
) -> None:
    facts = facts_of(page)
    issues = [i for i, one in enumerate(facts) if one.kind in {Kind.PURCHASE, Kind.GRANT}]
    alike = [(facts[i].happened, facts[i].account, facts[i].connects, facts[i].price) for i in issues]
    assume(len(set(alike)) == len(alike))
    chance.shuffle(issues)
    truth = {i: price for i, price in zip(issues, paid, strict=False) if price.total or facts[i].price not in FREE}
    oracle = Oracle(facts, figured, NOW, truth)
    assume(not oracle.short)

    async def play() -> None:
        async with open_store("memory://") as store:
            keeper = await told(store, figured, facts, truth, chance)
            assert state_of(await keeper.record()) == oracle.state()
            await keeper.prove()

    with asyncio.Runner() as runner:
        runner.run(play())
