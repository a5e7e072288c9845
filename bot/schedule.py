"""The clock that wakes jobs. A tick that comes twice, late or never does no harm: what is due stands in the store."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do now and again after each span of time."""

    name: str
    every: timedelta
    run: Callable[[], Awaitable[object]]


@asynccontextmanager
async def ticking(jobs: Iterable[Job]) -> AsyncGenerator[None]:
    """Run the jobs while the block lasts, each never twice at once; what is under way at its end is finished."""
    running: dict[str, asyncio.Task[None]] = {}

    async def wake(job: Job) -> None:
        """Keep the work apart from the scheduler, which cancels what it runs when it is shut down."""
        if job.name not in running:
            running[job.name] = asyncio.create_task(attempt(job))
            running[job.name].add_done_callback(lambda _: running.pop(job.name))

    scheduler = AsyncIOScheduler(timezone=UTC)
    for job in jobs:
        scheduler.add_job(
            wake,
            IntervalTrigger(seconds=job.every.total_seconds(), timezone=UTC),
            (job,),
            id=job.name,
            next_run_time=datetime.now(UTC),
            coalesce=True,
            misfire_grace_time=None,
        )
    scheduler.start()
    try:
        yield
    finally:
        scheduler.pause()
        await asyncio.sleep(0)  # what was woken already begins its work
        scheduler.shutdown(wait=False)
        await asyncio.gather(*running.values())


async def attempt(job: Job) -> None:
    """Run a job; a fault is logged, and the next tick tries again."""
    try:
        await job.run()
    except Exception as error:  # one failed job must stop neither the clock nor the bot
        log.exception("job failed", job=job.name, kind=type(error).__name__)
