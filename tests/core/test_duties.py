"""What falls due is seen to, and what cannot be seen to holds up nothing and is left alone for longer each time."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from core.scheduling.runner import ABREAST, MOST_AT_ONCE, Duties
from core.scheduling.task import Due, Upshot
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

    async def well(self, due: Due, now: datetime) -> Upshot:
        assert due.at <= now
        self.seen.append(due.name)
        return Upshot()

    async def badly(self, due: Due, now: datetime) -> Upshot:
        self.seen.append(due.name)
        if self.fault is not None:
            raise self.fault
        return Upshot(then=now + timedelta(days=1))


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def duties(hand: Hand, store: MemoryStore, clock: TestClock) -> Duties:
    return Duties(store.tasks, store.outbox, clock, {"good": hand.well, "bad": hand.badly})


async def attempt(duties: Duties) -> None:
    with pytest.raises(ExceptionGroup):
        await duties.see_to()


async def test_what_always_fails_is_left_alone_for_longer_each_time_up_to_an_hour(
    duties: Duties, hand: Hand, store: MemoryStore, clock: TestClock
) -> None:
    hand.fault = ValueError()
    await store.tasks.put_due(Due("bad:1", clock.now()))
    pauses = []
    for _ in range(9):
        await attempt(duties)
        due = await duties.next()
        assert due is not None
        pauses.append((due - clock.now()) / timedelta(minutes=1))
        assert await duties.see_to() == 0
        clock.at = due
    (failing,) = duties.failing()
    assert (failing.name, failing.kind, failing.times) == ("bad:1", "ValueError", 9)
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    hand.fault = None
    assert await duties.see_to() == 1
    assert duties.failing() == ()
    clock.pass_(days=1)
    hand.fault = ValueError()
    await attempt(duties)
    assert await duties.next() == clock.now() + timedelta(minutes=1)
    clock.pass_(minutes=5)
    assert duties.failing() == ()  # another process has seen to it


async def test_a_hundred_that_fail_hold_up_nothing_behind_them(
    duties: Duties, hand: Hand, store: MemoryStore, clock: TestClock
) -> None:
    hand.fault = ValueError()
    for number in range(MOST_AT_ONCE):
        await store.tasks.put_due(Due(f"bad:{number}", clock.now() - timedelta(days=1)))
    await store.tasks.put_due(Due("good:1", clock.now()))
    await attempt(duties)
    assert hand.seen[-1] == "good:1"
    assert await duties.see_to() == 0


async def test_while_the_books_are_out_of_reach_nothing_is_put_off(
    duties: Duties, hand: Hand, store: MemoryStore, clock: TestClock
) -> None:
    hand.fault = UnavailableError(Outage.LOST)
    await store.tasks.put_due(Due("bad:1", clock.now()))
    with pytest.raises(UnavailableError):
        await duties.see_to()
    assert await duties.next() == clock.now()


async def test_what_nobody_sees_to_is_put_off_as_well(duties: Duties, store: MemoryStore, clock: TestClock) -> None:
    await store.tasks.put_due(Due("unheard:1", clock.now()))
    await attempt(duties)
    assert await duties.next() == clock.now() + timedelta(minutes=1)


class Hands:
    """Sees to things, and knows what it saw to; what is called broken it cannot see to."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.busy = self.most = 0

    async def see_to(self, due: Due, now: datetime) -> Upshot:
        self.busy += 1
        self.most = max(self.most, self.busy)
        for _ in range(9 if due.name.endswith("slow") else 1):
            await asyncio.sleep(0)
        self.busy -= 1
        self.seen.append(due.name)
        if "broken" in due.name:
            raise LookupError(due.name)
        return Upshot(then=now + timedelta(days=1) if "daily" in due.name else None)


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def many(books: OpenBooks, clock: TestClock, hands: Hands) -> Duties:
    return Duties(books.store.tasks, books.store.outbox, clock, {"thing": hands.see_to})


async def fall_due(books: OpenBooks, *names: str) -> None:
    for name in names:
        await books.store.tasks.put_due(Due(name, books.clock.now()))


async def test_more_than_one_batch_is_seen_to_at_once_and_few_side_by_side(
    books: OpenBooks, many: Duties, hands: Hands
) -> None:
    number = 2 * MOST_AT_ONCE + 7
    await fall_due(books, *(f"thing:{n:03}:daily" for n in range(number)))
    assert await many.see_to() == number
    assert len(set(hands.seen)) == len(hands.seen) == number
    assert hands.most == ABREAST
    assert await many.see_to() == 0


async def test_what_is_about_one_thing_comes_in_its_order(
    books: OpenBooks, clock: TestClock, many: Duties, hands: Hands
) -> None:
    for name in ("thing:1:slow", "thing:1:later", "thing:2:later"):
        await fall_due(books, name)
        clock.pass_(seconds=1)
    await many.see_to()
    assert hands.seen == ["thing:2:later", "thing:1:slow", "thing:1:later"]
