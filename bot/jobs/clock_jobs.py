"""The clock that wakes jobs. A tick that comes twice, late or never does no harm: what is due stands in the store."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

from bot.base.background_jobs import Late

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable

    from bot.base.background_jobs import Job, Jobs


@asynccontextmanager
async def ticking(jobs: Jobs) -> AsyncGenerator[None]:
    """Wake the jobs while the block lasts, each at once and then again; what is under way at its end is finished."""
    scheduler = AsyncIOScheduler(timezone=UTC)
    for job in jobs.all:
        _repeat(scheduler, jobs, job)
    jobs.arm_by(partial(_arm, scheduler, jobs))
    scheduler.start()
    try:
        yield
    finally:
        jobs.arm_by(None)
        scheduler.pause()
        await asyncio.sleep(0)  # what was woken already begins its work
        scheduler.shutdown(wait=False)
        await jobs.finish()


async def _wake(wake: Callable[[str], None], name: str) -> None:
    """Keep the work apart from the scheduler, which cancels what it runs when it is shut down."""
    wake(name)


def _repeat(scheduler: Any, jobs: Jobs, job: Job) -> None:
    """Wake a job at once and then again. A turn that was slept through is taken once, or left out, as the job says."""
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
    """Wake a job at a time as well, in place of the one that was asked for before; None takes that back."""
    id_of = f"{name} at"
    if at is not None:
        trigger = DateTrigger(at, timezone=UTC)
        scheduler.add_job(_wake, trigger, (jobs.call, name), id=id_of, replace_existing=True, misfire_grace_time=None)
    elif scheduler.get_job(id_of) is not None:
        scheduler.remove_job(id_of)
