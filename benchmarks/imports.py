"""Imports: how fast pages are read and booked, and how long everybody else waits meanwhile."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import date, datetime, timedelta
from itertools import count, cycle
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, Final

from benchmarks.figure import QUICK, Figure, ratio
from benchmarks.till import BOOK, NOW, event_loop
from bot.pages import read_file, read_text
from core.books import Books
from core.imports.model import Answers, Page, Row
from core.imports.planning import Asked, plan
from core.imports.service import Imports
from core.ledger.change_keys import own_key
from core.ledger.entry_builder import Intent
from core.ledger.ports import Key, Scope
from core.ledger.requests import Request, Spend
from core.ledger.seal import new_secret
from core.wallets.people import Identity
from core.wallets.settings import Settings
from storage import open_store
from tests.imports.accounts import account
from tests.imports.renderings import saved
from tests.imports.windows import window

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.ledger.model import Change
    from core.shared.ids import WalletId
    from core.store import Store

MANY: Final = 10_000
FEW: Final = 1_000
TOLD: Final = NOW.date()
ROUNDS: Final = 3 if QUICK else 7
BATCH: Final = 100
BEAT: Final = 0.001
A_DAY: Final = 14
JOBS: Final = 700
LIFE: Final = (
    ("Job cancelled", 16, True),
    ("Applied to job", -16, True),
    ("Applied to job", -16, True),
    ("Connects bid for boosted proposal.", -8, True),
    ("Applied to job", -16, True),
    ("Added extra Connects", 40, False),
    ("Availability Badge", -1, False),
)


class Now:
    """A clock at the till's time."""

    def now(self) -> datetime:
        return NOW


def figures() -> Iterator[Figure]:
    """Reading is timed alone; booking beside another wallet that spends all the time, and a heartbeat of the loop."""
    yield Figure(f"reading {MANY:,} rows of text, s", median(_reading(_text(MANY))), 0.3, at_most=True)
    yield Figure("reading a saved page against its parser alone", _saved_page(), 2, at_most=True)
    with TemporaryDirectory(prefix="bench-", dir=".") as folder:
        url = f"sqlite:///{Path(folder) / 'imports.db'}"
        with asyncio.Runner(loop_factory=event_loop()) as runner:
            yield from runner.run(_booking(url))


