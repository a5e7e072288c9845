"""Durable spends a second on SQLite, by one caller and by many, beside a raw loop on the same disk."""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.figure import QUICK, Figure, ratio
from benchmarks.raw import RawLoop
from benchmarks.till import MANY, WALLETS, Till, event_loop
from storage import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

ROUNDS = 5 if QUICK else 15
ALONE = 200 if QUICK else 500
TOGETHER = 4_000 if QUICK else 8_000
WARM = 8_000
"""Spends before the first round, until both write-ahead logs have reached their final size."""


@dataclass
class Rounds:
    """Spends a second, round by round: raw, by one caller, by many. Then the seconds that each of many waited."""

    raw: list[float] = field(default_factory=list)
    alone: list[float] = field(default_factory=list)
    together: list[float] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)
    commit: float = 0.0


def figures() -> Iterator[Figure]:
    """Ratios are medians over rounds that ran in turn, so that all three had the same disk."""
    with TemporaryDirectory(prefix="bench-", dir=".") as folder, asyncio.Runner(loop_factory=event_loop()) as runner:
        rounds = runner.run(_rounds(Path(folder)))
    yield Figure("raw loop, spends/s", median(rounds.raw))
    yield Figure("1 caller, spends/s", median(rounds.alone))
    yield Figure(f"{MANY} callers, spends/s", median(rounds.together))
    yield Figure("1 caller against the raw loop", ratio(rounds.alone, rounds.raw), 0.7)
    yield Figure(f"{MANY} callers against the raw loop", ratio(rounds.together, rounds.raw), 5)
    yield Figure("disk's median commit, ms", rounds.commit * 1000)
    slowest = quantiles(rounds.waited, n=100)[98]
    yield Figure(f"p99 at {MANY} callers against a commit", slowest / rounds.commit, 40, at_most=True)


async def _rounds(folder: Path) -> Rounds:
    url = f"sqlite:///{folder / 'store.db'}"
    async with open_store(url) as store:
        await Till(store).open()
    shutil.copy(folder / "store.db", folder / "raw.db")
    loop, rounds = RawLoop(folder / "raw.db", WALLETS), Rounds()
    async with open_store(url) as store:
        till = Till(store)
        await till.rate(MANY, WARM)
        for _ in range(ROUNDS):
            rounds.raw.append(loop.rate(ALONE))
            rounds.alone.append(await till.rate(1, ALONE))
            till.took.clear()
            rounds.together.append(await till.rate(MANY, TOGETHER))
            rounds.waited += till.took
    rounds.commit = median(loop.commits)
    loop.close()
    return rounds
