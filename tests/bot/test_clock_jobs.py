"""The schedule: jobs run at the start and again, faults stay theirs, work under way is finished."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.base.background_jobs import BackgroundJob, Jobs, Late
from bot.base.clock import SystemClock
from bot.jobs.clock_jobs import _repeat, ticking
from core.scheduling.runner import TaskRunner
from core.scheduling.task import Task, TaskResult
from storage.memory.store import MemoryStore
from tests.clock import TestClock
from tests.patience import PATIENCE

if TYPE_CHECKING:
    import pytest

HOUR: Final = timedelta(hours=1)


def roster(*jobs: BackgroundJob) -> Jobs:
    return Jobs(jobs, MemoryStore().notes, TestClock())


async def test_a_job_runs_at_the_start_and_again() -> None:
    runs, twice = [], asyncio.Event()

    async def work() -> None:
        runs.append(1)
        if len(runs) == 2:
            twice.set()

    async with ticking(roster(BackgroundJob("work", timedelta(milliseconds=5), work))):
        await asyncio.wait_for(twice.wait(), timeout=PATIENCE)
    after = len(runs)
    await asyncio.sleep(0)
    assert len(runs) == after


async def test_a_job_is_not_run_twice_at_once() -> None:
    begun, ticks, go_on = [], asyncio.Event(), asyncio.Event()

    async def slow() -> None:
        begun.append(1)
        await go_on.wait()

    async def tick() -> None:
        if len(ticked) >= 3:
            ticks.set()
        ticked.append(1)

    ticked: list[int] = []
    often = timedelta(milliseconds=5)
    async with ticking(roster(BackgroundJob("slow", often, slow), BackgroundJob("tick", often, tick))):
        await asyncio.wait_for(ticks.wait(), timeout=PATIENCE)
        assert begun == [1]
        go_on.set()


async def test_a_job_of_a_block_that_ends_at_once_is_not_complained_about(caplog: pytest.LogCaptureFixture) -> None:
    done = []

    async def work() -> None:
        await asyncio.sleep(0)
        done.append(1)

    async with ticking(roster(BackgroundJob("work", timedelta(minutes=1), work))):
        await asyncio.sleep(0)
    assert caplog.records == []
    assert len(done) <= 1


async def test_a_job_that_fails_is_run_again_and_keeps_no_other_from_it() -> None:
    failed, done, enough = [], [], asyncio.Event()

    async def fails() -> None:
        failed.append(1)
        raise RuntimeError

    async def work() -> None:
        done.append(1)
        if len(failed) >= 2 and len(done) >= 2:
            enough.set()

    often = timedelta(milliseconds=5)
    async with ticking(roster(BackgroundJob("fails", often, fails), BackgroundJob("work", often, work))):
        await asyncio.wait_for(enough.wait(), timeout=PATIENCE)


async def test_what_is_under_way_at_the_end_is_finished() -> None:
    begun, go_on, done = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def work() -> None:
        begun.set()
        await go_on.wait()
        done.set()

    async with ticking(roster(BackgroundJob("work", timedelta(minutes=1), work))):
        await asyncio.wait_for(begun.wait(), timeout=PATIENCE)
        asyncio.get_running_loop().call_soon(go_on.set)
    assert done.is_set()


async def test_what_falls_due_is_seen_to_at_its_time_and_not_at_the_next_turn() -> None:
    """By the real clock: the turn of the job would come in an hour."""
    clock, store, seen = SystemClock(), MemoryStore(), asyncio.Event()
    told: list[timedelta] = []

    async def see(due: Task, now: datetime) -> TaskResult:
        told.append(now - due.at)
        if len(told) == 5:
            seen.set()
        return TaskResult()

    duties = TaskRunner(store.tasks, store.outbox, clock, {"row": see})
    for number in range(4):
        await store.tasks.schedule(Task(f"row:{number}", clock.now() + timedelta(milliseconds=20 * number)))
    jobs = Jobs([BackgroundJob("due", timedelta(hours=1), duties.run_due, next=duties.next)], store.notes, clock)
    async with ticking(jobs):
        await asyncio.sleep(0)
        await store.tasks.schedule(Task("row:late", clock.now() + timedelta(milliseconds=1)))
        jobs.wake()
        await asyncio.wait_for(seen.wait(), timeout=PATIENCE)
    assert min(told) >= timedelta(0)
    assert await store.tasks.next_due_at() is None


async def test_a_turn_that_was_slept_through_is_taken_once_or_left_out_as_the_job_says() -> None:
    store, clock = MemoryStore(), SystemClock()
    jobs = Jobs(
        [BackgroundJob("once", HOUR, nothing), BackgroundJob("skip", HOUR, nothing, Late.SKIP)], store.notes, clock
    )
    scheduler = AsyncIOScheduler(timezone=UTC)
    for job in jobs.all:
        _repeat(scheduler, jobs, job)
    scheduler.start(paused=True)
    graces = {job.id: (job.misfire_grace_time, job.coalesce) for job in scheduler.get_jobs()}
    scheduler.shutdown(wait=False)
    assert graces == {"once": (None, True), "skip": (3600, True)}


async def nothing() -> None:
    """A job that has nothing to do."""
