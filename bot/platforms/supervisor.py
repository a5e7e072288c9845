"""Keeps a platform running: a lost connection is tried again after a growing pause, a refused token is not.

Beside it works its post, which ends before it, so that what is under way is still carried.
"""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

import structlog

from bot.base.waiting import first_of
from bot.platforms.port import RejectedError
from core.shared.backoff import backed_off

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.delivery.sender import Post
    from bot.platforms.port import Platform

T = TypeVar("T")
log = structlog.get_logger()
FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 300.0
GOOD_STRETCH: Final = 120.0
LAST_POST: Final = 10.0


@dataclass(frozen=True, slots=True)
class Pace:
    """Where pauses come from, so that tests take no time; all in seconds, `chance` from 0 to 1."""

    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    monotonic: Callable[[], float] = time.monotonic
    chance: Callable[[], float] = random.random


async def beside(post: Post, stop: asyncio.Event, pace: Pace, serve: Callable[[asyncio.Event], Awaitable[T]]) -> T:
    """Serve a platform until `stop` is set, with its post beside it; gives what serving it gave.

    The post is told to end first, and has some seconds for what is under way; the platform's own end comes then.
    """
    posted, last = asyncio.Event(), asyncio.Event()
    posting, serving = asyncio.create_task(post.run(posted, pace.sleep)), asyncio.ensure_future(serve(last))
    told = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({told, serving}, return_when=asyncio.FIRST_COMPLETED)
        posted.set()
        await asyncio.wait({posting}, timeout=LAST_POST)
        last.set()
        return await serving
    finally:
        for task in (told, posting, serving):
            task.cancel()
        await asyncio.gather(told, posting, serving, return_exceptions=True)


async def supervise(platform: Platform, stop: asyncio.Event, pace: Pace) -> str | None:
    """Run a platform until `stop` is set or its token is refused; whatever else ends it is tried again.

    Gives the platform's words on why it refuses the token, or None.
    """
    failures = 0
    while not stop.is_set():
        began = pace.monotonic()
        try:
            await platform.run(stop)
            why = "ended"
        except RejectedError as error:
            log.error("rejected", platform=platform.name, why=str(error))  # noqa: TRY400 - the sentence says it all
            return str(error)
        except Exception as error:  # one platform must not take the others down
            why = type(error).__name__
            log.debug("lost", platform=platform.name, exc_info=error)
        if not stop.is_set():
            failures = 1 if pace.monotonic() - began >= GOOD_STRETCH else failures + 1
            pause = pause_after(failures, pace.chance())
            log.warning("lost", platform=platform.name, why=why, failures=failures, again_in=round(pause, 1))
            await _pause(pause, stop, pace)
    return None


def pause_after(failures: int, chance: float) -> float:
    """Seconds to wait: doubled with each failure up to a bound, of which `chance` takes up to a half away.

    So bots that were cut off together do not come back together.
    """
    return backed_off(FIRST_PAUSE, failures - 1, LONGEST_PAUSE) * (1 - chance / 2)


async def _pause(seconds: float, stop: asyncio.Event, pace: Pace) -> None:
    """Wait, but not longer than until `stop` is set."""
    await first_of(pace.sleep(seconds), stop.wait())
