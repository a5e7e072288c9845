"""Unknown costs, and stating them later, on every store."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.ledger import rulebook
from core.ledger.model import Kind, Source
from core.ledger.requests import Spend
from core.shared.money import UNKNOWN, CostState
from tests.core.freelancer import OpenBooks, booked, dollars, freelancer
from tests.storage.teller import proven

if TYPE_CHECKING:
    from core.ledger.model import Lot
    from core.shared.money import Price
    from core.store import Store
    from tests.clock import TestClock
    from tests.core.freelancer import Freelancer


@pytest.fixture
async def ann(store: Store, clock: TestClock) -> Freelancer:
    """Ann, who began with 100 Connects of unknown cost and has spent 30 of them."""
    ann = await freelancer(OpenBooks(store, rulebook.default(), clock), clock)
    booked(await ann.opening(100, CostState.UNKNOWN))
    booked(await ann.spend(30))
    return ann


def worths(lots: tuple[Lot, ...]) -> list[tuple[int, int, Price | None]]:
    return [(lot.number, lot.left, lot.worth) for lot in lots if lot.left]


async def test_an_unknown_cost_is_read_back_as_it_was_booked(ann: Freelancer, store: Store) -> None:
    spent = booked(await ann.spend(5)).entry
    assert [leg.price for leg in spent.postings] == [UNKNOWN, UNKNOWN]
    assert await store.ledger.entry(ann.wallet, spent.number) == spent
    assert worths((await store.ledger.holding(ann.wallet)).lots) == [(2, 65, UNKNOWN)]
    await proven(store)


async def test_a_cost_that_is_stated_later_moves_what_is_left_to_a_lot_of_its_own(
    ann: Freelancer, store: Store, clock: TestClock
) -> None:
    began = clock.at
    clock.pass_(days=1)
    receipt = booked(await ann.value(dollars(700)))
    clock.pass_(days=1)
    booked(await ann.spend(10))
    ledger = store.ledger
    assert worths(await ledger.lots_at(ann.wallet, began)) == [(2, 70, UNKNOWN)]
    assert worths(await ledger.lots_at(ann.wallet, receipt.entry.at)) == [(3, 70, dollars(700))]
    assert worths((await ledger.holding(ann.wallet)).lots) == [(3, 60, dollars(600))]
    old, new = receipt.lots
    assert (old.size, old.left, old.price, new.source, new.size) == (30, 0, UNKNOWN, Source.OPENING, 70)
    assert (new.issued, new.expires) == (old.issued, old.expires)
    await proven(store)


async def test_it_is_undone_exactly(ann: Freelancer, store: Store) -> None:
    before = (await store.ledger.holding(ann.wallet)).lots
    number = booked(await ann.value(dollars(700), 60)).entry.number
    booked(await ann.undo(number))
    assert (await store.ledger.holding(ann.wallet)).lots == before
    booked(await ann.value(CostState.PAID))
    await proven(store)


async def test_it_is_booked_once_and_answered_the_same(ann: Freelancer, store: Store) -> None:
    request = ann.new_request
    first = await ann.books.value(request, 60, dollars(700))
    booked(await ann.spend(20))
    assert await ann.books.value(request, 60, dollars(700)) == first._replace(replayed=True)
    await proven(store)


async def test_spends_that_are_committed_with_it_find_the_new_lot(ann: Freelancer, store: Store) -> None:
    """All of them are decided in one batch, of which each lot is written once."""
    await asyncio.gather(
        ann.spend(3), ann.value(dollars(600), 60), ann.spend(4), ann.value(CostState.FREE), ann.spend(5)
    )
    kinds = [entry.kind for entry in await store.ledger.history(ann.wallet, None, 5)]
    assert kinds.count(Kind.VALUATION) == 2
    head = await store.ledger.holding(ann.wallet)
    assert worths(head.lots) == [(3, 55, dollars(550)), (4, 3, dollars(0))]
    past = await store.ledger.lots_at(ann.wallet, ann.clock.at)
    assert tuple(lot for lot in past if lot.left) == head.lots
    await proven(store)


async def test_what_came_back_meanwhile_stays_of_unknown_cost(ann: Freelancer, store: Store) -> None:
    booked(await ann.value(CostState.PAID))
    booked(await ann.give_back(3, 12))
    assert worths((await store.ledger.holding(ann.wallet)).lots) == [(2, 12, UNKNOWN), (3, 70, dollars(1050))]
    await proven(store)


async def test_what_is_known_later_counts_for_a_past_that_was_booked_later(
    ann: Freelancer, store: Store, clock: TestClock
) -> None:
    clock.pass_(days=1)
    began = clock.at
    clock.pass_(days=3)
    ledger = store.ledger
    valued = booked(await ann.value(dollars(700)))
    slip = booked(await ann.spend(60))
    clock.pass_(days=1)
    booked(await ann.undo(slip.entry.number))
    assert worths(await ledger.lots_at(ann.wallet, began)) == [(2, 70, UNKNOWN)]
    assert worths(await ledger.lots_at(ann.wallet, slip.entry.at)) == [(3, 10, dollars(100))]
    booked(await ann.books.spend_all(ann.new_request, [Spend(7)], on=began))
    past = began + timedelta(hours=1)
    assert worths(await ledger.lots_at(ann.wallet, past)) == [(3, 63, dollars(630))]
    assert worths(await ledger.lots_at(ann.wallet, slip.entry.at)) == [(3, 63, dollars(630))]
    booked(await ann.undo(valued.entry.number))
    assert worths(await ledger.lots_at(ann.wallet, past)) == [(2, 63, UNKNOWN)]
    await proven(store)
