"""Pins: a confirmed balance holds as long as what is booked later leaves the balance of its moment alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from random import Random
from typing import TYPE_CHECKING

import pytest

from core.ledger.model import Source
from core.ledger.past.pins import pins
from core.ledger.requests import Spend
from core.reconciliation.service import Reconciliation
from core.shared.refusals import AlreadyDone, BalanceMoved, BeforePin, RefusedError, Unknown
from tests.core.freelancer import booked, outcome

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from core.ledger.model import Receipt
    from core.ledger.past.pins import Pin
    from core.ledger.ports import Record
    from core.shared.refusals import Refusal
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


async def spend_then(ann: Freelancer, connects: int, days: int, *, anyway: bool = True) -> Receipt | Refusal:
    then, request = ann.clock.at - timedelta(days=days), replace(ann.new_request, past_pins=anyway)
    return await outcome(ann.books.spend_all(request, (Spend(connects),), on=then))


async def undo(ann: Freelancer, number: int | None = None, *, anyway: bool = True) -> Receipt | Refusal:
    return await outcome(ann.books.undo(replace(ann.new_request, past_pins=anyway), number))


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
        pin = (await record_of(ann)).batches[0]
        assert await spend_then(ann, 8, 5, anyway=False) == BeforePin(pin.at, 20, 1)
        assert await moved(ann) == [0]
        booked(await spend_then(ann, 8, 5))
        assert await moved(ann) == [-8]
        booked(await undo(ann, anyway=False))
        assert await moved(ann) == [0]

    async def test_what_happened_on_its_own_day_may_have_happened_after_it(
        self, ann: Freelancer, upwork: Reconciliation, clock: TestClock
    ) -> None:
        clock.pass_(days=9)
        await upwork.confirm(ann.new_request, 20)
        clock.pass_(days=1)
        booked(await spend_then(ann, 8, 1, anyway=False))
        assert await moved(ann) == [0]

    async def test_a_clock_that_steps_back_after_it_makes_no_difference(
        self, ann: Freelancer, upwork: Reconciliation, clock: TestClock
    ) -> None:
        clock.pass_(days=9)
        await upwork.confirm(ann.new_request, 20)
        clock.pass_(hours=-1)
        booked(await ann.spend(8))
        clock.pass_(days=3)
        assert (await upwork.compare(ann.wallet, 12)).causes == ()
        assert await moved(ann) == [0]
        assert (await ann.books.verify()).fault is None
        booked(await spend_then(ann, 5, 4))
        assert await moved(ann) == [-5]

    async def test_what_is_booked_before_it_and_after_another_asks_for_the_later(
        self, ann: Freelancer, upwork: Reconciliation, clock: TestClock
    ) -> None:
        await upwork.confirm(ann.new_request, 20)
        clock.pass_(days=9)
        booked(await spend_then(ann, 8, 5, anyway=False))
        second = await upwork.confirm(ann.new_request, 12)
        clock.pass_(days=1)
        assert await spend_then(ann, 8, 3, anyway=False) == BeforePin(second.batch.at, 12, 2)
        assert await moved(ann) == [0, 0]

    async def test_the_undo_of_an_earlier_entry_breaks_it(self, ann: Freelancer, upwork: Reconciliation) -> None:
        booked(await ann.spend(8))
        await upwork.confirm(ann.new_request, 12)
        assert isinstance(await undo(ann, anyway=False), BeforePin)
        booked(await undo(ann))
        assert await moved(ann) == [8]

    async def test_a_retry_is_not_asked_about(self, ann: Freelancer, upwork: Reconciliation, clock: TestClock) -> None:
        clock.pass_(days=9)
        request, then = ann.new_request, clock.at - timedelta(days=2)
        first = await ann.books.spend_all(request, (Spend(8),), on=then)
        undoing = ann.new_request
        await upwork.confirm(ann.new_request, 12)
        assert (await ann.books.spend_all(request, (Spend(8),), on=then)).entry == first.entry
        undone = await ann.books.undo(replace(undoing, past_pins=True), first.entry.number)
        await upwork.confirm(ann.new_request, 20)
        assert (await ann.books.undo(undoing, first.entry.number)).entry == undone.entry

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
    booked(await spend_then(ann, 1, 20))
    for _ in range(25):
        clock.pass_(hours=chance.randint(1, 40))
        match chance.randrange(5):
            case 0 if clock.at.day % 2:
                await upwork.confirm(ann.new_request, await ann.available())
            case 1:
                await ann.spend(chance.randint(1, 9))
            case 2 | 3:
                await _asking_first(ann, partial(spend_then, ann, chance.randint(1, 9), _even(clock, chance)))
            case _:
                number = chance.randint(3, (await record_of(ann)).head.entries)
                await _asking_first(ann, partial(undo, ann, number))
        record = await record_of(ann)
        for pin in pins(record.batches, record.entries):
            then = (await books.balance(ann.wallet, pin.at)).available
            assert then - pin.balance == pin.moved
            assert pin.moved or pin_since(record, pin.at) is not None


def _even(clock: TestClock, chance: Random) -> int:
    """How many days ago there was some day with an even date, on which nobody confirms anything."""
    return next(days for days in range(chance.randint(1, 15), 40) if not (clock.at - timedelta(days=days)).day % 2)


async def _asking_first(ann: Freelancer, deed: Callable[..., Awaitable[Receipt | Refusal]]) -> None:
    """Do something, which is asked about if and only if a pin that held no longer does."""
    before = await moved(ann)
    asked = isinstance(await deed(anyway=False), BeforePin)
    if asked:
        assert await moved(ann) == before
        booked(await deed())
    after = await moved(ann)
    assert asked == any(not was and now for was, now in zip(before, after, strict=True))


def pin_since(record: Record, moment: datetime) -> Pin | None:
    """The latest pin that holds and is not older than this moment; None if there is none."""
    found = (pin for pin in pins(record.batches, record.entries) if not pin.moved and moment <= pin.at)
    return max(found, key=lambda pin: pin.at, default=None)
