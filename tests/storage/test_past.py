"""What every store promises about facts of the past: written as planned, found by the next write, and proven."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.ledger import rulebook
from core.ledger.model import Kind, Receipt, Source
from core.ledger.requests import Spend
from core.wallets.settings import Settings
from tests.core.freelancer import Freelancer, OpenBooks, booked, dollars, freelancer, outcome
from tests.storage.teller import proven

if TYPE_CHECKING:
    from datetime import datetime

    from core.shared.refusals import Refusal
    from core.store import Store
    from tests.clock import TestClock


@pytest.fixture
async def ann(store: Store, clock: TestClock) -> Freelancer:
    """20 free Connects, 40 bought ten days later, of which 18 are spent ten days later, all free ones among them."""
    ann = await freelancer(OpenBooks(store, rulebook.default(), clock), clock)
    clock.pass_(days=10)
    booked(await ann.buy(40, dollars(600)))
    clock.pass_(days=10)
    booked(await ann.spend(18))
    return ann


def ago(ann: Freelancer, days: int) -> datetime:
    return ann.clock.at - timedelta(days=days)


async def spend_then(ann: Freelancer, connects: int, days: int = 5) -> Receipt | Refusal:
    return await outcome(ann.books.spend_all(ann.new_request, [Spend(connects)], on=ago(ann, days)))


async def test_a_drained_lot_is_refilled_after_its_legs_were_moved(ann: Freelancer, store: Store) -> None:
    booked(await spend_then(ann, 20))
    assert [(lot.number, lot.left) for lot in await ann.lots()] == [(2, 22)]
    booked(await ann.give_back(3, 18))
    assert [(lot.number, lot.left) for lot in await ann.lots()] == [(2, 40)]
    await proven(store)


async def test_an_undo_is_of_the_past_only_where_something_is(ann: Freelancer, store: Store) -> None:
    booked(await ann.undo(3))
    assert (await ann.journal())[-1].happened is None
    early = booked(await spend_then(ann, 20)).entry
    late = booked(await ann.spend(5)).entry
    undone = booked(await ann.undo(early.number))
    assert undone.entry.happened == early.happened
    assert {entry.of for entry in undone.entries if entry.kind is Kind.RECAST} == {late.number}
    assert [(lot.number, lot.left) for lot in await ann.lots()] == [(1, 15), (2, 40)]
    await proven(store)


async def test_several_who_write_at_once_all_get_through(ann: Freelancer, store: Store) -> None:
    given = await asyncio.gather(spend_then(ann, 3), ann.spend(2), spend_then(ann, 4), ann.earn(Source.REWARD))
    assert all(isinstance(one, Receipt) for one in given)
    assert await ann.available() == 42 - 9 + 30
    await proven(store)


async def test_what_is_given_back_late_comes_to_a_new_lot(ann: Freelancer, store: Store) -> None:
    ann.clock.pass_(days=400)
    booked(await ann.buy(5))
    booked(await outcome(ann.books.give_back(ann.new_request, 3, 6, on=ago(ann, 10))))
    booked(await outcome(ann.books.give_back(ann.new_request, 3, 6, on=ago(ann, 390))))
    assert await ann.available() == 5 + 6
    await proven(store)


async def test_a_budget_is_counted_by_when_on_every_store(ann: Freelancer, store: Store) -> None:
    ann.clock.pass_(days=5)  # it is 4 February
    booked(await spend_then(ann, 9, 2))
    booked(await spend_then(ann, 5, 10))
    await store.people.save_settings(ann.wallet, Settings("UTC", budget=100))
    budget = (await store.ledger.holding(ann.wallet)).budget
    assert budget is not None
    assert budget.spent == 9
    await proven(store)
