"""How late due tasks run, with the real scheduler and the real clock, and how many reads an idle minute costs."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from benchmarks.figure import QUICK, Figure
from bot.base.background_jobs import BackgroundJob, Jobs
from bot.base.clock import SystemClock
from bot.jobs.clock_jobs import ticking
from core.scheduling.runner import TaskRunner
from core.scheduling.task import Task, TaskResult
from storage import open_store, upgrade

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from core.delivery.ports import Outbox
    from core.scheduling.ports import TaskQueue

ROWS = 50
SPAN = 10.0 if QUICK else 30.0
IDLE = 15.0 if QUICK else 60.0
MINUTE = timedelta(minutes=1)


class Counting:
    """Counts the calls of the task runner: those on the task queue, and `fan_out` of the outbox."""

    def __init__(self, tasks: TaskQueue, outbox: Outbox) -> None:
        self._tasks, self._outbox, self.calls = tasks, outbox, Counter[str]()

    def __getattr__(self, name: str) -> Any:
        self.calls[name] += 1
        return getattr(self._outbox if name == "fan_out" else self._tasks, name)


def figures() -> Iterator[Figure]:
    late, reads = asyncio.run(_measured())
    yield Figure(f"due: latest of {ROWS} at random times, ms", late[-1] * 1000, aim=1000, at_most=True)
    yield Figure("due: median lateness, ms", late[len(late) // 2] * 1000)
    yield Figure("due: reads a minute while nothing is due", reads * 60 / IDLE, aim=10, at_most=True)


async def _measured() -> tuple[list[float], int]:
    clock, late = SystemClock(), list[float]()

    async def run(due: Task, _now: datetime) -> TaskResult:
        late.append((clock.now() - due.at).total_seconds())
        return TaskResult()

    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'due.db'}"
        upgrade(url)
        async with open_store(url) as store:
            counted, chance = Counting(store.tasks, store.outbox), random.Random(7)  # noqa: S311 - the same times in each run
            for number in range(ROWS):
                at = clock.now() + timedelta(seconds=1 + chance.random() * SPAN)
                await store.tasks.schedule(Task(f"row:{number}", at))
            runner = TaskRunner(counted, counted, clock, {"row": run})
            async with ticking(
                Jobs([BackgroundJob("due", MINUTE, runner.run_due, next=runner.next)], store.notes, clock)
            ):
                await asyncio.sleep(SPAN + 2)
                counted.calls.clear()
                await asyncio.sleep(IDLE)
    return sorted(late), counted.calls.total()
