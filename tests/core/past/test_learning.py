"""In whatever order facts become known, the books say in the end what they would if all had been booked in time."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from core.ledger import rulebook
from core.ledger.entry_builder import Intent
from core.ledger.model import ADJUSTED, EXPIRED, Kind, Purpose, Source, expense_on, income_from
from core.ledger.past.facts import NewFact
from core.ledger.past.replay import Short
from core.ledger.past.restate import restate
from core.ledger.ports import Key, Scope
from core.ledger.rulebook import ON_EXPIRED, ORDERS
from core.shared.money import UNKNOWN, Price
from core.verification import verify
from core.wallets.people import ChatRef
from core.wallets.settings import Settings
from storage import open_store
from tests.core.past.oracle import BEGINNING, Oracle, state_of

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence

    from core.ledger.past.restate import Restated
    from core.ledger.ports import Record
    from core.ledger.rulebook import Rulebook
    from core.shared.ids import WalletId
    from core.store import Store

NOW = datetime(2026, 7, 1, 9, tzinfo=UTC)
small, cents = st.integers(1, 30), st.builds(Price, st.integers(0, 900), st.integers(0, 90), st.just("USD"))
days = st.one_of(st.integers(0, 3), st.integers(0, 500))
spent_on = st.sampled_from([expense_on(Purpose.PROPOSAL), expense_on(Purpose.BOOST)])
issues = st.one_of(
    st.tuples(st.just(Kind.PURCHASE), small, st.just(income_from(Source.PURCHASE)), cents),
    st.tuples(st.just(Kind.GRANT), small, st.just(income_from(Source.REWARD)), st.none()),
    st.tuples(st.just(Kind.GRANT), small, st.just(income_from(Source.OPENING)), st.one_of(cents, st.just(UNKNOWN))),
)
downs = st.tuples(st.just(Kind.ADJUSTMENT), st.integers(1, 4), st.sampled_from([ADJUSTED, EXPIRED]), st.none())
spends = st.tuples(st.just(Kind.SPEND), st.integers(1, 15), spent_on, st.none())
returned = st.tuples(st.integers(1, 15), st.sampled_from([0, 0, 1, 40, 400]))
rows = st.tuples(days, st.one_of(issues, spends, spends, downs), st.lists(returned, max_size=2))
figures = st.builds(
    lambda order, expired, months: replace(
        rulebook.default(), order=order, returns_expired=expired, expiry_months=months
    ),
    st.sampled_from(ORDERS),
    st.sampled_from(ON_EXPIRED),
    st.sampled_from([0, 3, 12]),
)


def facts_of(given_rows: Sequence[tuple[Any, ...]]) -> list[NewFact]:
    """The facts of some rows, after two openings that let most of them happen. Each has a memo of its own."""
    facts = [
        NewFact(BEGINNING, Kind.GRANT, 90, income_from(Source.OPENING), UNKNOWN, memo="first"),
        NewFact(BEGINNING + timedelta(days=200), Kind.GRANT, 90, income_from(Source.OPENING), Price(900, 20, "USD")),
    ]
    for day, (kind, connects, account, price), back in given_rows:
        index, left = len(facts), connects if kind is Kind.SPEND else 0
        facts.append(NewFact(BEGINNING + timedelta(days=day), kind, connects, account, price, memo=f"{index}"))
        for most, later in back:
            on, part = BEGINNING + timedelta(days=day + later), min(most, left)
            if part and on < NOW:
                left -= part
                facts.append(NewFact(on, Kind.RETURN, part, account, memo=f"{len(facts)}", of_new=index))
    return facts


@dataclass
class Learner:
    """Learns facts piece by piece. What cannot have happened yet, because too little is known, is learnt later."""

    store: Store
    wallet: WalletId
    rulebook: Rulebook
    facts: Sequence[NewFact]
    at: datetime = NOW
    known: dict[int, int] = field(default_factory=dict)
    keys: Iterator[int] = field(default_factory=lambda: count(1))

    async def record(self) -> Record:
        return await self.store.ledger.record(self.wallet)

    async def book(self, **asked: Any) -> Restated | Short:
        key = Key(f"0000000000:{next(self.keys)}", "asked")
        self.at += timedelta(seconds=1)
        outcome = restate(await self.record(), Intent(key, self.at), self.rulebook, **asked)
        if not isinstance(outcome, Short) and outcome.change.entries:
            await self.store.ledger.write(Scope(self.wallet), key, lambda _before: outcome.change)
        return outcome

    async def learn(self, piece: Sequence[int]) -> list[int]:
        """Learn some facts; gives those that must wait."""
        new = sorted(i for i in piece if (of := self.facts[i].of_new) is None or of in self.known or of in piece)
        wait = [i for i in piece if i not in new]
        batch = [self._named(i, new) for i in new]
        outcome = await self.book(facts=batch) if batch else None
        if isinstance(outcome, Short):
            return list(piece)
        if outcome is not None:
            self.known.update(zip(new, outcome.numbers, strict=True))
        return wait

    def _named(self, index: int, new: Sequence[int]) -> NewFact:
        fact = self.facts[index]
        if fact.of_new is None:
            return fact
        if fact.of_new in self.known:
            return fact._replace(of_new=None, of=self.known[fact.of_new])
        return fact._replace(of_new=new.index(fact.of_new))

    async def forget(self, index: int) -> list[int]:
        """Withdraw a fact and what came back of it; gives them, or nothing if later spends need it."""
        family = [i for i in self.known if index in {i, self.facts[i].of_new}]
        if isinstance(await self.book(withdrawn=[self.known[i] for i in family]), Short):
            return []
        for i in family:
            del self.known[i]
        return family

    async def prove(self) -> None:
        async with self.store.read_journal() as journal:
            verdict = await verify(journal)
        assert verdict.fault is None, verdict.fault


def pieces(facts: Sequence[NewFact], chance: random.Random) -> Iterator[list[int]]:
    order, piece = list(range(len(facts))), list[int]()
    chance.shuffle(order)
    for index in order:
        piece.append(index)
        if chance.random() < 0.4:
            yield piece
            piece = []
    yield piece


async def learnt(store: Store, figured: Rulebook, facts: Sequence[NewFact], chance: random.Random) -> Learner:
    """Everything, piece by piece, in an order of chance; now and then something is forgotten and learnt again."""
    wallet = (await store.people.open_wallet(ChatRef("test", "1"), Settings(), NOW)).id
    learner, waiting = Learner(store, wallet, figured, facts), list[int]()
    for piece in pieces(facts, chance):
        waiting = await learner.learn([*waiting, *piece])
        if learner.known and chance.random() < 0.3:
            before = state_of(await learner.record())
            family = await learner.forget(chance.choice(list(learner.known)))
            if family:
                assert await learner.learn(family) == []
            assert state_of(await learner.record()) == before
    assert await learner.learn(waiting) == []
    return learner


@given(st.lists(rows, min_size=1, max_size=14), figures, st.randoms(use_true_random=False))
@settings(max_examples=70)
def test_the_order_of_learning_makes_no_difference(
    page: list[tuple[Any, ...]], figured: Rulebook, chance: random.Random
) -> None:
    facts = facts_of(page)
    oracle = Oracle(facts, figured, NOW)
    assume(not oracle.short)

    async def play() -> None:
        async with open_store("memory://") as store:
            learner = await learnt(store, figured, facts, chance)
            assert state_of(await learner.record()) == oracle.state()
            await learner.prove()

    with asyncio.Runner() as runner:
        runner.run(play())
