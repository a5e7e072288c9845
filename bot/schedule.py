"""The clock that wakes jobs. A tick that comes twice, late or never does no harm: what is due stands in the store."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from bot.jobs import Jobs


@asynccontextmanager
async def ticking(jobs: Jobs) -> AsyncGenerator[None]:
    """Wake the jobs while the block lasts, each at once and then again; what is under way at its end is finished."""

    async def wake(name: str) -> None:
        """Keep the work apart from the scheduler, which cancels what it runs when it is shut down."""
        jobs.tick(name)

    scheduler = AsyncIOScheduler(timezone=UTC)
    for job in jobs.all:
        scheduler.add_job(
            wake,
            IntervalTrigger(seconds=job.every.total_seconds(), timezone=UTC),
            (job.name,),
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
        await jobs.finish()
