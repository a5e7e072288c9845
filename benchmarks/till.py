"""Spends from the wallets of any store, by the program's own rules. Every benchmark of the ledger uses it."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks.raw import EACH
from core.alerts.catalogue import observe
from core.ledger import rulebook, rules
from core.ledger.entry_builder import Intent
from core.ledger.limits import within_limits
from core.ledger.model import Receipt, Snapshot
from core.ledger.ports import Key, Scope
from core.ledger.requests import Spend
from core.ledger.seal import new_secret
from core.shared.ids import WalletId
from core.shared.money import Price
from core.wallets.people import ChatRef
from core.wallets.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from core.ledger.model import Change
    from core.shared.ids import PersonId
    from core.shared.refusals import Refusal
    from core.store import Store

    Rule = Callable[[Snapshot, Intent], Change | Refusal]

BOOK = replace(rulebook.default(), purchase_limit=1_000_000)
NOW = datetime(2026, 1, 10, 9, 0, tzinfo=UTC)
WALLETS = 64
MANY = 64
THRESHOLD = 20
PLAIN = Settings(threshold=THRESHOLD)


@dataclass
class Till:
    """Spends from the first `wallets` of a store in turn. `took` holds the seconds that each caller waited.

    All wallets have the same settings. `people` take turns (None: nobody knows who it is).
    """

    store: Store
    numbers: Iterator[int] = field(default_factory=count)
    wallets: int = WALLETS
    settings: Settings = PLAIN
    people: tuple[PersonId | None, ...] = (None,)
    took: list[float] = field(default_factory=list)

    async def open(self) -> None:
        """Open the wallets, each with two lots and a threshold."""
        await asyncio.gather(*(self._open(number) for number in range(self.wallets)))

    async def _open(self, number: int) -> None:
        wallet = await self.store.people.open_wallet(ChatRef("bench", str(number)), self.settings)
        for lot in (1, 2):
            await self._book(wallet.id, f"buy:{number}:{lot}", _buy, None)

    async def spend(self) -> None:
        """Spend one Connect from the next wallet."""
        number = next(self.numbers)
        by = self.people[number % len(self.people)]
        await self._book(WalletId(number % self.wallets + 1), f"till:{number:012d}", _spend, by)

    async def _book(self, wallet: WalletId, key: str, rule: Rule, by: PersonId | None) -> None:
        intent = Intent(Key(key, "0" * 16), NOW, by, "Logo", new_secret())
        scope = Scope(wallet)
        given = await self.store.ledger.write(
            scope, intent.key, lambda before: observe(before, within_limits(rule(before, intent)), BOOK)
        )
        if not isinstance(given, Receipt):
            raise TypeError(given)

    async def rate(self, callers: int, spends: int) -> float:
        """Spends a second, by callers who each wait for one spend before the next."""
        start = perf_counter()
        await asyncio.gather(*(self._spend_often(spends // callers) for _ in range(callers)))
        return spends // callers * callers / (perf_counter() - start)

    async def _spend_often(self, times: int) -> None:
        for _ in range(times):
            start = perf_counter()
            await self.spend()
            self.took.append(perf_counter() - start)


def _buy(before: Snapshot, intent: Intent) -> Change | Refusal:
    return rules.buy(before, intent, BOOK.purchase_limit, Price(BOOK.purchase_limit * EACH, 0, "USD"), BOOK)


def _spend(before: Snapshot, intent: Intent) -> Change | Refusal:
    return rules.spend_all(before, intent, (Spend(1, memo=intent.memo),), BOOK)


def event_loop() -> Callable[[], asyncio.AbstractEventLoop]:
    """The event loop that the program runs on."""
    if sys.platform == "win32":
        return asyncio.new_event_loop
    import uvloop

    return uvloop.new_event_loop
