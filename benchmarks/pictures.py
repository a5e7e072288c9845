"""Pictures: what a drawing costs beside bare matplotlib, and what the chat notices of it."""

from __future__ import annotations

import asyncio
import gc
import os
from dataclasses import dataclass
from io import BytesIO
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Final

from benchmarks.figure import QUICK, Figure, ratio
from benchmarks.till import event_loop
from bot.base.logs import set_up
from bot.pictures.studio import WorkerStudio
from tests.bot.pictures.examples import balance, funnel, replies, spend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.pictures.model import BalanceChart, Chart

ROUNDS: Final = 3 if QUICK else 7
DRAWINGS: Final = 5 if QUICK else 20
TICKS: Final = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
PAGES_OF_A_MEGABYTE: Final = 256
BEAT: Final = 0.001
MILLISECONDS: Final = 1000
numbers: Final = count(1)


@dataclass
class Stalls:
    """The longest stall in milliseconds, and the longest in which this process itself was busy."""

    longest: float = 0.0
    own: float = 0.0


def figures() -> Iterator[Figure]:
    """Processor time is that of the process that draws and of this one together. Stalls are the loop's longest."""
    if not Path("/proc/self/statm").exists():
        return
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, asyncio.Runner(loop_factory=event_loop()) as runner:
        set_up("INFO", "console", stream=nowhere)  # writing a log line for each picture is part of the cost
        first, next_, before, after = runner.run(_life())
        yield Figure("first picture with the start of its process, s", first)
        yield Figure("next picture, s", next_)
        yield Figure("memory after pictures and the end of their process, MB more", after - before, 5, at_most=True)
        stalls = [runner.run(_stalls()) for _ in range(ROUNDS)]
        yield Figure("longest stall without a drawing, ms", median(alone.longest for alone, _ in stalls))
        more = median(beside.longest - alone.longest for alone, beside in stalls)
        yield Figure("longest stall beside drawings, ms more", more, 10, at_most=True)
        own = median(beside.own - alone.own for alone, beside in stalls)
        yield Figure("the same, as far as this process itself is busy, ms more", own, 10, at_most=True)
        ours = [runner.run(_processor_time()) for _ in range(ROUNDS)]
        bare = [_bare_time() for _ in range(ROUNDS)]
        yield Figure("bare matplotlib, ms of processor time", median(bare))
        yield Figure("a picture against bare matplotlib with the same data", ratio(ours, bare), 1.5, at_most=True)


def _other(chart: Chart) -> Chart:
    """The same chart under another title, which is not remembered."""
    return chart._replace(title=f"Balance {next(numbers)}")


def _long() -> BalanceChart:
    """Three years of a balance."""
    return balance(length=1095)


async def _life() -> tuple[float, float, float, float]:
    """Seconds to the first picture and to the next one; megabytes of this process before both and after their end."""
    studio = WorkerStudio()
    gc.collect()
    before, start = _megabytes(), perf_counter()
    await studio.draw(_other(_long()))
    first, start = perf_counter() - start, perf_counter()
    await studio.draw(_other(_long()))
    took = perf_counter() - start
    for chart in (funnel(), spend(), replies()):
        await studio.draw(_other(chart))
    await studio.close()
    gc.collect()
    return first, took, before, _megabytes()


async def _stalls() -> tuple[Stalls, Stalls]:
    """The loop's longest stalls for a while, without drawings and beside them."""
    studio = WorkerStudio()
    alone, beside = Stalls(), Stalls()
    start = perf_counter()
    beating = asyncio.create_task(_beat(beside))
    for _ in range(DRAWINGS):
        await studio.draw(_other(_long()))
    beating.cancel()
    took = perf_counter() - start
    await studio.close()
    beating = asyncio.create_task(_beat(alone))
    await asyncio.sleep(took)
    beating.cancel()
    return alone, beside


async def _beat(stalls: Stalls) -> None:
    """How much later than asked for the loop comes back; another program may have had the processor meanwhile."""
    while True:
        start, worked = perf_counter(), process_time()
        await asyncio.sleep(BEAT)
        late = (perf_counter() - start - BEAT) * MILLISECONDS
        stalls.longest = max(stalls.longest, late)
        stalls.own = max(stalls.own, min(late, (process_time() - worked) * MILLISECONDS))


async def _processor_time() -> float:
    """Milliseconds of processor time of a picture, there and here."""
    studio = WorkerStudio()
    await studio.draw(_other(_long()))
    there, here = _used(studio.pid or 0), process_time()
    for _ in range(DRAWINGS):
        await studio.draw(_other(_long()))
    used = _used(studio.pid or 0) - there + process_time() - here
    await studio.close()
    return used / DRAWINGS * MILLISECONDS


def _used(process: int) -> float:
    """Seconds of processor time of another process."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def _bare_time() -> float:
    """Milliseconds of processor time of what somebody draws of the same data with matplotlib's own axes."""
    chart = _long()
    _bare(chart)
    start = process_time()
    for _ in range(DRAWINGS):
        _bare(chart)
    return (process_time() - start) / DRAWINGS * MILLISECONDS


def _bare(chart: BalanceChart) -> bytes:
    from matplotlib.figure import Figure as Sheet

    sheet = Sheet(figsize=(10.8, 12), dpi=100)
    axes, strip = sheet.subplots(2, sharex=True, height_ratios=(5, 1))
    axes.set_title(chart.title)
    days, amounts = [level.day for level in chart.levels], [level.amount for level in chart.levels]
    axes.step(days, amounts, where="post")
    axes.fill_between(days, amounts, step="post", alpha=0.2)
    if chart.forecast is not None:
        ahead = chart.forecast.days
        axes.plot([day.day for day in ahead], [day.usual for day in ahead], linestyle="--")
        axes.fill_between([day.day for day in ahead], [day.low for day in ahead], [day.high for day in ahead])
    if chart.threshold is not None:
        axes.axhline(chart.threshold.amount)
    axes.axvline(chart.today)
    axes.grid(axis="y")
    strip.bar([one.day for one in chart.expiries], [one.amount for one in chart.expiries])
    file = BytesIO()
    sheet.savefig(file, format="png")
    return file.getvalue()


def _megabytes() -> float:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) / PAGES_OF_A_MEGABYTE
