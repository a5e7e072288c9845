"""Spends of teams with limits beside spends without: in batches, and in books of up to ten million entries."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from contextlib import AsyncExitStack
from dataclasses import replace
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from benchmarks.figure import QUICK, Figure, ratio
from benchmarks.growth import ALONE, SIZES, WALLETS, made
from benchmarks.growth import ROUNDS as GROWTH_ROUNDS
from benchmarks.growth import SPENDS as GROWTH_SPENDS
from benchmarks.till import MANY, THRESHOLD, Till, event_loop
from core.shared.ids import PersonId
from core.wallets.people import Identity
from core.wallets.settings import Settings
from core.wallets.team import Act, Limit, Period, TeamSettings
from storage import open_store
from tests.postgres import MissingError, running

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from core.store import Store

PEOPLE: Final = tuple(PersonId(number) for number in range(1, 7))
ROUNDS: Final = 25 if QUICK else 60
SPENDS: Final = 640
"""So few in a round that both are measured on the same machine, however busy it is."""
WARM: Final = 8_000
LARGE: Final = 10**9
"""The amount of each limit: no spend comes near it."""
LIMITS: Final = (
    Limit(1, LARGE, Period.WEEK),
    Limit(2, LARGE, Period.MONTH, currency="USD"),
    Limit(3, LARGE, Period.DAY, each=True, act=Act.BLOCK),
    Limit(4, LARGE, Period.WEEK, each=True, act=Act.BLOCK),
    Limit(5, LARGE, Period.MONTH, each=True, currency="USD"),
    Limit(6, LARGE, Period.WEEK, each=True, boosts=True),
    Limit(7, LARGE, Period.DAY, person=PEOPLE[0]),
    Limit(8, LARGE, Period.MONTH, person=PEOPLE[1], act=Act.BLOCK),
)
WITHOUT: Final = Settings("Europe/Berlin", threshold=THRESHOLD)
WITH: Final = Settings("Europe/Berlin", threshold=THRESHOLD, team=TeamSettings(limits=LIMITS))
SHARED: Final = {"a wallet for each": 64, "one wallet for all": 1}
"""How many wallets the spends of a batch are from."""


def figures() -> Iterator[Figure]:
    """Ratios are medians over rounds in which all took turns. No figures of PostgreSQL if it is not installed."""
    with TemporaryDirectory(prefix="bench-", dir=".") as folder, asyncio.Runner(loop_factory=event_loop()) as runner:
        urls = [f"sqlite:///{Path(folder) / name}.db" for name in ("without", "with")]
        yield from _compared("SQLite", runner.run(_batches(*urls)))
        try:
            with running({}) as server:
                yield from _compared("PostgreSQL", runner.run(_batches(server.make("without"), server.make("with"))))
        except MissingError:
            pass
        rounds = runner.run(_grown(Path(folder)))
    for name, rates in rounds.items():
        yield Figure(f"8 limits, {name}, at {SIZES[0]:,} entries, spends/s", median(rates[SIZES[0]]))
        largest = ratio(rates[SIZES[-1]], rates[SIZES[0]])
        yield Figure(f"8 limits, {name}, at {SIZES[-1]:,} entries, against that", largest, 0.75)


def _compared(engine: str, rounds: Mapping[str, tuple[list[float], list[float]]]) -> Iterator[Figure]:
    for name, (without, limited) in rounds.items():
        yield Figure(f"{engine}, {MANY} callers, {name}, no limits, spends/s", median(without))
        yield Figure(f"{engine}, {MANY} callers, {name}, 8 limits, against that", ratio(limited, without), 0.9)


async def _batches(*urls: str) -> dict[str, tuple[list[float], list[float]]]:
    """Spends a second in batches, round by round: without limits, and with."""
    took: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in SHARED}
    async with AsyncExitStack() as stack:
        pairs = []
        for url, settings in zip(urls, (WITHOUT, WITH), strict=True):
            store = await stack.enter_async_context(open_store(url))
            till = await _opened(store, settings, MANY)
            await till.rate(MANY, WARM)
            pairs.append({name: replace(till, wallets=wallets, took=[]) for name, wallets in SHARED.items()})
        for turn in range(ROUNDS):
            for name, rates in took.items():
                for place in (0, 1) if turn % 2 else (1, 0):
                    rates[place].append(await pairs[place][name].rate(MANY, SPENDS))
    return took


async def _opened(store: Store, settings: Settings, wallets: int) -> Till:
    for number in PEOPLE:
        await store.people.person(Identity("bench", f"{number}"), f"{number}")
    till = Till(store, count(), wallets, settings, people=PEOPLE)
    await till.open()
    return till


async def _grown(folder: Path) -> dict[str, dict[int, list[float]]]:
    """Spends a second with limits, by the number of callers and the size of the books, round by round."""
    took: dict[str, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    async with AsyncExitStack() as stack:
        tills = {}
        for size, file in (await made(folder, WITH)).items():
            store = await stack.enter_async_context(open_store(f"sqlite:///{file}"))
            tills[size] = Till(store, count(), WALLETS, WITH, people=PEOPLE)
        for turn in range(GROWTH_ROUNDS + 1):
            for size, till in tills.items():
                for callers, spends in ((1, ALONE), (MANY, GROWTH_SPENDS)):
                    rate = await till.rate(callers, spends)
                    took[f"{callers} callers" if callers > 1 else "1 caller"][size] += [rate] if turn else []
    return took
