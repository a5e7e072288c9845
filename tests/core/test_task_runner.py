"""What falls due is seen to, and what cannot be seen to holds up nothing and is left alone for longer each time."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from core.scheduling.runner import ABREAST, MOST_AT_ONCE, TaskRunner
from core.scheduling.task import Task, TaskResult
from core.shared.refusals import Outage, UnavailableError
from storage.memory.store import MemoryStore

if TYPE_CHECKING:
    from tests.clock import TestClock
    from tests.core.freelancer import OpenBooks


class Hand:
    """Sees to what is due, and fails while it is told to."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.fault: Exception | None = None

    async def well(self, due: Task, now: datetime) -> TaskResult:
        assert due.at <= now
        self.seen.append(due.name)
        return TaskResult()

    async def badly(self, due: Task, now: datetime) -> TaskResult:
        self.seen.append(due.name)
        if self.fault is not None:
            raise self.fault
        return TaskResult(then=now + timedelta(days=1))


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def duties(hand: Hand, store: MemoryStore, clock: TestClock) -> TaskRunner:
    return TaskRunner(store.tasks, store.outbox, clock, {"good": hand.well, "bad": hand.badly})


async def attempt(duties: TaskRunner) -> None:
    with pytest.raises(ExceptionGroup):
        await duties.run_due()


async def test_what_always_fails_is_left_alone_for_longer_each_time_up_to_an_hour(
    duties: TaskRunner, hand: Hand, store: MemoryStore, clock: TestClock
) -> None:
    hand.fault = ValueError()
    await store.tasks.schedule(Task("bad:1", clock.now()))
    pauses = []
    for _ in range(9):
        await attempt(duties)
        due = await duties.next()
        assert due is not None
        pauses.append((due - clock.now()) / timedelta(minutes=1))
        assert await duties.run_due() == 0
        clock.at = due
    (failing,) = duties.failing()
    assert (failing.name, failing.kind, failing.times) == ("bad:1", "ValueError", 9)
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    hand.fault = None
    assert await duties.run_due() == 1
    assert duties.failing() == ()
    clock.pass_(days=1)
    hand.fault = ValueError()
    await attempt(duties)
    assert await duties.next() == clock.now() + timedelta(minutes=1)
    clock.pass_(minutes=5)
    assert duties.failing() == ()  # another process has seen to it


async def test_a_hundred_that_fail_hold_up_nothing_behind_them(
    duties: TaskRunner, hand: Hand, store: MemoryStore, clock: TestClock
) -> None:
    hand.fault = ValueError()
    for number in range(MOST_AT_ONCE):
        await store.tasks.schedule(Task(f"bad:{number}", clock.now() - timedelta(days=1)))
    await store.tasks.schedule(Task("good:1", clock.now()))
    await attempt(duties)
    assert hand.seen[-1] == "good:1"
    assert await duties.run_due() == 0


async def test_while_the_books_are_out_of_reach_nothing_is_put_off(
    duties: TaskRunner, hand: Hand, store: MemoryStore, clock: TestClock
) -> None:
    hand.fault = UnavailableError(Outage.LOST)
    await store.tasks.schedule(Task("bad:1", clock.now()))
    with pytest.raises(UnavailableError):
        await duties.run_due()
    assert await duties.next() == clock.now()


async def test_what_nobody_sees_to_is_put_off_as_well(duties: TaskRunner, store: MemoryStore, clock: TestClock) -> None:
    await store.tasks.schedule(Task("unheard:1", clock.now()))
    await attempt(duties)
    assert await duties.next() == clock.now() + timedelta(minutes=1)


class Hands:
    """Sees to things, and knows what it saw to; what is called broken it cannot see to."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.busy = self.most = 0

    async def see_to(self, due: Task, now: datetime) -> TaskResult:
        self.busy += 1
        self.most = max(self.most, self.busy)
        for _ in range(9 if due.name.endswith("slow") else 1):
            await asyncio.sleep(0)
        self.busy -= 1
        self.seen.append(due.name)
        if "broken" in due.name:
            raise LookupError(due.name)
        return TaskResult(then=now + timedelta(days=1) if "daily" in due.name else None)


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def many(books: OpenBooks, clock: TestClock, hands: Hands) -> TaskRunner:
    return TaskRunner(books.store.tasks, books.store.outbox, clock, {"thing": hands.see_to})


async def fall_due(books: OpenBooks, *names: str) -> None:
    for name in names:
        await books.store.tasks.schedule(Task(name, books.clock.now()))


async def test_more_than_one_batch_is_seen_to_at_once_and_few_side_by_side(
    books: OpenBooks, many: TaskRunner, hands: Hands
) -> None:
    number = 2 * MOST_AT_ONCE + 7
    await fall_due(books, *(f"thing:{n:03}:daily" for n in range(number)))
    assert await many.run_due() == number
    assert len(set(hands.seen)) == len(hands.seen) == number
    assert hands.most == ABREAST
    assert await many.run_due() == 0


async def test_what_is_about_one_thing_comes_in_its_order(
    books: OpenBooks, clock: TestClock, many: TaskRunner, hands: Hands
) -> None:
    for name in ("thing:1:slow", "thing:1:later", "thing:2:later"):
        await fall_due(books, name)
        clock.pass_(seconds=1)
    await many.run_due()
    assert hands.seen == ["thing:2:later", "thing:1:slow", "thing:1:later"]
