"""The queries that the bot repeats all day, on books of growing size in which the same few wallets match."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import insert

from benchmarks.figure import QUICK, Figure, ratio
from benchmarks.till import NOW, event_loop
from core.alerts.expiry_scan import ExpiryScan
from core.delivery.outcome import Deferred
from core.retention import Retention
from storage import open_store, upgrade
from storage.sql.tables.delivery import Delivery, Notice
from storage.sql.tables.ledger import Identity, Lot, Person, Wallet, micros
from storage.sql.tables.promotions import Due
from storage.sqlite.engine import TO_TEXT, connect_writer

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from datetime import datetime

    from core.store import Store
    from storage.sql.tables.codec import Row

SIZES: Final = (1_000, 10_000, 100_000) if QUICK else (1_000, 100_000, 1_000_000)
CONCERNED: Final = 200
ROUNDS: Final = 21
HERE: Final = "bench"
DAY: Final = timedelta(days=1)
NO_PRICE: Final = (None,) * 5
SETTINGS: Final = ("UTC", "USD", "basic", None, 1, 1, 20, "0" * 32, micros(NOW - 40 * DAY), 0, None, "", "{}", None, 0)


@dataclass
class RoundClock:
    """A clock that each round moves on."""

    at: datetime = NOW

    def now(self) -> datetime:
        return self.at


def figures() -> Iterator[Figure]:
    """Each ratio compares with the smallest size. It is the median over rounds that took all sizes in turn."""
    with TemporaryDirectory(prefix="bench-", dir=".") as folder, asyncio.Runner(loop_factory=event_loop()) as runner:
        files = {size: _made(Path(folder) / f"{size}.db", size) for size in SIZES}
        took = runner.run(_measured(files))
    for name, rounds in took.items():
        yield Figure(f"polls, {name}, {SIZES[0]:,} wallets, ms", median(rounds[SIZES[0]]) * 1000)
        for size in SIZES[1:]:
            yield Figure(f"polls, {name}, {size:,} against it", ratio(rounds[size], rounds[SIZES[0]]), 2, at_most=True)


def _made(file: Path, size: int) -> Path:
    """Books without the journal, which none of these queries reads."""
    upgrade(f"sqlite:///{file}")
    connection = connect_writer(file)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("BEGIN")
    for table, row in ROWS.items():
        names = tuple(table.model_fields)
        connection.executemany(TO_TEXT(insert(table), *names), (row(number) for number in range(1, size + 1)))
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return file


def _lot(number: int) -> Row:
    """Of the few, half expire within a month and half have expired. All others last for months."""
    away = timedelta(days=100 + number % 200)
    if number <= CONCERNED:
        away = DAY * 30 * number / CONCERNED if number % 2 else -DAY / 24
    return number, 1, "welcome", micros(NOW - 40 * DAY), micros(NOW + away), 20, 20, 1, *NO_PRICE


def _due(number: int) -> Row:
    away = -DAY if number <= CONCERNED else DAY * (1 + number % 30)
    return f"wallet:{number}:look", micros(NOW + away)


def _delivery(number: int) -> Row:
    """Each wallet has a notice that was sent. Those of the few are pending."""
    state, made = ("pending", NOW) if number <= CONCERNED else ("sent", NOW - 10 * DAY)
    at = micros(made)
    return number, f"n{number}", HERE, f"{number}", 1, state, at, 0, 0, "", "", at, "", "", "", "", 0


def _notice(number: int) -> Row:
    made = NOW if number <= CONCERNED else NOW - 10 * DAY
    return f"n{number}", "low", "{}", number, 0, 0, micros(made), ""


ROWS: Final[dict[Any, Callable[[int], Row]]] = {
    Person: lambda number: (number, f"P{number}"),
    Identity: lambda number: (HERE, f"{number}", number),
    Wallet: lambda number: (number, number, None, None, *SETTINGS),
    Lot: _lot,
    Due: _due,
    Notice: _notice,
    Delivery: _delivery,
}


async def _measured(files: dict[int, Path]) -> dict[str, dict[int, list[float]]]:
    """Seconds of each poll, by name and size, round by round."""
    took: dict[str, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    async with AsyncExitStack() as stack:
        stores = {
            size: await stack.enter_async_context(open_store(f"sqlite:///{file}")) for size, file in files.items()
        }
        clock = RoundClock()
        for turn in range(ROUNDS + 1):
            clock.at += timedelta(hours=1)
            for size, store in stores.items():
                for name, poll in POLLS.items():
                    seconds = await poll(store, clock)
                    took[name][size] += [seconds] if turn else []  # the first round only warms up
    return took


def _timed(poll: Callable[[Store, RoundClock], Awaitable[object]]) -> Callable[[Store, RoundClock], Awaitable[float]]:
    async def timed(store: Store, clock: RoundClock) -> float:
        start = perf_counter()
        await poll(store, clock)
        return perf_counter() - start

    return timed


async def _claim(store: Store, clock: RoundClock) -> float:
    """Seconds for a claim. What was claimed is pending again afterwards."""
    now = clock.now()
    lease = await store.outbox.lease(HERE, "bench", now, now + DAY, idempotent=False)
    if lease is None:
        raise TypeError
    start = perf_counter()
    claimed = await store.outbox.claim(HERE, lease.epoch, now, 30)
    seconds = perf_counter() - start
    for delivery in claimed:
        await store.outbox.settle(delivery, lease.epoch, Deferred(timedelta()), now)
    return seconds


POLLS: Final = {
    "the hourly expiry scan": _timed(lambda store, clock: ExpiryScan(store, clock).run()),
    "what expires within 30 days": _timed(lambda store, _: store.ledger.expiring(NOW, NOW + 30 * DAY, 1000)),
    "what has expired": _timed(lambda store, _: store.ledger.lapsed(NOW, 1000)),
    "tasks that are due": _timed(lambda store, _: store.tasks.due_by(NOW, 100)),
    "when the next task is due": _timed(lambda store, _: store.tasks.next_due_at()),
    "when the next delivery is due": _timed(lambda store, _: store.outbox.next_due(HERE)),
    "a claim of 30": _claim,
    "the daily retention": _timed(
        lambda store, clock: Retention(store.outbox, store.audit_log, store.inbox, clock).tidy()
    ),
}
