"""A sender that stands still while another takes over, and goes on when it is too late."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.delivery.state import State
from storage import open_store
from tests.crash.sender import FastClock
from tests.crash.trial import LONGEST_LIFE, errand_of, judged, notices, started, until_there
from tests.crash.world import telegram

if TYPE_CHECKING:
    from core.store import Store
    from tests.crash.trial import Plan, Told, Verdict

FAST = 20.0
UNDER_WAY = 0.05


@dataclass(frozen=True)
class Thawed:
    """What was `sending` when the first stood still, and what came of all in the end."""

    doubtful: frozenset[str]
    by_the_first: int
    verdict: Verdict


async def stand_still(plan: Plan) -> Thawed:
    """Freeze the first sender in the middle, let a second take over, and let the first go on beside it."""
    began = time.time()
    async with telegram(plan.chats) as world, open_store(plan.url) as store:
        clock = FastClock(began, FAST)
        world.server.travel.takes(UNDER_WAY)
        told = await notices(store, plan, world, clock.now())
        first = started(errand_of(plan, world, clock, told, for_ever=True))
        second = None
        assert first.pid is not None
        try:
            await until_there(world, len(told) // 4, first)
            os.kill(first.pid, signal.SIGSTOP)
            doubtful = await _sending(store, told)
            by_the_first = world.arrived()
            second = started(errand_of(plan, world, clock, told))
            await until_there(world, by_the_first + len(told) // 4, second)
            os.kill(first.pid, signal.SIGCONT)
            await asyncio.to_thread(second.join, LONGEST_LIFE)
            assert second.exitcode == 0
            assert first.is_alive()
        finally:
            for process in filter(None, (first, second)):
                process.kill()
                await asyncio.to_thread(process.join)
        verdict = await judged(store, plan, told, world.standing(), time.time() - began)
        return Thawed(doubtful, by_the_first, verdict)


async def _sending(store: Store, told: list[Told]) -> frozenset[str]:
    states = {one.key: await store.outbox.deliveries(one.key) for one in told}
    return frozenset(key for key, rows in states.items() if Counter(row[1] for row in rows)[State.SENDING])
