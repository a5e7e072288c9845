"""Facts of the past among those of today: after every deed the books prove, so that both give what the replay gives."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from core.ledger import rulebook
from core.ledger.model import Source
from core.ledger.past.amending import issues_for_money, unpriced
from core.ledger.requests import Spend
from core.ledger.rulebook import ON_EXPIRED, ORDERS
from core.shared.money import CostState, Price
from storage import open_store
from tests.clock import TestClock
from tests.core.freelancer import Freelancer, OpenBooks, dollars, freelancer, outcome

if TYPE_CHECKING:
    from collections.abc import Sequence

small, back, number = st.integers(1, 25), st.integers(1, 50), st.integers(1, 14)
today = st.one_of(
    st.tuples(st.just("spend"), small),
    st.tuples(st.just("buy"), small, st.integers(0, 900)),
    st.tuples(st.just("earn"), st.just(Source.REWARD)),
    st.tuples(st.just("adjust"), st.integers(-9, 9)),
    st.tuples(st.just("value"), st.one_of(st.just(CostState.FREE), st.integers(1, 900)), st.one_of(st.none(), small)),
    st.tuples(st.just("return"), number, st.one_of(st.none(), small)),
    st.tuples(st.just("undo"), number),
    st.tuples(st.just("wait"), st.integers(1, 40)),
    st.tuples(st.just("rule"), st.sampled_from(ORDERS), st.sampled_from(ON_EXPIRED)),
)
then = st.one_of(
    st.tuples(st.just("amend"), number, st.integers(0, 900), st.sampled_from(["USD", "EUR"])),
    st.tuples(st.just("price"), st.one_of(st.just(CostState.FREE), st.integers(1, 900))),
    st.tuples(st.just("spend then"), st.lists(st.integers(1, 9), min_size=1, max_size=2), back),
    st.tuples(st.just("buy then"), small, st.integers(0, 900), back),
    st.tuples(st.just("adjust then"), st.integers(-9, 9), back),
    st.tuples(st.just("return then"), number, st.one_of(st.none(), small), back),
)
books_of = st.tuples(st.sampled_from(ORDERS), st.sampled_from(ON_EXPIRED), st.sampled_from([0, 1, 12]))


async def do(ann: Freelancer, deed: tuple[Any, ...]) -> None:
    name, *values = deed
    books, request = ann.books, ann.new_request
    on = ann.clock.at - timedelta(days=values[-1]) if name.endswith("then") else None
    match name:
        case "wait":
            ann.clock.pass_(days=values[0])
        case "rule":
            books.rulebook = replace(books.rulebook, order=values[0], returns_expired=values[1])
        case "buy" | "buy then":
            price = dollars(values[1], tax=values[1] // 7)
            await outcome(books.buy(request, values[0], price, on=on))
        case "amend" | "price" | "value":
            await state_cost(ann, name, values)
        case "return" | "return then":
            await outcome(books.give_back(request, values[0], values[1], on=on))
        case "spend then":
            await outcome(books.spend_all(request, [Spend(one) for one in values[0]], on=on))
        case "adjust then":
            await outcome(books.adjust(request, values[0], on=on))
        case _:
            await getattr(ann, name)(*values)


async def state_cost(ann: Freelancer, name: str, values: Sequence[Any]) -> None:
    match name:
        case "amend":
            issues = [entry.number for entry in await ann.journal() if issues_for_money(entry)]
            await ann.amend({issues[values[0] % len(issues)]: Price(values[1], values[1] // 9, values[2])})
        case "price":
            unknown = sum(one.connects for one in unpriced(await ann.books.store.ledger.record(ann.wallet)))
            await ann.price(unknown, said(values[0]))
        case _:
            await ann.value(said(values[0]), values[1])


def said(cost: CostState | int) -> CostState | Price:
    return cost if isinstance(cost, CostState) else dollars(cost)


@given(books_of, st.lists(st.one_of(today, then), min_size=3, max_size=14))
@settings(max_examples=80)
def test_the_books_prove_after_every_deed(figures: tuple[str, str, int], story: list[tuple[Any, ...]]) -> None:
    order, on_expired, months = figures
    figured = replace(rulebook.default(), order=order, returns_expired=on_expired, expiry_months=months)

    async def play() -> None:
        clock = TestClock()
        async with open_store("memory://") as store:
            books = OpenBooks(store, figured, clock)
            ann = await freelancer(books, clock)
            await ann.opening(60, CostState.UNKNOWN)
            for deed in story:
                await do(ann, deed)
                verdict = await books.verify()
                assert verdict.fault is None, (deed, verdict.fault)

    with asyncio.Runner() as runner:
        runner.run(play())
