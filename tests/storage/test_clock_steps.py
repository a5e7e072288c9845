"""What every store promises if the clock was ahead for an hour or a year: afterwards nothing waits for it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from core.delivery.outcome import Deferred, Later, Sent
from core.delivery.state import HOLD, LEASE, RELEASE, State
from core.scheduling.task import Task
from core.shared.clock_steps import SLACK
from core.shared.ports import LONGEST_NOTE
from core.wallets.ports import daily_review_name
from core.wallets.settings import Settings
from tests.storage.sender import HERE, Sender, about, state

if TYPE_CHECKING:
    from core.delivery.outcome import Outcome
    from core.store import Store
    from tests.clock import TestClock
    from tests.storage.teller import Teller

HOUR, YEAR = timedelta(hours=1), timedelta(days=365)
SECOND = timedelta(seconds=1)


@pytest.fixture(params=[HOUR, YEAR], ids=["an hour", "a year"])
def ahead(request: pytest.FixtureRequest) -> timedelta:
    """How far the clock is ahead for a while."""
    span: timedelta = request.param
    return span


@pytest.fixture
def true_time(clock: TestClock, ahead: timedelta) -> datetime:
    """The true time, while the clock is ahead of it."""
    now = clock.at
    clock.at += ahead
    return now


class TestLease:
    async def test_one_that_was_taken_ahead_ends_as_if_it_was_taken_now(
        self, store: Store, clock: TestClock, true_time: datetime
    ) -> None:
        assert await Sender(store, clock, "gone").lease()
        clock.at, heir = true_time, Sender(store, clock, "heir")
        assert not await heir.lease()
        clock.at += LEASE - SECOND
        assert not await heir.lease()
        clock.at += SECOND
        assert await heir.lease()

    async def test_it_stays_with_a_holder_that_renews_it_by_a_clock_that_is_ahead(
        self, store: Store, clock: TestClock, ahead: timedelta
    ) -> None:
        one, other = Sender(store, clock, "one"), Sender(store, clock, "two")
        for _ in range(10):
            clock.at += ahead
            assert await one.lease()
            clock.at -= ahead
            assert not await other.lease()
            clock.at += LEASE * 2 / 3

    async def test_a_message_taken_ahead_is_too_old_to_be_deduplicated_for_all_that_is_known(
        self, teller: Teller, true_time: datetime
    ) -> None:
        sender = Sender(teller.store, teller.clock, "gone", idempotent=True)
        await sender.lease()
        await teller.store.outbox.notify([about(teller.wallet, once=True)], teller.clock.now())
        assert await sender.claim()
        teller.clock.at, heir = true_time, Sender(teller.store, teller.clock, "heir", idempotent=True)
        assert not await heir.lease()
        teller.clock.at += LEASE
        assert await heir.lease()
        assert await state(teller) == (State.UNKNOWN, "interrupted")

    async def test_a_message_taken_ahead_is_due_for_the_next_holder(self, teller: Teller, true_time: datetime) -> None:
        sender = Sender(teller.store, teller.clock, "gone")
        await sender.lease()
        await teller.store.outbox.notify([about(teller.wallet)], teller.clock.now())
        (before,) = await sender.claim()
        teller.clock.at, heir = true_time, Sender(teller.store, teller.clock, "heir")
        assert not await heir.lease()
        teller.clock.at += LEASE
        assert await heir.lease()
        (again,) = await heir.claim()
        assert (again.id, again.tries) == (before.id, 1)


class TestDeliveries:
    @pytest.mark.parametrize("outcome", [None, Later(HOUR), Deferred(HOUR), Later(SECOND, fault=True)])
    async def test_what_was_put_off_ahead_is_due_at_once(
        self, teller: Teller, true_time: datetime, outcome: Outcome | None
    ) -> None:
        """Two of one chat, of which the first had an outcome while the clock was ahead, and the second only waited."""
        sender = Sender(teller.store, teller.clock)
        for key in ("n1", "n2"):
            await teller.store.outbox.notify([about(teller.wallet, key)], teller.clock.now())
        if outcome is not None:
            await sender.lease()
            (delivery,) = await sender.claim()
            await sender.settle(delivery, outcome)
        teller.clock.at = true_time
        await sender.lease()
        assert await sender.claim() == ()
        assert await teller.store.outbox.hasten(HERE, true_time)
        for key in ("n1", "n2"):
            (delivery,) = await sender.claim()
            assert delivery.notice.key == key
            assert timedelta(minutes=1) < true_time - delivery.made < timedelta(hours=1)
            await sender.settle(delivery, Sent("1"))
        assert not await teller.store.outbox.hasten(HERE, true_time)

    async def test_so_is_what_was_made_before_and_waited_for_another_of_its_chat(
        self, teller: Teller, sender: Sender
    ) -> None:
        await teller.store.outbox.notify([about(teller.wallet, key) for key in ("n1", "n2")], teller.clock.now())
        true_time = teller.clock.at
        teller.clock.at += HOUR
        (delivery,) = await sender.claim()
        await sender.settle(delivery, Deferred(HOUR))
        teller.clock.at = true_time
        assert await teller.store.outbox.hasten(HERE, true_time)
        for key in ("n1", "n2"):
            (delivery,) = await sender.claim()
            assert delivery.notice.key == key
            await sender.settle(delivery, Sent("1"))

    async def test_what_waits_for_a_right_time_goes_on_waiting(self, teller: Teller, sender: Sender) -> None:
        await teller.store.outbox.notify([about(teller.wallet)], teller.clock.now())
        (delivery,) = await sender.claim()
        await sender.settle(delivery, Deferred(HOUR))
        assert not await teller.store.outbox.hasten(HERE, teller.clock.now() - SLACK)
        assert await teller.store.outbox.next_due(HERE) == teller.clock.now() + HOUR

    async def test_another_platform_is_left_alone(self, teller: Teller, true_time: datetime) -> None:
        await teller.store.outbox.notify([about(teller.wallet)], teller.clock.now())
        assert not await teller.store.outbox.hasten("other", true_time)

    async def test_what_was_held_ahead_is_due_once_it_is_released(self, teller: Teller, true_time: datetime) -> None:
        notice = about(teller.wallet)._replace(topic="promotion:1")
        await teller.store.outbox.notify([notice], teller.clock.now())
        await teller.store.outbox.shift("promotion:1", *HOLD, teller.clock.now())
        await teller.store.outbox.shift("promotion:1", *RELEASE, true_time)
        assert await teller.store.outbox.next_due(HERE) == true_time


class TestTasks:
    async def test_one_that_the_bot_scheduled_ahead_is_due_at_once(
        self, store: Store, clock: TestClock, true_time: datetime
    ) -> None:
        task = Task("series:1", clock.at + HOUR, clock.at)
        await store.tasks.schedule(task)
        assert await store.tasks.due_by(true_time, 5) == (Task(task.name, task.at),)
        assert await store.tasks.take(task, [], true_time)
        assert await store.tasks.due_by(clock.at + 2 * HOUR, 5) == ()

    async def test_so_is_the_next_time_of_one_that_was_taken_ahead(
        self, store: Store, clock: TestClock, true_time: datetime
    ) -> None:
        await store.tasks.schedule(Task("promotion:1:end", true_time))
        (task,) = await store.tasks.due_by(clock.at, 5)
        assert await store.tasks.take(task, [], clock.at, clock.at + HOUR)
        (again,) = await store.tasks.due_by(true_time, 5)
        assert await store.tasks.take(again, [], true_time, true_time + HOUR)
        assert await store.tasks.due_by(true_time, 5) == ()
        assert await store.tasks.next_due_at() == true_time + HOUR

    async def test_a_time_that_a_person_chose_is_waited_for(
        self, store: Store, clock: TestClock, true_time: datetime
    ) -> None:
        await store.tasks.schedule(Task("promotion:1:start", clock.at))
        assert await store.tasks.due_by(true_time, 5) == ()

    async def test_those_that_are_due_come_first_and_the_limit_holds(
        self, store: Store, clock: TestClock, true_time: datetime
    ) -> None:
        tasks = (Task("b:1", true_time), Task("a:1", clock.at, clock.at), Task("a:2", clock.at, clock.at))
        for task in tasks:
            await store.tasks.schedule(task)
        plain = [Task(task.name, task.at) for task in tasks]
        assert [list(await store.tasks.due_by(true_time, most)) for most in (1, 2, 9)] == [plain[:1], plain[:2], plain]

    async def test_the_review_of_a_wallet_opened_a_year_ahead_is_due_at_once(
        self, teller: Teller, clock: TestClock
    ) -> None:
        review, morning = daily_review_name(teller.wallet), clock.at + timedelta(hours=20)
        await teller.store.people.save_settings(teller.wallet, Settings("Asia/Tokyo"), morning + YEAR)
        assert await teller.store.tasks.due_by(clock.at, 5) == (Task(review, morning + YEAR),)
        await teller.store.people.save_settings(teller.wallet, Settings(), morning)
        assert await teller.store.tasks.due_by(clock.at, 5) == ()


class TestNotes:
    async def test_none_that_expires_lasts_longer_than_it_can(self, store: Store, clock: TestClock) -> None:
        now, notes = clock.at, store.notes
        for name, until in (("ahead", now + 2 * LONGEST_NOTE), ("right", now + LONGEST_NOTE), ("for good", None)):
            await notes.put_note(name, "text", until)
        await notes.sweep_notes(now)
        for at, left in ((now + LONGEST_NOTE - SECOND, "text"), (now + LONGEST_NOTE, None)):
            assert [await notes.note(name, at) for name in ("ahead", "right", "for good")] == [left, left, "text"]
