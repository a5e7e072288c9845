"""What is done now and again: which jobs there are, what came of each run, and when the next one is due."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import TYPE_CHECKING, Final, NamedTuple

import structlog

from bot.base.errors import noted

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence

    from core.scheduling.runner import Failing
    from core.shared.ports import Clock, Notes

    Arm = Callable[[str, datetime | None], None]

log = structlog.get_logger()
KEPT_EVERY: Final = timedelta(minutes=1)
BREATH: Final = timedelta(seconds=1)


class Late(Enum):
    """What becomes of a run that was slept through: it is made once, late, or left out."""

    ONCE = auto()
    SKIP = auto()


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do now and again after each span of time; it may give the number of what it did.

    `next` says when there is something to do again (None: nobody knows of anything): it is woken at that time too.
    `failing` tells what of its work could not be done and is tried again, while the rest goes on.
    """

    name: str
    every: timedelta
    run: Callable[[], Awaitable[int | None]]
    late: Late = Late.ONCE
    next: Callable[[], Awaitable[datetime | None]] | None = None
    failing: Callable[[], Sequence[Failing]] = tuple


class Run(NamedTuple):
    """One run of a job, and what came of it: a number, or an error's class and its id in the log.

    `failed` counts the runs in a row that failed, up to this one.
    """

    began: datetime
    took: timedelta
    number: int | None = None
    error: str = ""
    fault: str = ""
    failed: int = 0


class Jobs:
    """The jobs by name. None ever runs twice at once, and the last run of each outlives a restart."""

    def __init__(self, jobs: Iterable[Job], notes: Notes, clock: Clock) -> None:
        """Keep what comes of `jobs` in `notes`."""
        self._jobs = {job.name: job for job in jobs}
        self._notes, self._clock = notes, clock
        self._running: dict[str, asyncio.Task[Run]] = {}
        self._due: dict[str, datetime] = {}
        self._armed: dict[str, datetime] = {}
        self._again: set[str] = set()
        self._arm: Arm | None = None
        self._here: dict[str, Run] = {}
        self._written: dict[str, datetime] = {}

    @property
    def all(self) -> tuple[Job, ...]:
        """The jobs, in the order in which they are shown."""
        return tuple(self._jobs.values())

    @property
    def latest(self) -> Mapping[str, Run]:
        """The latest run of each that has ended here."""
        return self._here

    def add(self, job: Job) -> None:
        """One more."""
        self._jobs[job.name] = job

    def arm_by(self, arm: Arm | None) -> None:
        """Whom to ask for a call at the time at which a job has something to do."""
        self._arm = arm

    def running(self, name: str) -> bool:
        """Whether a job is under way here."""
        return name in self._running

    def next(self, name: str) -> datetime | None:
        """When the schedule wakes a job again; None until it has for the first time."""
        times = (self._due.get(name), self._armed.get(name))
        return min((at for at in times if at is not None), default=None)

    async def last(self, name: str) -> Run | None:
        """The latest run that has ended, here or in another process on the same books."""
        kept = await self._notes.note(_note(name), self._clock.now())
        runs = (self._here.get(name), None if kept is None else _read(kept))
        return max((run for run in runs if run is not None), key=lambda run: run.began, default=None)

    def tick(self, name: str) -> None:
        """Wake a job in its turn, unless it is under way."""
        self._due[name] = self._clock.now() + self._jobs[name].every
        self._start(name)

    def call(self, name: str) -> None:
        """Wake a job because the time has come at which it has something to do."""
        self._armed.pop(name, None)
        self._start(name)

    def wake(self) -> None:
        """Something may fall due sooner than was known: let the jobs look that say when they have something to do."""
        for job in self.all:
            if job.next is not None:
                self._start(job.name)

    async def run_now(self, name: str) -> Run | None:
        """Run a job and wait for what comes of it; None where it is under way already. KeyError: there is none."""
        task = self._start(name)
        return None if task is None else await asyncio.shield(task)

    async def finish(self) -> None:
        """Wait for the end of what is under way."""
        while self._running:
            await asyncio.gather(*self._running.values())

    def _start(self, name: str) -> asyncio.Task[Run] | None:
        """Begin a run in a task of its own, so that it goes on when whoever asked for it no longer waits."""
        job = self._jobs[name]
        if name in self._running:
            if job.next is not None:
                self._again.add(name)  # what it is woken for may have come after it looked
            return None
        task = self._running[name] = asyncio.create_task(self._attempt(job))
        task.add_done_callback(lambda _: self._ended(name))
        return task

    def _ended(self, name: str) -> None:
        self._running.pop(name)
        if name in self._again:
            self._again.discard(name)
            self._start(name)

    async def _attempt(self, job: Job) -> Run:
        """Run a job and keep what came of it. A fault is logged, and the next tick tries again."""
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

    async def _rearm(self, job: Job, run: Run) -> None:
        """Ask when a job has something to do again; where that cannot be said, its turn comes all the same."""
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
            if due <= now:  # what could not be done now is not tried again without a pause
                due = now if run.number else now + BREATH
            self._armed[job.name] = due
        if self._arm is not None:
            self._arm(job.name, due)

    async def _kept(self, name: str, run: Run) -> Run:
        """Keep a run with how often it failed in a row; while the store cannot, it is known here at least."""
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
        """Whether a run is worth a write: a job that looks each second and finds nothing is kept now and again only."""
        written = self._written.get(name)
        quiet = not run.error and not run.number and (before is None or not before.error)
        return not quiet or written is None or run.began - written >= KEPT_EVERY


def _after(before: Run | None, run: Run) -> Run:
    """A run that knows how often the job has failed in a row."""
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
