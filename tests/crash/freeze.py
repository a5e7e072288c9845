"""A sender that stands still while another takes over, and goes on when it is too late."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.delivery.state import State
from storage import open_store
from tests.crash.clock import a_clock
from tests.crash.trial import errand_of, judged, killed, notices, started, to_its_end, until, until_there
from tests.crash.world import telegram

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

    from core.store import Store
    from tests.crash.trial import Plan, Told, Verdict

UNDER_WAY = 0.05


@dataclass(frozen=True)
class Thawed:
    """What was `sending` when the first stood still, and what came of all in the end."""

    doubtful: frozenset[str]
    by_the_first: int
    verdict: Verdict


async def stand_still(plan: Plan) -> Thawed:
    """Freeze the first sender in the middle, let a second take over, and let the first go on beside it."""
    began = time.monotonic()
    with a_clock() as clock:
        async with telegram(plan.chats, clock) as world, open_store(plan.url) as store:
            told = await notices(store, plan, world, clock.now())
            errand, travel = errand_of(plan, world, told), world.server.travel
            travel.takes(UNDER_WAY)
            first = started(errand, clock, for_ever=True)
            second = None
            try:
                await until_there(world, len(told) // 4, first)
                travel.hold()
                await until(lambda: travel.held > 0, first)
                _signal(first, signal.SIGSTOP)
                doubtful = await _sending(store, told)
                by_the_first = world.arrived()
                travel.release()
                second = started(errand, clock)
                await until_there(world, by_the_first + len(told) // 4, second)
                _signal(first, signal.SIGCONT)
                await to_its_end(second)
                assert first.is_alive()
            finally:
                for process in filter(None, (first, second)):
                    await killed(process)
            verdict = await judged(store, plan, told, world.standing(), time.monotonic() - began)
            return Thawed(doubtful, by_the_first, verdict)


def _signal(process: BaseProcess, number: signal.Signals) -> None:
    assert process.pid is not None
    os.kill(process.pid, number)


async def _sending(store: Store, told: list[Told]) -> frozenset[str]:
    states = {one.key: await store.outbox.deliveries(one.key) for one in told}
    return frozenset(key for key, rows in states.items() if Counter(row[1] for row in rows)[State.SENDING])
