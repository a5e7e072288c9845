"""The sweep books out what has expired in every wallet, even if some of them fail."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from typing_extensions import override

from core.ledger import rulebook, rules
from core.ledger.entry_builder import Intent
from core.ledger.ports import Key, Scope
from storage.memory.ledger import MemoryLedger
from storage.memory.store import MemoryStore
from tests.core.freelancer import OpenBooks, freelancer

if TYPE_CHECKING:
    from datetime import datetime

    from core.ledger.model import Receipt
    from core.ledger.ports import Decide
    from core.shared.ids import WalletId
    from core.shared.refusals import Refusal
    from tests.clock import TestClock


class BrokenForOne(MemoryLedger):
    """A ledger in which one wallet's expiry fails."""

    @override
    async def write(self, scope: Scope, key: Key, decide: Decide) -> Receipt | Refusal:
        if scope.wallet == 2 and ":expire:" in key.name:
            raise ValueError("a row cannot be read")
        return await super().write(scope, key, decide)


class SweptMeanwhile(MemoryLedger):
    """A ledger in which another process books the expiry between the query and the write."""

    @override
    async def lapsed(self, now: datetime, limit: int) -> tuple[WalletId, ...]:
        found = await super().lapsed(now, limit)
        for wallet in found:
            intent = Intent(Key(f"other:{wallet}", ""), now)
            expire = partial(rules.expire, intent=intent, rulebook=rulebook.default())
            await self.write(Scope(wallet), intent.key, expire)
        return found


def over(kind: type[MemoryLedger], clock: TestClock) -> OpenBooks:
    """Books on a memory store with this kind of ledger."""
    store = MemoryStore()
    store.ledger = kind(store.tables, store.outbox, store.promotions)
    return OpenBooks(store, rulebook.default(), clock)


async def test_a_broken_wallet_does_not_stop_the_others(clock: TestClock) -> None:
    books = over(BrokenForOne, clock)
    people = [await freelancer(books, clock, name) for name in ("ann", "bob", "eve")]
    clock.pass_(days=366)
    with pytest.raises(ExceptionGroup) as broken:
        await books.sweep()
    assert [error.__notes__ for error in broken.value.exceptions] == [["wallet 2"]]
    assert [len(await who.journal()) for who in people] == [2, 1, 2]


async def test_what_another_process_swept_is_not_counted(clock: TestClock) -> None:
    books = over(SweptMeanwhile, clock)
    ann = await freelancer(books, clock)
    clock.pass_(days=366)
    assert await books.sweep() == 0
    assert len(await ann.journal()) == 2
