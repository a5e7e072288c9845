"""Lists of proposals: a wallet of five thousand, alone and among up to ten million entries of others."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections import defaultdict
from contextlib import AsyncExitStack
from statistics import median
from time import process_time
from typing import TYPE_CHECKING, Final

from benchmarks.bidder import BIDS, Bidder, grown
from benchmarks.figure import QUICK, Figure, ratio
from benchmarks.growth import SIZES
from benchmarks.till import event_loop
from core.proposals.clusters import clustered
from core.proposals.deriving import derive
from core.proposals.refreshing import facts_of
from storage import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

LIMIT: Final = 0.05
"""Within so many seconds a list is there."""
ROUNDS: Final = 5 if QUICK else 15
COLD: Final = 3 if QUICK else 7


def figures() -> Iterator[Figure]:
    """Each ratio compares the largest size with the smallest, as the median over rounds that took all sizes in turn.

    That of a whole wallet is timed by the processor, because it runs in a thread beside everything else.
    """
    files = grown().files
    yield grown().made
    with asyncio.Runner(loop_factory=event_loop()) as runner:
        took = runner.run(_measured(files))
        took["first page of a process"] = {size: [_cold(file) for _ in range(COLD)] for size, file in files.items()}
        yield from runner.run(_whole(files[SIZES[0]]))
    for name, rounds in took.items():
        smallest, largest = rounds[SIZES[0]], rounds[SIZES[-1]]
        yield Figure(f"proposals, {name} of {BIDS:,}, ms", median(smallest) * 1000, LIMIT * 1000, at_most=True)
        yield Figure(f"proposals, {name}, among {SIZES[-1]:,}, ms", median(largest) * 1000, LIMIT * 1000, at_most=True)
        yield Figure(f"proposals, {name}, largest against smallest", ratio(largest, smallest), 2, at_most=True)


async def _measured(files: Mapping[int, Path]) -> dict[str, dict[int, list[float]]]:
    """Seconds by name and size, round by round."""
    took: dict[str, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    async with AsyncExitStack() as stack:
        bidders = {
            size: await Bidder.of(await stack.enter_async_context(open_store(f"sqlite:///{file}")))
            for size, file in files.items()
        }
        for turn in range(ROUNDS + 1):
            for size, bidder in bidders.items():
                seconds = {"page": await bidder.page(), "page after a bid": await bidder.page_after_a_bid(BIDS + turn)}
                for name, value in seconds.items():
                    took[name][size] += [value] if turn else []  # the first round only warms up
    return dict(took)


def _cold(file: Path) -> float:
    command = [sys.executable, "-c", f"from benchmarks.proposals import cold; cold({str(file)!r})"]
    return float(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


def cold(file: str) -> None:
    """Print the seconds for the first page that a process reads, once the store is open."""

    async def read() -> None:
        async with open_store(f"sqlite:///{file}") as store:
            print(await (await Bidder.of(store)).page())

    with asyncio.Runner(loop_factory=event_loop()) as runner:
        runner.run(read())


async def _whole(file: Path) -> list[Figure]:
    """What it takes to derive all cards, by themselves and with reading and storing."""
    async with open_store(f"sqlite:///{file}") as store:
        bidder = await Bidder.of(store)
        facts = facts_of(await store.ledger.record(bidder.wallet))
        derived, stored = [], []
        for _ in range(3):
            start = process_time()
            clustered(facts, derive(facts))
            derived.append(process_time() - start)
            await bidder.forget()
            start = process_time()
            await bidder.page()
            stored.append(process_time() - start)
    return [
        Figure(f"proposals, deriving {BIDS:,}, s of processor", median(derived)),
        Figure(f"proposals, reading all, deriving and storing {BIDS:,}, s of processor", median(stored)),
    ]
