"""Somebody with five thousand proposals, in books of up to ten million entries of others."""

from __future__ import annotations

import asyncio
import shutil
from datetime import timedelta
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, Final, NamedTuple

from benchmarks.figure import Figure
from benchmarks.growth import SIZES, WALLETS, Generator
from benchmarks.till import BOOK, NOW, Till, event_loop
from core.books import Books
from core.ledger.model import Purpose
from core.ledger.requests import Request, Spend
from core.ledger.sightings import ProposalSighting, ProposalState
from core.proposals.model import Filter, Shown
from core.proposals.ports import Mark, Renewal
from core.proposals.service import Proposals
from core.shared.job_links import EPOCH_MS, SNOWFLAKE_SHIFT
from core.shared.money import Price
from core.wallets.people import Identity
from core.wallets.settings import Settings
from storage import open_store

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from core.shared.ids import WalletId
    from core.store import Store

BIDS: Final = 5_000
ASKED: Final = Filter(Shown.UNANSWERED, words="page landing")
FOUND: Final = 5
TITLES: Final = ("Landing page", "Logo for a bakery", "Telegram bot", "Second landing page", "Excel macro")
COSTS: Final = (2, 4, 6, 8, 8, 8, 10, 12, 16, 16, 23)
MINUTES: Final = (4, 11, 25, 50, 58, 90, 200, 340, 600, 1300, 2000, 9000, 40)
PRICES: Final = (299_999, 270_001, 285_003, 240_007, 299_993, 255_011)
BOUGHT: Final = 20_000
"""Connects for each of these prices."""
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
        self.store, self.wallet, self._books, self.clock = store, wallet, books, clock
        self.proposals, self._keys = Proposals(store, BOOK, clock), count()

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
    def request(self) -> Request:
        return Request(self.wallet, f"{self.clock.at.timestamp():.0f}:ann:{next(self._keys)}")

    async def live(self) -> None:
        """Bid, one hour after the other, with a boost now and then. Some clients reply."""
        for price in PRICES:
            await self._books.buy(self.request, BOUGHT, Price(price, price // 5, BOOK.currency))
        for number in range(BIDS):
            await self.bid(number)
            if number % REPLIED == 0:
                told = ProposalSighting(1, ProposalState.REPLIED, number=await self._books.newest(self.wallet))
                await self.proposals.tell(self.request, told)

    async def bid(self, number: int) -> None:
        """One more bid."""
        self.clock.at += timedelta(hours=1)
        title, job = f"{TITLES[number % len(TITLES)]} {number // 2}", self._job(number)
        boost = Spend(4 + number % 7 * 5, Purpose.BOOST, title, job)
        spends = [Spend(COSTS[number % len(COSTS)], memo=title, job=job), boost]
        await self._books.spend_all(self.request, spends if number % BOOSTED == 0 else spends[:1])

    def _job(self, number: int) -> str:
        """The id of a job, which says when it was posted."""
        posted = self.clock.at - timedelta(minutes=MINUTES[number % len(MINUTES)])
        return f"~02{round(posted.timestamp() * 1000) - EPOCH_MS << SNOWFLAKE_SHIFT | number % 2**SNOWFLAKE_SHIFT:019}"

    async def page(self) -> float:
        """Seconds for the first page of a list, by a state and a search, with its counts."""
        start = perf_counter()
        listed = await self.proposals.page(self.wallet, ASKED)
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


class Grown(NamedTuple):
    """A file of each size, the folder that is deleted with them at the end, and how long it took to make them."""

    files: Mapping[int, Path]
    folder: TemporaryDirectory[str]
    made: Figure


@cache
def grown() -> Grown:
    """The files, made when they are first asked for: it takes most of the time of all that is measured with them."""
    folder = TemporaryDirectory(prefix="bench-", dir=".")
    with asyncio.Runner(loop_factory=event_loop()) as runner:
        start = perf_counter()
        files = runner.run(_made(Path(folder.name)))
    return Grown(files, folder, Figure(f"proposals, {SIZES[-1]:,} entries made, s", perf_counter() - start))


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
