"""Due tasks run; a task that fails blocks no other and backs off."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from core.scheduling.runner import BATCH, CONCURRENCY, TaskRunner
from core.scheduling.task import Task, TaskResult, next_morning
from core.shared.refusals import Outage, UnavailableError
from storage.memory.store import MemoryStore

if TYPE_CHECKING:
    from tests.clock import TestClock
    from tests.core.freelancer import OpenBooks


class Handler:
    """Handles two kinds of tasks; one of them fails while `fault` is set."""

    def __init__(self) -> None:
        self.ran: list[str] = []
        self.fault: Exception | None = None

    async def succeed(self, task: Task, now: datetime) -> TaskResult:
        assert task.at <= now
        self.ran.append(task.name)
        return TaskResult()

    async def fail(self, task: Task, now: datetime) -> TaskResult:
        self.ran.append(task.name)
        if self.fault is not None:
            raise self.fault
        return TaskResult(next_at=now + timedelta(days=1))


@pytest.fixture
def handler() -> Handler:
    return Handler()


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def runner(handler: Handler, store: MemoryStore, clock: TestClock) -> TaskRunner:
    return TaskRunner(store.tasks, store.outbox, clock, {"good": handler.succeed, "bad": handler.fail})


async def attempt(runner: TaskRunner) -> None:
    with pytest.raises(ExceptionGroup):
        await runner.run_due()


async def test_a_failing_task_backs_off_up_to_an_hour(
    runner: TaskRunner, handler: Handler, store: MemoryStore, clock: TestClock
) -> None:
    handler.fault = ValueError()
    await store.tasks.schedule(Task("bad:1", clock.now()))
    pauses = []
    for _ in range(9):
        await attempt(runner)
        due = await runner.next()
        assert due is not None
        pauses.append((due - clock.now()) / timedelta(minutes=1))
        assert await runner.run_due() == 0
        clock.at = due
    (failing,) = runner.failing()
    assert (failing.name, failing.kind, failing.times) == ("bad:1", "ValueError", 9)
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    handler.fault = None
    assert await runner.run_due() == 1
    assert runner.failing() == ()
    clock.pass_(days=1)
    handler.fault = ValueError()
    await attempt(runner)
    assert await runner.next() == clock.now() + timedelta(minutes=1)
    clock.pass_(minutes=5)
    assert runner.failing() == ()  # another process has run it


async def test_a_failure_is_listed_until_its_retry_is_a_minute_late(
    runner: TaskRunner, handler: Handler, store: MemoryStore, clock: TestClock
) -> None:
    handler.fault = ValueError()
    await store.tasks.schedule(Task("bad:1", clock.now()))
    await attempt(runner)
    failed = clock.now()
    for seconds, listed in ((0, True), (60, True), (119, True), (120, False)):
        clock.at = failed + timedelta(seconds=seconds)
        assert bool(runner.failing()) is listed


async def test_the_longest_wait_for_a_retry_is_listed_to_its_end(
    runner: TaskRunner, handler: Handler, store: MemoryStore, clock: TestClock
) -> None:
    handler.fault = ValueError()
    await store.tasks.schedule(Task("bad:1", clock.now()))
    for times in range(1, 10):
        await attempt(runner)
        assert [task.times for task in runner.failing()] == [times]
        clock.at = await runner.next() or clock.at


def test_a_task_for_the_morning_was_reckoned_two_days_before(clock: TestClock) -> None:
    assert next_morning("wallet:1:look", clock.now()) == Task(
        "wallet:1:look", clock.now(), clock.now() - timedelta(hours=48)
    )


async def test_failing_tasks_do_not_block_those_behind_them(
    runner: TaskRunner, handler: Handler, store: MemoryStore, clock: TestClock
) -> None:
    handler.fault = ValueError()
    for number in range(BATCH):
        await store.tasks.schedule(Task(f"bad:{number}", clock.now() - timedelta(days=1)))
    await store.tasks.schedule(Task("good:1", clock.now()))
    await attempt(runner)
    assert handler.ran[-1] == "good:1"
    assert await runner.run_due() == 0


async def test_tasks_are_not_put_off_while_the_store_is_unavailable(
    runner: TaskRunner, handler: Handler, store: MemoryStore, clock: TestClock
) -> None:
    handler.fault = UnavailableError(Outage.LOST)
    await store.tasks.schedule(Task("bad:1", clock.now()))
    with pytest.raises(UnavailableError):
        await runner.run_due()
    assert await runner.next() == clock.now()


async def test_a_task_without_a_handler_is_put_off_as_well(
    runner: TaskRunner, store: MemoryStore, clock: TestClock
) -> None:
    await store.tasks.schedule(Task("unhandled:1", clock.now()))
    await attempt(runner)
    assert await runner.next() == clock.now() + timedelta(minutes=1)


class ConcurrentHandler:
    """Records which tasks ran and how many at a time; a task called broken fails, one called slow takes longer."""

    def __init__(self) -> None:
        self.ran: list[str] = []
        self.busy = self.most = 0

    async def run(self, task: Task, now: datetime) -> TaskResult:
        self.busy += 1
        self.most = max(self.most, self.busy)
        for _ in range(9 if task.name.endswith("slow") else 1):
            await asyncio.sleep(0)
        self.busy -= 1
        self.ran.append(task.name)
        if "broken" in task.name:
            raise LookupError(task.name)
        return TaskResult(next_at=now + timedelta(days=1) if "daily" in task.name else None)


@pytest.fixture
def concurrent() -> ConcurrentHandler:
    return ConcurrentHandler()


@pytest.fixture
def many(books: OpenBooks, clock: TestClock, concurrent: ConcurrentHandler) -> TaskRunner:
    return TaskRunner(books.store.tasks, books.store.outbox, clock, {"thing": concurrent.run})


async def fall_due(books: OpenBooks, *names: str) -> None:
    for name in names:
        await books.store.tasks.schedule(Task(name, books.clock.now()))


async def test_more_than_one_batch_runs_with_bounded_concurrency(
    books: OpenBooks, many: TaskRunner, concurrent: ConcurrentHandler
) -> None:
    number = 2 * BATCH + 7
    await fall_due(books, *(f"thing:{n:03}:daily" for n in range(number)))
    assert await many.run_due() == number
    assert len(set(concurrent.ran)) == len(concurrent.ran) == number
    assert concurrent.most == CONCURRENCY
    assert await many.run_due() == 0


async def test_tasks_about_the_same_thing_run_in_their_order(
    books: OpenBooks, clock: TestClock, many: TaskRunner, concurrent: ConcurrentHandler
) -> None:
    for name in ("thing:1:slow", "thing:1:later", "thing:2:later"):
        await fall_due(books, name)
        clock.pass_(seconds=1)
    await many.run_due()
    assert concurrent.ran == ["thing:2:later", "thing:1:slow", "thing:1:later"]
