"""Imports: how fast pages are read and booked, and how long everybody else waits meanwhile."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count, cycle
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Final, TypeVar

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
from storage import open_store, upgrade
from tests.imports.accounts import account
from tests.imports.renderings import saved
from tests.imports.windows import window
from tests.postgres import MissingError, running

if TYPE_CHECKING:
    from collections.abc import Awaitable, Iterator

    from core.ledger.model import Change
    from core.shared.ids import WalletId
    from core.store import Store

MANY: Final = 10_000
FEW: Final = 1_000
READING: Final = 0.3
LIMIT: Final = 0.1
DENSE: Final = Path(__file__).parents[1] / "tests/imports/samples/freelancer-1/page.html"
TOLD: Final = NOW.date()
ROUNDS: Final = 3 if QUICK else 7
BATCH: Final = 100
BEAT: Final = 0.001
T = TypeVar("T")
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
    """Reading is timed alone; booking beside another wallet that spends all the time, and a heartbeat of the loop.

    What runs in one thread is timed by the processor, so that nothing else on the machine counts.
    """
    read = median(_reading(_text(MANY))) / READING
    yield Figure(f"reading {MANY:,} rows of text against {READING} s", read, 1, at_most=True)
    for name, html in (("a saved page", _long_page()), ("a short and dense saved page", DENSE.read_bytes())):
        yield Figure(f"reading {name} against its parser and cells alone", _saved_page(html), 2, at_most=True)
    with TemporaryDirectory(prefix="bench-", dir=".") as folder, asyncio.Runner(loop_factory=event_loop()) as runner:
        yield from runner.run(_booking("SQLite", f"sqlite:///{Path(folder) / 'imports.db'}"))
    with suppress(MissingError), running({}) as server, asyncio.Runner(loop_factory=event_loop()) as runner:
        upgrade(server.make("ours"))
        yield from runner.run(_booking("PostgreSQL", server.url("ours")))


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
        start = process_time()
        read = read_text(text, TOLD)
        seconds.append(process_time() - start)
        _all_of(read, MANY // 2)
    return seconds


def _all_of(read: object, number: int) -> None:
    if not isinstance(read, Page) or len(read.rows) < number:
        raise TypeError(read)


def _long_page() -> bytes:
    lived = account(5, days=730)
    return saved(window(lived, lived.last, days=1_000)).encode()


def _saved_page(html: bytes) -> float:
    reader, parser = [], []
    for _ in range(ROUNDS * 3):
        start = process_time()
        cells = _cells(html)
        parser.append(process_time() - start)
        start = process_time()
        read = read_file(html, TOLD)
        reader.append(process_time() - start)
        _all_of(read, len(cells))
    return ratio(reader, parser)


def _cells(html: bytes) -> list[list[str]]:
    """What the cells of the same rows say, by the parser's own means."""
    from lxml import etree

    page = etree.fromstring(html, etree.HTMLParser(encoding="utf-8"))
    rows = page.iterfind(".//table[@id='connects-history-table']/tbody/tr")
    return [[" ".join(cell.itertext()) for cell in row.iterfind("td")] for row in rows]


async def _booking(database: str, url: str) -> list[Figure]:
    async with open_store(url) as store:
        bench = _Bench(store)
        few, many = [await bench.beside(number) for number in (FEW, MANY)]
        batches, imports = [], []
        for _ in range(ROUNDS):
            batches.append(await bench.spends_in_batches())
            imports.append(FEW / await bench.in_the_writer(FEW))
        alone = await bench.in_the_writer(MANY)
    return [
        Figure(f"{database}, booking {FEW:,} rows against spends in batches", ratio(imports, batches), 0.5),
        *(Figure(f"{database}, {MANY:,} rows, {name}, s of processor", took) for name, took in many.took.items()),
        _limited(f"{database}, longest stall of the loop beside {MANY:,} rows", many.stall),
        _limited(f"{database}, longest wait of another's spend beside {FEW:,} rows", few.wait),
        Figure(f"{database}, that wait beside {MANY:,} rows against their one transaction", many.wait / alone),
    ]


def _limited(name: str, seconds: float) -> Figure:
    return Figure(f"{name} against {LIMIT * 1000:.0f} ms", seconds / LIMIT, 1, at_most=True)


@dataclass(slots=True)
class Beside:
    """What an import took, and how long others waited meanwhile: another wallet's spend, and the loop, in seconds.

    The loop waits for the processor time that the program itself takes, and no longer than it really did: whatever else
    the machine has to do does not count.
    """

    took: dict[str, float] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    stalls: list[float] = field(default_factory=list)

    @property
    def wait(self) -> float:
        return max(self.waits)

    @property
    def stall(self) -> float:
        return max(self.stalls)

    async def phase(self, name: str, step: Awaitable[T]) -> T:
        start = process_time()
        result = await step
        self.took[name] = process_time() - start
        return result


class _Bench:
    def __init__(self, store: Store) -> None:
        self.store = store
        self.books, self.imports = Books(store, BOOK, Now()), Imports(store, BOOK, Now())
        self.names = count(1)

    async def wallet(self) -> WalletId:
        name = f"w{next(self.names)}"
        person = (await self.books.person(Identity("bench", name), name)).id
        return (await self.books.open(person, Settings(), f"open:{name}", person)).wallet.id

    async def beside(self, number: int) -> Beside:
        """Read, preview, book and undo so many rows, while another wallet spends all the time."""
        text, wallet, other = _text(number), await self.wallet(), await self.wallet()
        await self.books.buy(Request(other, f"buy:{other}"), BOOK.purchase_limit)
        beside = Beside()
        meanwhile = [asyncio.create_task(self._spend(other, beside.waits)), asyncio.create_task(_beat(beside.stalls))]
        await asyncio.sleep(0.1)
        beside.waits.clear()
        beside.stalls.clear()
        await self._live(beside, wallet, text)
        for task in meanwhile:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        return beside

    async def _live(self, beside: Beside, wallet: WalletId, text: str) -> None:
        page = await beside.phase("read", asyncio.to_thread(read_text, text, TOLD))
        if not isinstance(page, Page):
            raise TypeError(page)
        shown = await beside.phase("previewed", self.imports.preview(wallet, [page], Answers()))
        booking = self.imports.book(Request(wallet, f"import:{wallet}"), [page], Answers(), shown.stamp)
        await beside.phase("booked", booking)
        await beside.phase("undone", self.imports.undo(Request(wallet, f"undo:{wallet}")))

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

    async def in_the_writer(self, number: int) -> float:
        """Seconds that a planned import of so many rows takes in the writer."""
        wallet = await self.wallet()
        record = await self.store.ledger.record(wallet)
        intent = Intent(Key(own_key(f"import:{wallet}"), "0" * 16), NOW, secret=new_secret())
        change = plan(record, Asked([Page(rows(number), copied=TOLD)], Answers(), intent), BOOK).change
        if change is None:
            raise TypeError(change)
        planned: Change = change
        start = perf_counter()
        await self.store.ledger.write(Scope(wallet, imports=True), intent.key, lambda _before: planned)
        return perf_counter() - start


async def _beat(stalls: list[float]) -> None:
    """How much later than asked for the loop comes back."""
    while True:
        start, worked = perf_counter(), process_time()
        await asyncio.sleep(BEAT)
        stalls.append(min(perf_counter() - start - BEAT, process_time() - worked))
