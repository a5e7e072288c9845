"""The scheduler that wakes the jobs. The store holds what is due, so a tick may come twice, late or never."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

from bot.base.background_jobs import Late

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable

    from bot.base.background_jobs import BackgroundJob, Jobs

WATCH_EVERY: Final = 15.0  # seconds


@asynccontextmanager
async def ticking(jobs: Jobs) -> AsyncGenerator[None]:
    """Wake each job at once and then periodically as long as the block lasts, then wait for those under way."""
    scheduler = AsyncIOScheduler(timezone=UTC)
    for job in jobs.all:
        _repeat(scheduler, jobs, job)
    jobs.arm_by(partial(_arm, scheduler, jobs))
    scheduler.start()
    watching = asyncio.create_task(_watch(scheduler, jobs))
    try:
        yield
    finally:
        watching.cancel()
        jobs.arm_by(None)
        scheduler.pause()
        await asyncio.sleep(0)  # let what was just woken begin
        scheduler.shutdown(wait=False)
        await jobs.finish()


async def _watch(scheduler: Any, jobs: Jobs) -> None:
    """Look for a clock that was set back, in spans of a clock that nobody sets."""
    while True:
        await asyncio.sleep(WATCH_EVERY)
        _bring_forward(scheduler, jobs, datetime.now(UTC))


def _bring_forward(scheduler: Any, jobs: Jobs, now: datetime) -> None:
    """Wake each job now whose turn lies further ahead than it ever can, because the clock was ahead and was set back.

    The scheduler by itself would wait until the clock has come there again.
    """
    for job in jobs.all:
        waiting = scheduler.get_job(job.name)
        if waiting is not None and waiting.next_run_time > now + job.every:
            waiting.modify(next_run_time=now)


async def _wake(wake: Callable[[str], None], name: str) -> None:
    """Run apart from the scheduler, which cancels at its shutdown whatever it runs itself."""
    wake(name)


def _repeat(scheduler: Any, jobs: Jobs, job: BackgroundJob) -> None:
    """Wake a job at once and then periodically. Its `late` says whether one run makes up for missed turns."""
    seconds = job.every.total_seconds()
    scheduler.add_job(
        _wake,
        IntervalTrigger(seconds=seconds, timezone=UTC),
        (jobs.tick, job.name),
        id=job.name,
        next_run_time=datetime.now(UTC),
        coalesce=True,
        misfire_grace_time=None if job.late is Late.ONCE else max(round(seconds), 1),
    )


def _arm(scheduler: Any, jobs: Jobs, name: str, at: datetime | None) -> None:
    """Wake a job once more at a time, which replaces the time asked for before. None cancels it."""
    armed = f"{name} at"
    if at is not None:
        trigger = DateTrigger(at, timezone=UTC)
        scheduler.add_job(_wake, trigger, (jobs.call, name), id=armed, replace_existing=True, misfire_grace_time=None)
    elif scheduler.get_job(armed) is not None:
        scheduler.remove_job(armed)
