"""Reads and spends on journals of ten thousand, a million and ten million entries, side by side."""

from __future__ import annotations

import asyncio
import shutil
from collections import defaultdict
from contextlib import AsyncExitStack
from datetime import timedelta
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, Final

from benchmarks.figure import QUICK, Figure, ratio
from benchmarks.till import BOOK, MANY, NOW, PLAIN, Till, event_loop
from core.alerts.catalogue import observe
from core.ledger import rules
from core.ledger.entry_builder import Intent
from core.ledger.ports import Key
from core.ledger.requests import Spend
from core.shared.ids import WalletId
from core.shared.refusals import Refusal
from storage import open_store
from storage.sql.session import Connections
from storage.sql.store import SqlStore
from storage.sqlite.checkpoint import Checkpointer
from storage.sqlite.engine import TO_TEXT, SqliteEngine, connect, connect_writer, meaning_of
from storage.writer.group_commit import Decided
from storage.writer.invariants import wallet_after

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from core.store import Store
    from core.wallets.settings import Settings

WALLETS: Final = 1000
SIZES: Final = (10_000, 100_000, 300_000) if QUICK else (10_000, 1_000_000, 10_000_000)
AT_ONCE: Final = 10_000
ROUNDS: Final = 3 if QUICK else 7
READS: Final = 200
STRIDE: Final = 387
"""The step from one wallet to the next. It visits all of them, in an order that defeats caches."""
SPENDS: Final = 3_000 if QUICK else 10_000
ALONE: Final = 150


class Generator:
    """Makes a journal by the rules, through the store's own engine, but does not wait for the disk."""

    def __init__(self, file: Path, made: int) -> None:
        connection = connect_writer(file)
        connection.execute("PRAGMA synchronous = OFF")
        self._checkpointer = Checkpointer(connect(file))
        store = SqlStore(Connections(connection, connection, TO_TEXT, meaning_of))
        self._connection, self._engine = connection, SqliteEngine(connection, self._checkpointer, store)
        self._wallets = dict(self._engine.load(range(1, WALLETS + 1)))  # type: ignore[arg-type] # ids are numbers
        self._made = made

    def grow_to(self, size: int) -> None:
        """Book spends until the journal has `size` entries."""
        while self._made < size:
            batch = [self._spend(number) for number in range(self._made, min(self._made + AT_ONCE, size))]
            self._engine.begin([], ())
            self._engine.append(batch)
            self._engine.commit()
            self._made += len(batch)

    def _spend(self, number: int) -> Decided:
        before = self._wallets[WalletId(number % WALLETS + 1)]
        intent = Intent(
            Key(f"gen:{number:012d}", "0" * 16), NOW + timedelta(seconds=number), memo=f"Logo {number % 50}"
        )
        change = observe(before, rules.spend_all(before, intent, (Spend(1, memo=intent.memo),), BOOK), BOOK)
        if isinstance(change, Refusal):
            raise TypeError(change)
        after = self._wallets[before.wallet] = wallet_after(before, change)
        return Decided(before, change, after)

    def close(self) -> None:
        """Close the file."""
        self._checkpointer.close()
        self._connection.close()


def figures() -> Iterator[Figure]:
    """Each ratio compares the largest size with the smallest, as the median over rounds that took all sizes in turn."""
    with TemporaryDirectory(prefix="bench-", dir=".") as folder, asyncio.Runner(loop_factory=event_loop()) as runner:
        started = perf_counter()
        files = runner.run(made(Path(folder)))
        yield Figure(f"growth, {SIZES[-1]:,} entries made, s", perf_counter() - started)
        took = runner.run(_measured(files))
    for name, rounds in took.items():
        smallest, largest = rounds[SIZES[0]], rounds[SIZES[-1]]
        if name.startswith("spends"):
            yield Figure(f"growth, {name}, smallest, spends/s", median(smallest))
            yield Figure(f"growth, {name}, largest against smallest", ratio(largest, smallest), 0.75)
        else:
            yield Figure(f"growth, {name}, smallest, ms", median(smallest) * 1000)
            yield Figure(f"growth, {name}, largest against smallest", ratio(largest, smallest), 2, at_most=True)


async def made(folder: Path, settings: Settings = PLAIN) -> dict[int, Path]:
    """A file of each size: one journal grows, and is copied at each size."""
    file, so_far = folder / "store.db", 0
    async with open_store(f"sqlite:///{file}") as store:
        await Till(store, wallets=WALLETS, settings=settings).open()
    files = {}
    for size in SIZES:
        generator = Generator(file, so_far)
        generator.grow_to(size)
        generator.close()
        files[size], so_far = Path(shutil.copy(file, folder / f"{size}.db")), size
    return files


async def _measured(files: dict[int, Path]) -> dict[str, dict[int, list[float]]]:
    """Seconds for a read, or spends a second, by name and size, round by round."""
    took: dict[str, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    async with AsyncExitStack() as stack:
        tills = {}
        for size, file in files.items():
            store = await stack.enter_async_context(open_store(f"sqlite:///{file}"))
            tills[size] = Till(store, count(), wallets=WALLETS)
        for turn in range(ROUNDS + 1):
            for size, till in tills.items():
                found = {name: await read(till.store, turn) for name, read in READINGS.items()}
                found["spends by 1 caller"] = await till.rate(1, ALONE)
                found[f"spends by {MANY} callers"] = await till.rate(MANY, SPENDS)
                for name, value in found.items():
                    took[name][size] += [value] if turn else []  # the first round only warms up
    return took


def _timed(read: Callable[[Store, WalletId], Awaitable[object]]) -> Callable[[Store, int], Awaitable[float]]:
    async def timed(store: Store, turn: int) -> float:
        each = []
        for number in range(READS):
            wallet = WalletId((turn + number) * STRIDE % WALLETS + 1)
            start = perf_counter()
            await read(store, wallet)
            each.append(perf_counter() - start)
        return median(each)

    return timed


async def _page_back(store: Store, wallet: WalletId) -> object:
    """A page of history from the middle of a journal."""
    newest = (await store.ledger.holding(wallet)).entries
    return await store.ledger.history(wallet, max(newest // 2, 11), 10)


READINGS: Final = {
    "balance": _timed(lambda store, wallet: store.ledger.holding(wallet)),
    "newest page of history": _timed(lambda store, wallet: store.ledger.history(wallet, None, 10)),
    "page from the middle": _timed(_page_back),
    "what has expired": _timed(lambda store, _: store.ledger.lapsed(NOW, 100)),
}
