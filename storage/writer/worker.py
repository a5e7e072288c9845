"""A thread that takes all calls that are queued, works on them as one batch, and answers their callers together."""

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
class Call(Generic[Asked]):
    """What one caller asked for, and then its outcome or its error."""

    asked: Asked
    caller: asyncio.Future[Any]
    outcome: Any = None
    error: Exception | None = None


class Worker(Generic[Asked]):
    """Runs `work` on batches of calls in its own thread. It fills in each outcome or error. No batch waits to grow."""

    def __init__(self, name: str, work: Callable[[Sequence[Call[Asked]]], None], most: int = MOST_AT_ONCE) -> None:
        """Start the thread. Answers go to the running event loop, batches have `most` calls at most."""
        self._work, self._most = work, most
        self._loop = asyncio.get_running_loop()
        self._queue: SimpleQueue[Call[Asked] | None] = SimpleQueue()
        self._closed = False
        self._thread = Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def ask(self, asked: Asked) -> asyncio.Future[Any]:
        """Queue a call. The future is set once the work on it is done."""
        if self._closed:
            raise StoreClosedError("the store is closed")
        caller: asyncio.Future[Any] = self._loop.create_future()
        self._queue.put(Call(asked, caller))
        return caller

    async def close(self) -> None:
        """Finish the calls that are queued, then end the thread."""
        if not self._closed:
            self._closed = True
            self._queue.put(None)
        await asyncio.to_thread(self._thread.join)

    def _run(self) -> None:
        more = True
        while more:
            calls, more = self._take()
            if calls:
                self._attempt(calls)
                with suppress(RuntimeError):  # the event loop has ended, and every caller with it
                    self._loop.call_soon_threadsafe(_answer, calls)

    def _take(self) -> tuple[list[Call[Asked]], bool]:
        """Wait for a call and take all that are queued. Also returns whether more may come."""
        calls: list[Call[Asked]] = []
        call = self._queue.get()
        with suppress(Empty):
            while call is not None:
                calls.append(call)
                if len(calls) == self._most:
                    break
                call = self._queue.get_nowait()
        return calls, call is not None

    def _attempt(self, calls: Sequence[Call[Asked]]) -> None:
        try:
            self._work(calls)
        except BaseException as error:  # noqa: BLE001 - every caller must get it, and the thread must live on
            given = error if isinstance(error, Exception) else StorageError(f"interrupted by {type(error).__name__}")
            for call in calls:
                call.error = given


def _answer(calls: Iterable[Call[Any]]) -> None:
    for call in calls:
        if call.caller.done():
            continue  # the caller was cancelled; what was written under its key stays
        if call.error is not None:
            call.caller.set_exception(_raisable(call.error))
        else:
            call.caller.set_result(call.outcome)


def _raisable(error: Exception) -> Exception:
    """The error, or one around it if a future does not take it: then no call behind it would be answered either."""
    if not isinstance(error, StopIteration):
        return error
    raisable = RuntimeError("a call ended in a StopIteration")
    raisable.__cause__ = error
    return raisable
