"""Background jobs: which there are, how their last runs ended, and when each runs next."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import TYPE_CHECKING, Final, NamedTuple

import structlog

from bot.base.errors import noted
from core.shared.clock_steps import has_passed

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence

    from core.scheduling.runner import Failing
    from core.shared.ports import Clock, Notes

    Arm = Callable[[str, datetime | None], None]

log = structlog.get_logger()
KEPT_EVERY: Final = timedelta(minutes=1)
BREATH: Final = timedelta(seconds=1)


class Late(Enum):
    """What to do about turns that were missed while the computer slept: run once, late, or skip them."""

    ONCE = auto()
    SKIP = auto()


@dataclass(frozen=True, slots=True)
class BackgroundJob:
    """Work that runs after each span of time. `run` may return how many things it did.

    `next` gives the time when there is something to do (None: nothing is known). The job is woken then, too.
    `failing` lists the parts of its work that failed and are retried, while the rest goes on.
    """

    name: str
    every: timedelta
    run: Callable[[], Awaitable[int | None]]
    late: Late = Late.ONCE
    next: Callable[[], Awaitable[datetime | None]] | None = None
    failing: Callable[[], Sequence[Failing]] = tuple


class Run(NamedTuple):
    """One run of a job with its result: a number, or an error's class and its id in the log.

    `failed` counts the failures in a row, including this run.
    """

    began: datetime
    took: timedelta
    number: int | None = None
    error: str = ""
    fault: str = ""
    failed: int = 0


class Jobs:
    """The jobs by name. No job runs twice at once, and the last run of each survives a restart."""

    def __init__(self, jobs: Iterable[BackgroundJob], notes: Notes, clock: Clock) -> None:
        """Keep the last run of each job in `notes`."""
        self._jobs = {job.name: job for job in jobs}
        self._notes, self._clock = notes, clock
        self._running: dict[str, asyncio.Task[Run]] = {}
        self._due: dict[str, datetime] = {}
        self._armed: dict[str, datetime] = {}
        self._rerun: set[str] = set()
        self._arm: Arm | None = None
        self._here: dict[str, Run] = {}
        self._written: dict[str, datetime] = {}

    @property
    def all(self) -> tuple[BackgroundJob, ...]:
        """The jobs, in the order in which they are shown."""
        return tuple(self._jobs.values())

    @property
    def latest(self) -> Mapping[str, Run]:
        """The latest finished run of each job in this process."""
        return self._here

    def add(self, job: BackgroundJob) -> None:
        """Add a job, which is shown after the others."""
        self._jobs[job.name] = job

    def arm_by(self, arm: Arm | None) -> None:
        """Ask `arm` to make a `call` at the time when a job has something to do. None ends that."""
        self._arm = arm

    def running(self, name: str) -> bool:
        """Whether a job runs in this process now."""
        return name in self._running

    def next(self, name: str) -> datetime | None:
        """When a job is woken next. None until it has been woken once."""
        times = (self._due.get(name), self._armed.get(name))
        return min((at for at in times if at is not None), default=None)

    async def last(self, name: str) -> Run | None:
        """The latest finished run, in this process or in another one on the same store."""
        kept = await self._notes.note(_note(name), self._clock.now())
        runs = (self._here.get(name), None if kept is None else _read(kept))
        return max((run for run in runs if run is not None), key=lambda run: run.began, default=None)

    def tick(self, name: str) -> None:
        """Run a job because its turn has come, unless it is running."""
        self._due[name] = self._clock.now() + self._jobs[name].every
        self._start(name)

    def call(self, name: str) -> None:
        """Run a job because the time has come when it has something to do."""
        self._armed.pop(name, None)
        self._start(name)

    def wake(self) -> None:
        """Run the jobs that have a `next`, because something may be due sooner than they knew."""
        for job in self.all:
            if job.next is not None:
                self._start(job.name)

    async def run_now(self, name: str) -> Run | None:
        """Run a job and wait for its end. None if it is running already; raises KeyError if there is no such job."""
        task = self._start(name)
        return None if task is None else await asyncio.shield(task)

    async def finish(self) -> None:
        """Wait for the jobs that are running."""
        while self._running:
            await asyncio.gather(*self._running.values())

    def _start(self, name: str) -> asyncio.Task[Run] | None:
        """Start a run in a task of its own, so that it continues even if the caller no longer waits."""
        job = self._jobs[name]
        if name in self._running:
            if job.next is not None:
                self._rerun.add(name)  # what it was woken for may have come after it looked
            return None
        task = self._running[name] = asyncio.create_task(self._attempt(job))
        task.add_done_callback(lambda _: self._ended(name))
        return task

    def _ended(self, name: str) -> None:
        self._running.pop(name)
        if name in self._rerun:
            self._rerun.discard(name)
            self._start(name)

    async def _attempt(self, job: BackgroundJob) -> Run:
        """Run a job and keep the result. An error is logged, and the next turn tries again."""
        began, number, error, fault = self._clock.now(), None, "", ""
        try:
            number = await job.run()
        except Exception as failure:  # noqa: BLE001 - one failed job must stop neither the clock nor the bot
            error, fault = type(failure).__name__, noted(failure, "jobs")
            log.error("job failed", job=job.name, kind=error, id=fault)  # noqa: TRY400 - its text may be private
        took = max(self._clock.now() - began, timedelta(0))
        run = await self._kept(job.name, Run(began, took, number, error, fault))
        await self._rearm(job, run)
        return run

    async def _rearm(self, job: BackgroundJob, run: Run) -> None:
        """Ask a job when it has something to do again. If it cannot say, its regular turn comes all the same."""
        if job.next is None:
            return
        try:
            due = await job.next()
        except Exception as lost:  # noqa: BLE001 - as for the run itself
            log.warning("next time not known", job=job.name, kind=type(lost).__name__)
            return
        self._armed.pop(job.name, None)
        if due is not None:
            now = self._clock.now()
            if due <= now:  # a job that did nothing is not run again without a pause
                due = now if run.number else now + BREATH
            self._armed[job.name] = due
        if self._arm is not None:
            self._arm(job.name, due)

    async def _kept(self, name: str, run: Run) -> Run:
        """Keep a run with its failures in a row, at least in this process if the store cannot."""
        before = self._here.get(name)
        try:
            before = before or await self.last(name)
            if self._is_news(name, before, run):
                await self._notes.put_note(_note(name), _text(_after(before, run)), None)
                self._written[name] = run.began
        except Exception as lost:  # noqa: BLE001 - the job itself is done, and the next run is kept again
            log.warning("run not kept", job=name, kind=type(lost).__name__)
        self._here[name] = _after(before, run)
        return self._here[name]

    def _is_news(self, name: str, before: Run | None, run: Run) -> bool:
        """Whether a run is worth a write. Runs that found nothing are only kept once a minute."""
        written = self._written.get(name)
        quiet = not run.error and not run.number and (before is None or not before.error)
        return not quiet or written is None or has_passed(KEPT_EVERY, written, run.began)


def _after(before: Run | None, run: Run) -> Run:
    """The run with its failures in a row."""
    return run._replace(failed=1 + (0 if before is None else before.failed)) if run.error else run


def _note(name: str) -> str:
    return f"job:{name}"


def _text(run: Run) -> str:
    facts = {**run._asdict(), "began": run.began.isoformat(), "took": run.took.total_seconds()}
    return json.dumps(facts, separators=(",", ":"))


def _read(text: str) -> Run:
    facts = json.loads(text)
    began, took = datetime.fromisoformat(facts.pop("began")), timedelta(seconds=facts.pop("took"))
    return Run(began, took, **facts)
