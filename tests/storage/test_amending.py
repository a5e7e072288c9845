"""Prices that are learnt later, on every store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from core.ledger import rulebook
from core.ledger.model import Kind
from core.shared.money import CostState, Price
from tests.core.freelancer import Freelancer, OpenBooks, booked, dollars, freelancer
from tests.storage.teller import proven

if TYPE_CHECKING:
    from core.ledger.model import Lot
    from core.store import Store
    from tests.clock import TestClock


@pytest.fixture
async def ann(store: Store, clock: TestClock) -> Freelancer:
    """Ann, who began with 40 Connects of unknown cost, bought 60 a day later, and has spent 70, a day later again."""
    ann = await freelancer(OpenBooks(store, rulebook.default(), clock), clock)
    booked(await ann.opening(40, CostState.UNKNOWN))
    clock.pass_(days=1)
    booked(await ann.buy(60, dollars(900)))
    clock.pass_(days=1)
    booked(await ann.spend(70))
    return ann


def filled(lots: tuple[Lot, ...]) -> list[tuple[int, int, Price | None, Price | None]]:
    return [(lot.size, lot.left, lot.price, lot.worth) for lot in lots if lot.size]


async def test_lots_have_their_true_prices_from_the_beginning(ann: Freelancer, store: Store, clock: TestClock) -> None:
    before = (await store.ledger.record(ann.wallet)).head.lots
    booked(await ann.price(40, dollars(500)))
    await proven(store)
    amended = booked(await ann.amend({3: Price(870, 165, "EUR")}))
    await proven(store)
    assert [entry.kind for entry in amended.asked] == [Kind.AMENDMENT]
    after = [(40, 0, dollars(500), dollars(0)), (60, 30, Price(870, 165, "EUR"), Price(435, 83, "EUR"))]
    assert filled((await store.ledger.record(ann.wallet)).head.lots) == after
    assert filled(await store.ledger.lots_at(ann.wallet, clock.at)) == after
    at_first = (await store.ledger.record(ann.wallet)).entries[1].at
    assert filled(await store.ledger.lots_at(ann.wallet, at_first)) == [(40, 40, dollars(500), dollars(500))]
    for entry in reversed(await ann.journal()):
        if entry.kind is Kind.AMENDMENT:
            booked(await ann.undo(entry.number))
            await proven(store)
    left = (await store.ledger.record(ann.wallet)).head.lots
    assert filled(left) == filled(before)
    booked(await ann.give_back(4))
    assert await ann.available() == 100
    await proven(store)


async def test_it_is_booked_once_and_answered_the_same(ann: Freelancer, store: Store) -> None:
    request = ann.new_request
    first = await ann.books.amend(request, {3: dollars(900, 180)})
    booked(await ann.spend(20))
    assert await ann.books.amend(request, {3: dollars(900, 180)}) == first._replace(replayed=True)
    await proven(store)
