"""Pins: a confirmed balance holds as long as what is booked later leaves the balance of its moment alone."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest

from core.ledger.model import Source
from core.ledger.past.pins import pin_since, pins
from core.ledger.requests import Spend
from core.reconciliation.service import Reconciliation
from core.shared.refusals import AlreadyDone, BalanceMoved, RefusedError, Unknown
from tests.core.freelancer import booked, outcome

if TYPE_CHECKING:
    from core.ledger.ports import Record
    from tests.clock import TestClock
    from tests.core.freelancer import Freelancer, OpenBooks


async def record_of(ann: Freelancer) -> Record:
    return await ann.books.store.ledger.record(ann.wallet)


async def moved(ann: Freelancer) -> list[int]:
    record = await record_of(ann)
    return [pin.moved for pin in pins(record.batches, record.entries)]


@pytest.fixture
def upwork(ann: Freelancer) -> Reconciliation:
    return Reconciliation(ann.books.store, ann.books.rulebook, ann.clock)


async def spend_then(ann: Freelancer, connects: int, days: int) -> None:
    then = ann.clock.at - timedelta(days=days)
    booked(await outcome(ann.books.spend_all(ann.new_request, (Spend(connects),), on=then)))


class TestHolding:
    async def test_what_is_booked_as_of_now_leaves_it_alone(self, ann: Freelancer, upwork: Reconciliation) -> None:
        await upwork.confirm(ann.new_request, 20)
        booked(await ann.spend(8))
        booked(await ann.buy(60))
        booked(await ann.give_back(2))
        booked(await ann.undo(3))
        assert await moved(ann) == [0]

    async def test_an_earlier_spend_breaks_it_and_its_undo_mends_it(
        self, ann: Freelancer, upwork: Reconciliation, clock: TestClock
    ) -> None:
        clock.pass_(days=9)
        await upwork.confirm(ann.new_request, 20)
        clock.pass_(days=3)
        await spend_then(ann, 8, 5)
        assert await moved(ann) == [-8]
        booked(await ann.undo())
        assert await moved(ann) == [0]

    async def test_the_undo_of_an_earlier_entry_breaks_it(self, ann: Freelancer, upwork: Reconciliation) -> None:
        booked(await ann.spend(8))
        await upwork.confirm(ann.new_request, 12)
        booked(await ann.undo())
        assert await moved(ann) == [8]

    async def test_it_is_lifted_and_the_lifting_is_taken_back(self, ann: Freelancer, upwork: Reconciliation) -> None:
        pin = await upwork.confirm(ann.new_request, 20)
        lift = await upwork.lift(ann.new_request, pin.batch.number)
        assert await moved(ann) == []
        with pytest.raises(RefusedError) as refused:
            await upwork.lift(ann.new_request, pin.batch.number)
        assert refused.value.refusal == AlreadyDone("lift", lift.batch.number)
        await upwork.take_back(ann.new_request, lift.batch.number)
        assert await moved(ann) == [0]
        await upwork.take_back(ann.new_request, pin.batch.number)
        assert await moved(ann) == []

    async def test_another_balance_cannot_be_confirmed(self, ann: Freelancer, upwork: Reconciliation) -> None:
        with pytest.raises(RefusedError) as refused:
            await upwork.confirm(ann.new_request, 21)
        assert refused.value.refusal == BalanceMoved(21, 20)
        with pytest.raises(RefusedError) as refused:
            await upwork.lift(ann.new_request, 1)
        assert refused.value.refusal == Unknown("pin", "1")

    async def test_the_same_request_confirms_once(self, ann: Freelancer, upwork: Reconciliation) -> None:
        request = ann.new_request
        first = await upwork.confirm(request, 20)
        booked(await ann.spend(8))
        second = await upwork.confirm(request, 20)
        assert (second.batch, second.replayed, second.stands) == (first.batch, True, True)
        await upwork.take_back(ann.new_request, first.batch.number)
        assert not (await upwork.confirm(request, 20)).stands

    async def test_what_has_expired_is_booked_out_first(
        self, ann: Freelancer, upwork: Reconciliation, clock: TestClock
    ) -> None:
        booked(await ann.buy(60))
        booked(await ann.spend(30))
        clock.pass_(days=366)
        assert (await upwork.confirm(ann.new_request, 0)).batch.balance == 0
        booked(await ann.earn(Source.REWARD, connects=5))
        assert await moved(ann) == [0]


@pytest.mark.parametrize("seed", range(6))
async def test_a_pin_has_moved_by_what_the_past_balance_has(
    books: OpenBooks, ann: Freelancer, upwork: Reconciliation, clock: TestClock, seed: int
) -> None:
    """Whatever is booked, and in whatever order."""
    chance = Random(seed)  # noqa: S311 - it is to be the same again, not a secret
    booked(await ann.buy(400))
    clock.pass_(days=30)
    await spend_then(ann, 1, 20)
    for _ in range(25):
        clock.pass_(hours=chance.randint(1, 40))
        match chance.randrange(5):
            case 0:
                await upwork.confirm(ann.new_request, await ann.available())
            case 1:
                await ann.spend(chance.randint(1, 9))
            case 2 | 3:
                await spend_then(ann, chance.randint(1, 9), chance.randint(1, 15))
            case _:
                await ann.undo(chance.randint(3, (await record_of(ann)).head.entries))
        record = await record_of(ann)
        for pin in pins(record.batches, record.entries):
            then = (await books.balance(ann.wallet, pin.at)).available
            assert then - pin.balance == pin.moved
            assert pin.moved or pin_since(record, pin.at) is not None
