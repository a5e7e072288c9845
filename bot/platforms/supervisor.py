"""Runs a platform and its sender side by side, and restarts a platform that lost its connection.

The pauses between restarts grow. A platform that refused the bot for good, as for a wrong token, is not restarted.
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

    from bot.delivery.sender import Sender
    from bot.platforms.port import Platform

T = TypeVar("T")
log = structlog.get_logger()
FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 300.0
GOOD_STRETCH: Final = 120.0  # seconds after which a lost connection counts as the first failure again
SENDER_GRACE: Final = 10.0  # seconds in which the sender finishes what is under way


@dataclass(frozen=True, slots=True)
class RestartBackoff:
    """How to wait, in seconds, which tests replace. `chance` gives a random number from 0 to 1."""

    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    monotonic: Callable[[], float] = time.monotonic
    chance: Callable[[], float] = random.random


async def run_with_sender(
    sender: Sender, stop: asyncio.Event, backoff: RestartBackoff, serve: Callable[[asyncio.Event], Awaitable[T]]
) -> T:
    """Run `serve`, a platform, and its sender until `stop` is set or `serve` returns; gives what `serve` returned.

    The sender stops first, within some seconds, because the platform must still carry what is under way.
    """
    stop_sender, stop_platform = asyncio.Event(), asyncio.Event()
    sending = asyncio.create_task(sender.run(stop_sender, backoff.sleep))
    serving = asyncio.ensure_future(serve(stop_platform))
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({stopping, serving}, return_when=asyncio.FIRST_COMPLETED)
        stop_sender.set()
        await asyncio.wait({sending}, timeout=SENDER_GRACE)
        stop_platform.set()
        return await serving
    finally:
        for task in (stopping, sending, serving):
            task.cancel()
        await asyncio.gather(stopping, sending, serving, return_exceptions=True)


async def supervise(platform: Platform, stop: asyncio.Event, backoff: RestartBackoff) -> str | None:
    """Run a platform until `stop` is set or it refuses the bot for good, and restart it whenever it ends otherwise.

    If it refuses the bot, return its explanation, otherwise None.
    """
    failures = 0
    while not stop.is_set():
        began = backoff.monotonic()
        try:
            await platform.run(stop)
            why = "ended"
        except RejectedError as error:
            log.error("rejected", platform=platform.name, why=str(error))  # noqa: TRY400 - a traceback would add nothing
            return str(error)
        except Exception as error:  # one platform must not take the others down
            why = type(error).__name__
            log.debug("lost", platform=platform.name, exc_info=error)
        if not stop.is_set():
            failures = 1 if backoff.monotonic() - began >= GOOD_STRETCH else failures + 1
            pause = pause_after(failures, backoff.chance())
            log.warning("lost", platform=platform.name, why=why, failures=failures, again_in=round(pause, 1))
            await first_of(backoff.sleep(pause), stop.wait())
    return None


def pause_after(failures: int, chance: float) -> float:
    """Seconds to wait: exponential back-off, capped, with jitter.

    `chance` takes away up to half of the pause, so that bots that were cut off together do not come back together.
    """
    return backed_off(FIRST_PAUSE, failures - 1, LONGEST_PAUSE) * (1 - chance / 2)
