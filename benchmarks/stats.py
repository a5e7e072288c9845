"""The statistics of five thousand proposals, and what moved: alone and among up to ten million entries of others."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Final

from benchmarks.bidder import BIDS, Bidder, grown
from benchmarks.figure import QUICK, Figure, ratio
from benchmarks.growth import SIZES
from benchmarks.till import BOOK, NOW, event_loop
from core.ledger.model import Change
from core.ledger.ports import Key, Scope
from core.ledger.seal import new_secret, sealed_batch
from core.ledger.sightings import Batch, BatchKind, ProposalSighting, ProposalState
from core.shared.calendar import DAY
from core.stats.model import Facet, Selection
from core.stats.service import Stats
from storage import open_store

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Mapping
    from pathlib import Path

    from core.ledger.model import Snapshot

LIMIT: Final = 0.05
"""Within so many seconds the statistics are there."""
ROUNDS: Final = 5 if QUICK else 15
DAYS: Final = 3 * 365
PROFILES: Final = ("General", "Web design", "Data")
TAGS: Final = ((), ("design",), ("design", "logo"), ("bot",), ("bot", "telegram"), ("excel",))
BECAME: Final = (
    *(ProposalState.SENT,) * 11,
    *(ProposalState.VIEWED,) * 3,
    ProposalState.REPLIED,
    ProposalState.INTERVIEW,
    ProposalState.HIRED,
    *(ProposalState.DECLINED,) * 2,
    *(ProposalState.ARCHIVED,) * 4,
)
"""What becomes of proposals, one after the other."""


@dataclass
class Reader:
    """Somebody who asks for the statistics of many proposals, of which a page and their own words say a lot."""

    bidder: Bidder

    @classmethod
    async def of(cls, file: Path, stack: AsyncExitStack) -> Reader:
        """The bidder of a file. What is known of the proposals is booked there."""
        reader = cls(await Bidder.of(await stack.enter_async_context(open_store(f"sqlite:///{file}"))))
        cards = await reader.bidder.proposals.every(reader.bidder.wallet)
        numbers = sorted(int(card.ref) for card in cards)
        await reader._book(BatchKind.PROPOSALS, (_seen(line, number) for line, number in enumerate(numbers, 1)))
        await reader._book(BatchKind.TOLD, (_tagged(line, number) for line, number in enumerate(numbers, 1)))
        return reader

    async def _book(self, kind: BatchKind, lines: Iterator[ProposalSighting]) -> None:
        request, at = self.bidder.request, self.bidder.clock.now()

        def decide(before: Snapshot) -> Change:
            batch = Batch(before.wallet, (before.imports or 0) + 1, at, request.key, salt=new_secret(), kind=kind)
            sealed = sealed_batch(before.import_seal, batch._replace(proposals=tuple(lines)))
            return Change((), (), low=before.low, budget=before.budget, batch=sealed)

        await self.bidder.store.ledger.write(Scope(self.bidder.wallet, imports=True), Key(request.key, "asked"), decide)

    async def statistics(self, *, by: Facet | None = None, days: int | None = None) -> None:
        """Ask for them, of all time or of the last days."""
        today = self.bidder.clock.now().date()
        span = None if days is None else (today - days * DAY, today)
        found = await Stats(self.bidder.store, BOOK, self.bidder.clock).statistics(
            self.bidder.wallet, span, Selection(facet=by)
        )
        if days is None and found.every < BIDS:
            raise TypeError(found)

    async def cards(self) -> None:
        """Read what figures need of all proposals."""
        await self.bidder.store.proposals.groups(self.bidder.wallet, (NOW, self.bidder.clock.now()))

    async def flows(self, spans: int) -> None:
        """Read what moved in so many spans of three years."""
        whole = timedelta(days=DAYS)
        edges = [NOW + whole * number / spans for number in range(spans + 1)]
        await self.bidder.store.ledger.flows(self.bidder.wallet, edges)


def _seen(line: int, number: int) -> ProposalSighting:
    state, profile = BECAME[line % len(BECAME)], PROFILES[line % len(PROFILES)]
    return ProposalSighting(line, state, number=number, profile=profile)


def _tagged(line: int, number: int) -> ProposalSighting:
    return ProposalSighting(line, ProposalState.SENT, number=number, tags=TAGS[line % len(TAGS)])


ASKED: Final[Mapping[str, Callable[[Reader], Awaitable[None]]]] = {
    f"statistics of {BIDS:,} after one more bid": Reader.statistics,
    f"statistics of {BIDS:,}": Reader.statistics,
    f"statistics of {BIDS:,} by tag": partial(Reader.statistics, by=Facet.TAG),
    "statistics of the last 90 days": partial(Reader.statistics, days=90),
    f"cards of {BIDS:,} for figures": Reader.cards,
    "what moved in three years": partial(Reader.flows, spans=1),
    f"what moved on each of their {DAYS:,} days": partial(Reader.flows, spans=DAYS),
}
"""What is asked for in each round, which begins with one more bid."""


def figures() -> Iterator[Figure]:
    """Each ratio compares the largest size with the smallest, as the median over rounds that took all sizes in turn."""
    files = grown().files
    with asyncio.Runner(loop_factory=event_loop()) as runner:
        took, busy = runner.run(_measured(files))
    for name, rounds in took.items():
        smallest, largest = rounds[SIZES[0]], rounds[SIZES[-1]]
        yield Figure(f"stats, {name}, ms", median(smallest) * 1000, LIMIT * 1000, at_most=True)
        yield Figure(f"stats, {name}, ms of processor", median(busy[name]) * 1000)
        yield Figure(f"stats, {name}, among {SIZES[-1]:,}, against the limit", median(largest) / LIMIT, 1, at_most=True)
        yield Figure(f"stats, {name}, largest against smallest", ratio(largest, smallest), 2, at_most=True)


async def _measured(files: Mapping[int, Path]) -> tuple[dict[str, dict[int, list[float]]], dict[str, list[float]]]:
    """Seconds by name and size, round by round; and seconds of the processor by name, of all sizes."""
    took: dict[str, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    busy: dict[str, list[float]] = defaultdict(list)
    async with AsyncExitStack() as stack:
        readers = {size: await Reader.of(file, stack) for size, file in files.items()}
        for turn in range(ROUNDS + 1):
            for size, reader in readers.items():
                await reader.bidder.bid(BIDS + turn)
                for name, ask in ASKED.items():
                    start, began = perf_counter(), process_time()
                    await ask(reader)
                    if turn:  # the first round only warms up
                        took[name][size].append(perf_counter() - start)
                        busy[name].append(process_time() - began)
    return took, busy
