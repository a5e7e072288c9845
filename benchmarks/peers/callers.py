"""What the peers' processes share: callers who each wait for one spend before the next, and the line of figures.

It knows the standard library only, for it runs in the peers' environment as well.
"""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import perf_counter
from typing import TYPE_CHECKING, Final

from benchmarks.figure import QUICK

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

ONE: Final = "1 caller"
MANY: Final = "64 callers"
LOST: Final = "lost of 64 withdrawals at once"
CALLERS: Final = 64
SECONDS: Final = 0.5 if QUICK else 2.0
PATIENCE: Final = 10


async def rate(callers: int, spend: Callable[[], Awaitable[object]]) -> float:
    """Spends a second, by tasks. The spends before the clock starts warm up connections and caches."""
    await asyncio.gather(*(spend() for _ in range(callers)))
    start = perf_counter()
    done = await asyncio.gather(*(_spend_until(start + SECONDS, spend) for _ in range(callers)))
    return sum(done) / (perf_counter() - start)


async def _spend_until(end: float, spend: Callable[[], Awaitable[object]]) -> int:
    done = 0
    while perf_counter() < end:
        await spend()
        done += 1
    return done


def threads_rate(callers: int, spend: Callable[[], object]) -> float:
    """The same, by threads."""
    spend()  # an error that all of them have shows here
    ready = Barrier(callers + 1, timeout=PATIENCE)

    def spend_often() -> int:
        spend()
        ready.wait()
        end, done = perf_counter() + SECONDS, 0
        while perf_counter() < end:
            spend()
            done += 1
        return done

    with ThreadPoolExecutor(callers) as pool:
        counts = [pool.submit(spend_often) for _ in range(callers)]
        ready.wait()
        start = perf_counter()
        done = sum(count.result() for count in counts)
        return done / (perf_counter() - start)


def report(figures: dict[str, float]) -> None:
    """The one line that the comparison reads."""
    print(json.dumps(figures), flush=True)
