"""Durable spends in a second, by one caller and by many, beside a raw loop on the same disk at the same time."""

from __future__ import annotations

import asyncio
import shutil
import sys
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks.figure import QUICK, Figure, ratio
from benchmarks.raw import EACH, RawLoop
from core import rulebook, rules
from core.model import Price, Purpose, Receipt, Snapshot, WalletId
from core.page import Wish
from core.people import ChatRef, Settings
from core.ports import Key, Scope
from storage import open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from core.errors import Refusal
    from core.model import Change
    from core.ports import Store

    Rule = Callable[[Snapshot, Wish], Change | Refusal]

BOOK = replace(rulebook.default(), purchase_limit=1_000_000)
NOW = datetime(2026, 1, 10, 9, 0, tzinfo=UTC)
WALLETS = 64
MANY = 64
ROUNDS = 3 if QUICK else 15
ALONE = 200 if QUICK else 500
TOGETHER = 2_000 if QUICK else 8_000


@dataclass
class Till:
    """Spends from the wallets of one store in turn, by the rule that the program uses."""

    store: Store
    numbers: Iterator[int] = field(default_factory=count)

    async def open(self) -> None:
        for number in range(WALLETS):
            wallet = await self.store.open_wallet(ChatRef("bench", str(number)), Settings())
            for lot in (1, 2):
                await self._book(wallet.id, f"buy:{number}:{lot}", _buy)

    async def spend(self) -> None:
        number = next(self.numbers)
        await self._book(WalletId(number % WALLETS + 1), f"till:{number:012d}", _spend)

    async def _book(self, wallet: WalletId, key: str, rule: Rule) -> None:
        wish = Wish(Key(key, "0" * 16), NOW, memo="Logo")
        given = await self.store.write(Scope(wallet), wish.key, lambda before: rule(before, wish))
        if not isinstance(given, Receipt):
            raise TypeError(given)

    async def rate(self, callers: int, spends: int) -> float:
        """Spends in a second, by callers who each wait for their own before the next."""
        start = perf_counter()
        await asyncio.gather(*(self._spend_often(spends // callers) for _ in range(callers)))
        return spends // callers * callers / (perf_counter() - start)

    async def _spend_often(self, times: int) -> None:
        for _ in range(times):
            await self.spend()


def _buy(before: Snapshot, wish: Wish) -> Change | Refusal:
    return rules.buy(before, wish, BOOK.purchase_limit, Price(BOOK.purchase_limit * EACH, 0, "USD"), BOOK)


def _spend(before: Snapshot, wish: Wish) -> Change | Refusal:
    return rules.spend(before, wish, 1, Purpose.PROPOSAL, BOOK)


def figures() -> Iterator[Figure]:
    """Ratios are the middle of rounds that ran in turn, so that all three saw the same disk."""
    with TemporaryDirectory(prefix="bench-", dir=".") as folder, asyncio.Runner(loop_factory=event_loop()) as runner:
        raw, alone, together = runner.run(_rounds(Path(folder)))
    yield Figure("raw loop, spends/s", median(raw))
    yield Figure("1 caller, spends/s", median(alone))
    yield Figure(f"{MANY} callers, spends/s", median(together))
    yield Figure("1 caller against the raw loop", ratio(alone, raw), 0.7)
    yield Figure(f"{MANY} callers against the raw loop", ratio(together, raw), 5)


def event_loop() -> Callable[[], asyncio.AbstractEventLoop]:
    """The event loop that the program runs on."""
    if sys.platform == "win32":
        return asyncio.new_event_loop
    import uvloop

    return uvloop.new_event_loop


async def _rounds(folder: Path) -> tuple[list[float], list[float], list[float]]:
    url = f"sqlite:///{folder / 'store.db'}"
    async with open_store(url) as store:
        await Till(store).open()
    shutil.copy(folder / "store.db", folder / "raw.db")
    loop = RawLoop(folder / "raw.db", WALLETS)
    raw, alone, together = [], [], []
    async with open_store(url) as store:
        till = Till(store)
        for _ in range(ROUNDS):
            raw.append(loop.rate(ALONE))
            alone.append(await till.rate(1, ALONE))
            together.append(await till.rate(MANY, TOGETHER))
    loop.close()
    return raw, alone, together
