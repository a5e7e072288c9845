"""An announcement to many chats: how long its fan-out takes, and how long spends wait meanwhile."""

from __future__ import annotations

import asyncio
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, Final

from benchmarks.figure import QUICK, Figure
from benchmarks.till import NOW, Till, event_loop
from core.announcements.model import Announcement
from core.announcements.service import AnnouncementService
from core.delivery.notice import EVERYBODY, Subscription, Target
from core.wallets.people import Identity
from storage import open_store, upgrade
from tests.postgres import MissingError, running

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from core.store import Store

SIZES: Final = (10_000,) if QUICK else (10_000, 50_000)
CALLERS: Final = 8
PAUSE: Final = 0.002
LONGEST: Final = 250
DURABLE: Final = {"max_connections": "20", "shared_buffers": "128MB"}


class Now:
    """A clock at the till's time."""

    def now(self) -> datetime:
        return NOW


def figures() -> Iterator[Figure]:
    """The longest wait of eight callers who spend all the time while the deliveries are written."""
    with TemporaryDirectory(prefix="bench-", dir=".") as folder:
        for size in SIZES:
            yield from _of(f"sqlite:///{folder}/{size}.db", "SQLite", size)
    try:
        with running(DURABLE) as server:
            for size in SIZES:
                url = server.make(f"announced{size}")
                upgrade(url)
                yield from _of(url, "PostgreSQL", size)
    except MissingError as error:
        print(error)


def _of(url: str, name: str, size: int) -> Iterator[Figure]:
    with asyncio.Runner(loop_factory=event_loop()) as runner:
        seconds, longest = runner.run(_measured(url, size))
    yield Figure(f"announcing to {size:,}, {name}, s", seconds)
    yield Figure(f"announcing to {size:,}, {name}, longest wait of a spend, ms", longest * 1000, LONGEST, at_most=True)


async def _measured(url: str, size: int) -> tuple[float, float]:
    """Seconds for the whole fan-out, and for the slowest spend meanwhile."""
    async with open_store(url) as store:
        await _subscribe(store, size)
        till, stop = Till(store), asyncio.Event()
        await till.open()
        callers = [asyncio.create_task(_book(till, stop)) for _ in range(CALLERS)]
        await asyncio.sleep(1)
        till.took.clear()
        start = perf_counter()
        await AnnouncementService(store, Now()).send(Announcement("1", "Hi", EVERYBODY))
        seconds = perf_counter() - start
        stop.set()
        await asyncio.gather(*callers)
        return seconds, max(till.took)


async def _subscribe(store: Store, size: int) -> None:
    boss = await store.people.person(Identity("bench", "boss"), "Boss")
    chats = (Target("bench", f"c{number:06}", direct=True) for number in range(size))
    await asyncio.gather(*(store.subscriptions.subscribe(Subscription(chat, NOW, boss.id)) for chat in chats))


async def _book(till: Till, stop: asyncio.Event) -> None:
    while not stop.is_set():
        await till.rate(1, 1)
        await asyncio.sleep(PAUSE)