def rows(number: int) -> tuple[Row, ...]:
    """Rows of a busy account, newest first, whose balance never falls below nothing."""
    return tuple(
        Row(
            TOLD - timedelta(days=place // A_DAY), wording, connects, f"Job {place // A_DAY % JOBS}" if on_a_job else ""
        )
        for place, (wording, connects, on_a_job) in zip(range(number), cycle(LIFE), strict=False)
    )


def _title(place: int) -> str:
    return f"Job {place // A_DAY % JOBS}"


def _text(number: int) -> str:
    lines = ["Connects History", "My balance", "100 Connects", "Date\tAction\tConnects"]
    for row in rows(number):
        said = "Spent" if row.connects < 0 else "Added"
        lines += [f"{row.day:%B} {row.day.day}, {row.day.year}\t", row.wording, *([row.title] if row.title else [])]
        lines += [f"{row.connects:+}", f"{said} {abs(row.connects)} Connects"]
    return "\n".join(lines)


def _reading(text: str) -> list[float]:
    seconds: list[float] = []
    for _ in range(ROUNDS):
        start = perf_counter()
        read = read_text(text, TOLD)
        seconds.append(perf_counter() - start)
        _all_of(read, MANY)
    return seconds


def _all_of(read: object, number: int) -> None:
    if not isinstance(read, Page) or len(read.rows) < number // 2:
        raise TypeError(read)


def _saved_page() -> float:
    from lxml import etree

    lived = account(5, days=730)
    html = saved(window(lived, lived.last, days=1_000)).encode()
    reader, parser = [], []
    for _ in range(ROUNDS):
        start = perf_counter()
        etree.fromstring(html, etree.HTMLParser(encoding="utf-8"))
        parser.append(perf_counter() - start)
        start = perf_counter()
        read = read_file(html, date(2026, 1, 1))
        reader.append(perf_counter() - start)
        _all_of(read, FEW)
    return ratio(reader, parser)


async def _booking(url: str) -> list[Figure]:
    async with open_store(url) as store:
        bench = _Bench(store)
        beside = [await bench.beside(number) for number in (FEW, MANY)]
        batches = [await bench.spends_in_batches() for _ in range(ROUNDS)]
        imports = [await bench.rows_in_the_writer() for _ in range(ROUNDS)]
    (few, _, _), (many, stall, seconds) = beside
    return [
        Figure(f"booking {FEW:,} rows against spends in batches", ratio(imports, batches), 0.5),
        Figure(f"planning and booking {MANY:,} rows, s", seconds),
        Figure(f"longest stall of the loop beside {MANY:,} rows, ms", stall * 1000, 100, at_most=True),
        Figure(f"longest wait of another's spend beside {FEW:,} rows, ms", few * 1000, 100, at_most=True),
        Figure(f"longest wait of another's spend beside {MANY:,} rows, ms", many * 1000),
    ]


class _Bench:
    def __init__(self, store: Store) -> None:
        self.store = store
        self.books, self.imports = Books(store, BOOK, Now()), Imports(store, BOOK, Now())
        self.names = count(1)

    async def wallet(self) -> WalletId:
        name = f"w{next(self.names)}"
        person = (await self.books.person(Identity("bench", name), name)).id
        return (await self.books.open(person, Settings(), f"open:{name}", person)).wallet.id

    async def beside(self, number: int) -> tuple[float, float, float]:
        """The longest wait of another wallet's spend and the longest stall of the loop beside an import, which took."""
        page = Page(rows(number), copied=TOLD)
        wallet, other = await self.wallet(), await self.wallet()
        await self.books.buy(Request(other, f"buy:{other}"), BOOK.purchase_limit)
        waits: list[float] = []
        stalls: list[float] = []
        meanwhile = [asyncio.create_task(self._spend(other, waits)), asyncio.create_task(_beat(stalls))]
        await asyncio.sleep(0.1)
        waits.clear()
        stalls.clear()
        start = perf_counter()
        shown = await self.imports.preview(wallet, [page], Answers())
        await self.imports.book(Request(wallet, f"import:{wallet}"), [page], Answers(), shown.stamp)
        seconds = perf_counter() - start
        for task in meanwhile:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        return max(waits), max(stalls), seconds

    async def _spend(self, wallet: WalletId, waits: list[float]) -> None:
        for number in count():
            start = perf_counter()
            await self.books.spend(Request(wallet, f"spend:{wallet}:{number:09}"), 1)
            waits.append(perf_counter() - start)

    async def spends_in_batches(self) -> float:
        """Spends a second, booked a hundred at a time."""
        wallet = await self.wallet()
        await self.books.buy(Request(wallet, f"buy:{wallet}"), BOOK.purchase_limit)
        spends = [Spend(1, memo=f"Job {number}") for number in range(BATCH)]
        start = perf_counter()
        for number in range(FEW // BATCH):
            await self.books.spend_all(Request(wallet, f"batch:{wallet}:{number}"), spends)
        return FEW / (perf_counter() - start)

    async def rows_in_the_writer(self) -> float:
        """Rows a second that a planned import of a thousand takes in the writer."""
        wallet = await self.wallet()
        record = await self.store.ledger.record(wallet)
        intent = Intent(Key(own_key(f"import:{wallet}"), "0" * 16), NOW, secret=new_secret())
        change = plan(record, Asked([Page(rows(FEW), copied=TOLD)], Answers(), intent), BOOK).change
        if change is None:
            raise TypeError(change)
        planned: Change = change
        start = perf_counter()
        await self.store.ledger.write(Scope(wallet, imports=True), intent.key, lambda _before: planned)
        return FEW / (perf_counter() - start)


async def _beat(stalls: list[float]) -> None:
    """How much later than asked for the loop comes back."""
    while True:
        start = perf_counter()
        await asyncio.sleep(BEAT)
        stalls.append(perf_counter() - start - BEAT)
