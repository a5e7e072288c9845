"""What every store promises about what falls due: found when it is, and taken once."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.delivery.notice import Notice, Target
from core.delivery.state import HOLD, State
from core.promotions.model import Promotion, Terms
from core.scheduling.task import Due
from core.shared.lifecycle import Status

if TYPE_CHECKING:
    from core.store import Store
    from tests.clock import TestClock
    from tests.storage.teller import Teller

HOUR = timedelta(hours=1)


class TestAgenda:
    @pytest.fixture
    def due(self, clock: TestClock) -> Due:
        return Due("promotion:7:start", clock.now())

    async def test_what_is_due_is_found_the_longest_due_first(self, store: Store, clock: TestClock, due: Due) -> None:
        early, late = (
            Due("promotion:8:start", due.at - timedelta(days=1)),
            Due("promotion:9:end", due.at + HOUR),
        )
        for one in (due, late, early):
            await store.tasks.put_due(one)
        assert await store.tasks.due_by(clock.now(), 10) == (early, due)
        assert await store.tasks.due_by(clock.now(), 1) == (early,)

    async def test_it_is_taken_once_together_with_its_notices(self, teller: Teller, due: Due) -> None:
        notice = Notice("n1", "low", {"connects": 3}, teller.wallet)
        await teller.store.tasks.put_due(due)
        takers = [teller.store.tasks.take_due(due, [notice], teller.clock.now()) for _ in range(3)]
        assert sorted(await asyncio.gather(*takers)) == [False, False, True]
        ((target, state, _),) = await teller.store.outbox.deliveries("n1")
        assert (target, state) == (Target("test", "ann", direct=True), State.PENDING)
        assert await teller.store.tasks.due_by(teller.clock.now(), 10) == ()

    async def test_what_was_put_off_is_not_taken_as_it_was_seen(self, store: Store, clock: TestClock, due: Due) -> None:
        await store.tasks.put_due(due)
        await store.tasks.put_due(due._replace(at=due.at + timedelta(days=1)))
        assert not await store.tasks.take_due(due, [], clock.now())

    async def test_it_falls_due_again_where_it_is_to(self, store: Store, clock: TestClock, due: Due) -> None:
        assert await store.tasks.next_due_at() is None
        again = due.at + timedelta(days=1)
        await store.tasks.put_due(due)
        assert await store.tasks.next_due_at() == due.at
        assert await store.tasks.take_due(due, [], clock.now(), again)
        assert not await store.tasks.take_due(due, [], clock.now(), again)
        assert await store.tasks.next_due_at() == again


class TestOfAPromotion:
    """What was read of it counts only as long as it is so."""

    @pytest.fixture
    async def seen(self, teller: Teller) -> Promotion:
        now = teller.clock.now()
        terms = Terms("Bonus", "For all", 20, now, now + HOUR)
        return await teller.store.promotions.new_promotion(terms, teller.person, "seed", now)

    @pytest.fixture
    def due(self, teller: Teller, seen: Promotion) -> Due:
        return Due(f"{seen.about}:start", teller.clock.now())

    @pytest.fixture
    def notice(self, teller: Teller, seen: Promotion) -> Notice:
        return Notice("n1", "low", {"connects": 3}, teller.wallet, about=seen.about)

    async def test_it_stays_due_where_it_was_changed_since_it_was_seen(
        self, teller: Teller, seen: Promotion, due: Due, notice: Notice
    ) -> None:
        store, now = teller.store, teller.clock.now()
        assert await store.promotions.change_promotion(seen, Status.LIVE, [due], (), now)
        assert not await store.tasks.take_due(due, [notice], now, guard=seen.guard)
        assert await store.tasks.due_by(now, 10) == (due,)
        assert await store.outbox.deliveries("n1") == ()
        assert await store.tasks.take_due(due, [notice], now, guard=seen.guard._replace(version=seen.version + 1))
        assert len(await store.outbox.deliveries("n1")) == 1

    async def test_of_a_pause_and_what_falls_due_at_once_the_later_one_sees_the_other(
        self, teller: Teller, seen: Promotion, due: Due, notice: Notice
    ) -> None:
        store, now = teller.store, teller.clock.now()
        await store.tasks.put_due(due)
        taken, _ = await asyncio.gather(
            store.tasks.take_due(due, [notice], now, guard=seen.guard),
            store.promotions.change_promotion(seen, Status.PAUSED, (), [HOLD], now),
        )
        assert [state for _, state, _ in await store.outbox.deliveries("n1")] == ([State.HELD] if taken else [])
