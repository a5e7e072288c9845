"""Lists of proposals: a wallet of five thousand, alone and among up to ten million entries of others."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
from collections import defaultdict
from contextlib import AsyncExitStack
from datetime import timedelta
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Final

from benchmarks.figure import QUICK, Figure, ratio
from benchmarks.growth import SIZES, WALLETS, Generator
from benchmarks.till import BOOK, NOW, Till, event_loop
from core.books import Books
from core.ledger.model import Purpose
from core.ledger.requests import Request, Spend
from core.ledger.sightings import ProposalSighting, ProposalState
from core.proposals.clusters import clustered
from core.proposals.deriving import derive
from core.proposals.model import Filter, Shown
from core.proposals.ports import Mark, Renewal
from core.proposals.refreshing import facts_of
from core.proposals.service import Proposals
from core.wallets.people import Identity
from core.wallets.settings import Settings
from storage import open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from core.shared.ids import WalletId
    from core.store import Store

BIDS: Final = 5_000
LIMIT: Final = 0.05
"""Within so many seconds a list is there."""
ROUNDS: Final = 5 if QUICK else 15
COLD: Final = 3 if QUICK else 7
ASKED: Final = Filter(Shown.UNANSWERED, words="page landing")
FOUND: Final = 5
TITLES: Final = ("Landing page", "Logo for a bakery", "Telegram bot", "Second landing page", "Excel macro")
BOOSTED, REPLIED = 3, 25
NEVER: Final = Mark(0, 0, 0)


class Now:
    """A clock that the benchmark moves."""

    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> datetime:
        return self.at


class Bidder:
    """Somebody who bids a lot."""

    def __init__(self, store: Store, wallet: WalletId, books: Books, clock: Now) -> None:
        self.store, self.wallet, self._books, self._clock = store, wallet, books, clock
        self._proposals, self._keys = Proposals(store, BOOK, clock), count()

    @classmethod
    async def of(cls, store: Store) -> Bidder:
        """The same one in each store."""
        clock = Now()
        books = Books(store, BOOK, clock)
        person = (await books.person(Identity("bench", "ann"), "Ann")).id
        opened = await books.open(person, Settings(), "open:ann", person)
        clock.at += timedelta(hours=await books.newest(opened.wallet.id))
        return cls(store, opened.wallet.id, books, clock)

    @property
    def _request(self) -> Request:
        return Request(self.wallet, f"{self._clock.at.timestamp():.0f}:ann:{next(self._keys)}")

    async def live(self) -> None:
        """Bid, one hour after the other, with a boost now and then. Some clients reply."""
        await self._books.buy(self._request, BOOK.purchase_limit)
        for number in range(BIDS):
            await self.bid(number)
            if number % REPLIED == 0:
                told = ProposalSighting(1, ProposalState.REPLIED, number=await self._books.newest(self.wallet))
                await self._proposals.tell(self._request, told)

    async def bid(self, number: int) -> None:
        """One more bid."""
        self._clock.at += timedelta(hours=1)
        title, job = f"{TITLES[number % len(TITLES)]} {number // 2}", f"~02{number:019}"
        spends = [Spend(8, memo=title, job=job), Spend(4, Purpose.BOOST, title, job)]
        await self._books.spend_all(self._request, spends if number % BOOSTED == 0 else spends[:1])

    async def page(self) -> float:
        """Seconds for the first page of a list, by a state and a search, with its counts."""
        start = perf_counter()
        listed = await self._proposals.page(self.wallet, ASKED)
        took = perf_counter() - start
        if len(listed.proposals) != FOUND:
            raise TypeError(listed)
        return took

    async def page_after_a_bid(self, number: int) -> float:
        """Seconds for it right after one more bid."""
        await self.bid(number)
        return await self.page()

    async def forget(self) -> None:
        """Drop all cards, as if another version had derived them."""
        age = await self.store.proposals.age(self.wallet)
        await self.store.proposals.renew(self.wallet, Renewal(age.mark, NEVER, None, ()))


def figures() -> Iterator[Figure]:
    """Each ratio compares the largest size with the smallest, as the median over rounds that took all sizes in turn.

    That of a whole wallet is timed by the processor, because it runs in a thread beside everything else.
    """
    with TemporaryDirectory(prefix="bench-", dir=".") as folder, asyncio.Runner(loop_factory=event_loop()) as runner:
        started = perf_counter()
        files = runner.run(_made(Path(folder)))
        yield Figure(f"proposals, {SIZES[-1]:,} entries made, s", perf_counter() - started)
        took = runner.run(_measured(files))
        took["first page of a process"] = {size: [_cold(file) for _ in range(COLD)] for size, file in files.items()}
        yield from runner.run(_whole(files[SIZES[0]]))
    for name, rounds in took.items():
        smallest, largest = rounds[SIZES[0]], rounds[SIZES[-1]]
        yield Figure(f"proposals, {name} of {BIDS:,}, ms", median(smallest) * 1000, LIMIT * 1000, at_most=True)
        yield Figure(f"proposals, {name}, among {SIZES[-1]:,}, ms", median(largest) * 1000, LIMIT * 1000, at_most=True)
        yield Figure(f"proposals, {name}, largest against smallest", ratio(largest, smallest), 2, at_most=True)


async def _made(folder: Path) -> dict[int, Path]:
    """A file of each size: the bidder's wallet comes first, then the journal of others grows, and is copied."""
    file = folder / "store.db"
    async with open_store(f"sqlite:///{file}") as store:
        await Till(store, wallets=WALLETS).open()
        bidder = await Bidder.of(store)
        await bidder.live()
        await bidder.page()
        made = (await store.ledger.holding(bidder.wallet)).entries
    files = {}
    for size in SIZES:
        generator = Generator(file, made)
        generator.grow_to(size)
        generator.close()
        files[size], made = Path(shutil.copy(file, folder / f"{size}.db")), max(size, made)
    return files


async def _measured(files: dict[int, Path]) -> dict[str, dict[int, list[float]]]:
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
