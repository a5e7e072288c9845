"""What every store promises about tasks: found when they are due, and taken once."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.delivery.notice import Notice, Target
from core.delivery.state import HOLD, State
from core.promotions.model import Promotion, Terms
from core.scheduling.task import Task
from core.shared.lifecycle import Status

if TYPE_CHECKING:
    from core.store import Store
    from tests.clock import TestClock
    from tests.storage.teller import Teller

HOUR = timedelta(hours=1)


class TestTaskQueue:
    @pytest.fixture
    def due(self, clock: TestClock) -> Task:
        return Task("promotion:7:start", clock.now())

    async def test_due_tasks_are_found_the_longest_due_first(self, store: Store, clock: TestClock, due: Task) -> None:
        early, late = (
            Task("promotion:8:start", due.at - timedelta(days=1)),
            Task("promotion:9:end", due.at + HOUR),
        )
        for one in (due, late, early):
            await store.tasks.schedule(one)
        assert await store.tasks.due_by(clock.now(), 10) == (early, due)
        assert await store.tasks.due_by(clock.now(), 1) == (early,)

    async def test_it_is_taken_once_together_with_its_notices(self, teller: Teller, due: Task) -> None:
        notice = Notice("n1", "low", {"connects": 3}, teller.wallet)
        await teller.store.tasks.schedule(due)
        takers = [teller.store.tasks.take(due, [notice], teller.clock.now()) for _ in range(3)]
        assert sorted(await asyncio.gather(*takers)) == [False, False, True]
        ((target, state, _),) = await teller.store.outbox.deliveries("n1")
        assert (target, state) == (Target("test", "ann", direct=True), State.PENDING)
        assert await teller.store.tasks.due_by(teller.clock.now(), 10) == ()

    async def test_a_task_that_was_rescheduled_meanwhile_is_not_taken(
        self, store: Store, clock: TestClock, due: Task
    ) -> None:
        await store.tasks.schedule(due)
        await store.tasks.schedule(due._replace(at=due.at + timedelta(days=1)))
        assert not await store.tasks.take(due, [], clock.now())

    async def test_it_falls_due_again_if_a_next_time_is_given(self, store: Store, clock: TestClock, due: Task) -> None:
        assert await store.tasks.next_due_at() is None
        again = due.at + timedelta(days=1)
        await store.tasks.schedule(due)
        assert await store.tasks.next_due_at() == due.at
        assert await store.tasks.take(due, [], clock.now(), again)
        assert not await store.tasks.take(due, [], clock.now(), again)
        assert await store.tasks.next_due_at() == again


class TestGuard:
    """A task of a promotion is taken only if the promotion is unchanged."""

    @pytest.fixture
    async def seen(self, teller: Teller) -> Promotion:
        now = teller.clock.now()
        terms = Terms("Bonus", "For all", 20, now, now + HOUR)
        return await teller.store.promotions.new_promotion(terms, teller.person, "seed", now)

    @pytest.fixture
    def due(self, teller: Teller, seen: Promotion) -> Task:
        return Task(f"{seen.topic}:start", teller.clock.now())

    @pytest.fixture
    def notice(self, teller: Teller, seen: Promotion) -> Notice:
        return Notice("n1", "low", {"connects": 3}, teller.wallet, topic=seen.topic)

    async def test_it_stays_due_if_the_promotion_was_changed_meanwhile(
        self, teller: Teller, seen: Promotion, due: Task, notice: Notice
    ) -> None:
        store, now = teller.store, teller.clock.now()
        assert await store.promotions.change_promotion(seen, Status.LIVE, [due], (), now)
        assert not await store.tasks.take(due, [notice], now, guard=seen.guard)
        assert await store.tasks.due_by(now, 10) == (due,)
        assert await store.outbox.deliveries("n1") == ()
        assert await store.tasks.take(due, [notice], now, guard=seen.guard._replace(version=seen.version + 1))
        assert len(await store.outbox.deliveries("n1")) == 1

    async def test_it_stays_due_if_there_is_no_such_promotion(self, store: Store, seen: Promotion, due: Task) -> None:
        await store.tasks.schedule(due)
        assert not await store.tasks.take(due, [], due.at, guard=seen.guard._replace(id=seen.id + 1))
        assert await store.tasks.due_by(due.at, 10) == (due,)

    async def test_a_guard_of_another_kind_is_an_error(self, store: Store, seen: Promotion, due: Task) -> None:
        await store.tasks.schedule(due)
        with pytest.raises(KeyError, match="wallet"):
            await store.tasks.take(due, [], due.at, guard=seen.guard._replace(kind="wallet"))
        assert await store.tasks.due_by(due.at, 10) == (due,)

    async def test_of_a_pause_and_a_task_at_the_same_time_the_later_sees_the_other(
        self, teller: Teller, seen: Promotion, due: Task, notice: Notice
    ) -> None:
        store, now = teller.store, teller.clock.now()
        await store.tasks.schedule(due)
        taken, _ = await asyncio.gather(
            store.tasks.take(due, [notice], now, guard=seen.guard),
            store.promotions.change_promotion(seen, Status.PAUSED, (), [HOLD], now),
        )
        assert [state for _, state, _ in await store.outbox.deliveries("n1")] == ([State.HELD] if taken else [])
