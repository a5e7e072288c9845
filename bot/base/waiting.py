"""Waiting: for the first of several things, for a while, and what it means if that is cancelled."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable


async def first_of(*awaited: Awaitable[Any]) -> None:
    """Wait until one of these is done, and cancel the others; cancel all if the wait itself is cancelled."""
    waits = [asyncio.ensure_future(one) for one in awaited]
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
        await asyncio.gather(*waits, return_exceptions=True)


async def done_within(work: asyncio.Future[Any], seconds: float) -> bool:
    """Whether work is done within so many seconds. It goes on after them, unless the wait itself is cancelled."""
    try:
        await asyncio.wait((work,), timeout=seconds)
    except asyncio.CancelledError:
        work.cancel()
        raise
    return work.done()


def is_cancelled() -> bool:
    """Whether a CancelledError means the current task. Otherwise only what it waited for was cancelled."""
    task = asyncio.current_task()
    return task is None or bool(task.cancelling())
