"""How late what falls due is seen to, with the real scheduler and the real clock, and what waiting costs."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.figure import QUICK, Figure
from bot.clock import SystemClock
from bot.jobs import Job, Jobs
from bot.schedule import ticking
from core.duties import Duties, Upshot
from core.telling import Due
from storage import open_store, upgrade

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from core.notices import Notice
    from core.ports import Store
    from core.promotions import Promotion

ROWS = 50
SPAN = 10.0 if QUICK else 30.0
IDLE = 15.0 if QUICK else 60.0
MINUTE = timedelta(minutes=1)


class Counting:
    """What is asked of a store for what falls due, counted."""

    def __init__(self, store: Store) -> None:
        self._store, self.asked = store, Counter[str]()

    async def put_due(self, due: Due) -> None:
        await self._store.put_due(due)

    async def due_by(self, now: datetime, limit: int) -> tuple[Due, ...]:
        self.asked["due_by"] += 1
        return await self._store.due_by(now, limit)

    async def take_due(
        self,
        due: Due,
        notices: Sequence[Notice],
        now: datetime,
        then: datetime | None = None,
        *,
        seen: Promotion | None = None,
    ) -> bool:
        self.asked["take_due"] += 1
        return await self._store.take_due(due, notices, now, then, seen=seen)

    async def spread(self) -> bool:
        self.asked["spread"] += 1
        return await self._store.spread()

    async def next_due_at(self) -> datetime | None:
        self.asked["next_due_at"] += 1
        return await self._store.next_due_at()


def figures() -> Iterator[Figure]:
    late, asked = asyncio.run(_measured())
    yield Figure(f"due: latest of {ROWS} at random times, ms", late[-1] * 1000, aim=1000, at_most=True)
    yield Figure("due: median lateness, ms", late[len(late) // 2] * 1000)
    yield Figure("due: reads a minute while nothing is due", asked * 60 / IDLE, aim=10, at_most=True)


async def _measured() -> tuple[list[float], int]:
    clock, late = SystemClock(), list[float]()

    async def see(due: Due, _now: datetime) -> Upshot:
        late.append((clock.now() - due.at).total_seconds())
        return Upshot()

    with TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'due.db'}"
        upgrade(url)
        async with open_store(url) as store:
            agenda, chance = Counting(store), random.Random(7)  # noqa: S311 - the same times in each run
            for number in range(ROWS):
                at = clock.now() + timedelta(seconds=1 + chance.random() * SPAN)
                await agenda.put_due(Due(f"row:{number}", at))
            duties = Duties(agenda, clock, {"row": see})
            async with ticking(Jobs([Job("due", MINUTE, duties.see_to, next=duties.next)], store, clock)):
                await asyncio.sleep(SPAN + 2)
                agenda.asked.clear()
                await asyncio.sleep(IDLE)
    return sorted(late), agenda.asked.total()
