"""Runs due tasks. Each runs once, however many processes poll."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from core.shared.backoff import backed_off
from core.shared.clock_steps import lasts
from core.shared.refusals import UnavailableError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
    from datetime import datetime
    from typing import TypeAlias

    from core.delivery.ports import Outbox
    from core.scheduling.ports import TaskQueue
    from core.scheduling.task import Task, TaskResult
    from core.shared.ports import Clock

    Handler: TypeAlias = Callable[[Task, datetime], Awaitable["TaskResult"]]

BATCH: Final = 100
CONCURRENCY: Final = 10
"""Tasks run at the same time, so that they share commits; few, because people are booking meanwhile."""
FIRST_RETRY: Final = timedelta(minutes=1)
LONGEST_RETRY: Final = timedelta(hours=1)


class Failing(NamedTuple):
    """A task that has failed `times` times in a row; `kind` is the class of the last error, `next_try` the retry."""

    name: str
    kind: str
    times: int
    next_try: datetime


class TaskRunner:
    """Runs due tasks. The part of a task's name before the first colon names its handler.

    Handlers must be idempotent: a result counts only for the process that takes the task. A task that fails is retried
    with exponential back-off of up to an hour, so that it does not block others; a handler may therefore run long after
    the task's time.
    """

    def __init__(self, tasks: TaskQueue, outbox: Outbox, clock: Clock, handlers: Mapping[str, Handler]) -> None:
        """Run the tasks in `tasks`, and the fan-out of `outbox`; `clock` is the only source of time."""
        self._tasks, self._outbox, self._clock, self._handlers = tasks, outbox, clock, handlers
        self._failing: dict[str, Failing] = {}

    async def run_due(self) -> int:
        """Run all tasks that are due; returns how many. Then finish any fan-out that was interrupted.

        A task that fails does not stop the others; the failures are raised together as an `ExceptionGroup`.
        """
        done, faults = 0, list[Exception]()
        while tasks := await self._tasks.due_by(self._clock.now(), BATCH):
            for outcome in await self._run_all(tasks):
                if isinstance(outcome, UnavailableError):
                    raise outcome  # the books are out of reach, which is not the task's fault
                if isinstance(outcome, Exception):
                    faults.append(outcome)
                else:
                    done += outcome
            if len(tasks) < BATCH:
                break
        while await self._outbox.fan_out():
            pass
        if faults:
            raise ExceptionGroup("due tasks have failed", faults)
        return done

    def failing(self) -> tuple[Failing, ...]:
        """The tasks that failed here and will be retried, leaving out those that another process has run since."""
        now = self._clock.now()
        self._failing = {
            name: task
            for name, task in self._failing.items()
            if lasts(task.next_try + FIRST_RETRY, now, LONGEST_RETRY + FIRST_RETRY)
        }
        return tuple(self._failing.values())

    async def next(self) -> datetime | None:
        """When the next task is due (None: there is none)."""
        return await self._tasks.next_due_at()

    async def _run_all(self, tasks: Sequence[Task]) -> list[bool | Exception]:
        """Run tasks concurrently, except that those about the same thing run in their order."""
        by_subject: defaultdict[str, list[Task]] = defaultdict(list)
        for task in tasks:
            by_subject[task.name.rpartition(":")[0]].append(task)
        slots = asyncio.Semaphore(CONCURRENCY)
        outcomes = await asyncio.gather(*(self._run_in_order(group, slots) for group in by_subject.values()))
        return [outcome for group in outcomes for outcome in group]

    async def _run_in_order(self, tasks: Iterable[Task], slots: asyncio.Semaphore) -> list[bool | Exception]:
        async with slots:
            return [await self._attempt(task) for task in tasks]

    async def _attempt(self, task: Task) -> bool | Exception:
        """Whether this process has run the task, or the error, which must not keep other tasks from running."""
        now = self._clock.now()
        try:
            return await self._run(task, now)
        except UnavailableError as outage:
            return outage
        except Exception as error:  # noqa: BLE001 - the error is returned, scheduled for a retry and raised at the end
            error.add_note(task.name)
            await self._retry_later(task, error, now)
            return error

    async def _run(self, task: Task, now: datetime) -> bool:
        notices, next_at, guard = await self._handlers[task.name.partition(":")[0]](task, now)
        taken = await self._tasks.take(task, notices, now, next_at, guard=guard)
        self._failing.pop(task.name, None)
        return taken

    async def _retry_later(self, task: Task, error: Exception, now: datetime) -> None:
        """Reschedule a task that failed. The number of failures is kept in this process only."""
        before = self._failing.get(task.name)
        times = 1 if before is None else before.times + 1
        next_try = now + backed_off(FIRST_RETRY, times - 1, LONGEST_RETRY)
        with suppress(UnavailableError):  # then it stays due, and the next poll finds it
            await self._tasks.take(task, (), now, next_try)
            self._failing[task.name] = Failing(task.name, type(error).__name__, times, next_try)
