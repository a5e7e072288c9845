"""A thread of its own that takes whatever waits, works on all of it at once, and answers all callers in one go."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from storage.errors import StorageError, StoreClosedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Asked = TypeVar("Asked")
MOST_AT_ONCE = 256


@dataclass(slots=True, eq=False)
class Job(Generic[Asked]):
    """Something asked by one caller, and what became of it."""

    asked: Asked
    caller: asyncio.Future[Any]
    outcome: Any = None
    error: Exception | None = None


class Worker(Generic[Asked]):
    """Runs `work` in its thread on lists of jobs; it fills in each job's outcome or error. It never waits for more."""

    def __init__(self, name: str, work: Callable[[Sequence[Job[Asked]]], None], most: int = MOST_AT_ONCE) -> None:
        """Start the thread; answers go to the running event loop."""
        self._work, self._most = work, most
        self._loop = asyncio.get_running_loop()
        self._queue: SimpleQueue[Job[Asked] | None] = SimpleQueue()
        self._closed = False
        self._thread = Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def ask(self, asked: Asked) -> asyncio.Future[Any]:
        """Hand something over; the future is answered once the work on it is done."""
        if self._closed:
            raise StoreClosedError("the store is closed")
        caller: asyncio.Future[Any] = self._loop.create_future()
        self._queue.put(Job(asked, caller))
        return caller

    async def close(self) -> None:
        """Finish what was asked before, then end the thread."""
        if not self._closed:
            self._closed = True
            self._queue.put(None)
        await asyncio.to_thread(self._thread.join)

    def _run(self) -> None:
        more = True
        while more:
            jobs, more = self._take()
            if jobs:
                self._attempt(jobs)
                with suppress(RuntimeError):  # the loop ended, and with it everyone who waited
                    self._loop.call_soon_threadsafe(_answer, jobs)

    def _take(self) -> tuple[list[Job[Asked]], bool]:
        """What waits, at least one; and whether more may come."""
        jobs: list[Job[Asked]] = []
        job = self._queue.get()
        with suppress(Empty):
            while job is not None:
                jobs.append(job)
                if len(jobs) == self._most:
                    break
                job = self._queue.get_nowait()
        return jobs, job is not None

    def _attempt(self, jobs: Sequence[Job[Asked]]) -> None:
        try:
            self._work(jobs)
        except BaseException as error:  # noqa: BLE001 - a caller must hear of it, and the thread goes on
            heard = error if isinstance(error, Exception) else StorageError(f"broken off by {type(error).__name__}")
            for job in jobs:
                job.error = heard


def _answer(jobs: Iterable[Job[Any]]) -> None:
    for job in jobs:
        if job.caller.done():
            continue  # its caller was cancelled; what was written stays, under its key
        if job.error is not None:
            job.caller.set_exception(job.error)
        else:
            job.caller.set_result(job.outcome)
