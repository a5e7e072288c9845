"""A process that sends, and notices for it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from core.delivery.notice import Notice, Target

if TYPE_CHECKING:
    from core.delivery.notice import Delivery
    from core.delivery.outcome import Outcome
    from core.delivery.state import State
    from core.shared.ids import WalletId
    from core.store import Store
    from tests.clock import TestClock
    from tests.storage.teller import Teller

HERE = "test"
SPAN = timedelta(seconds=15)
ANN = Target(HERE, "ann", direct=True)


def about(wallet: WalletId, key: str = "n1", *, urgent: bool = False, once: bool = False) -> Notice:
    return Notice(key, "low", {"connects": 3, "threshold": 20}, wallet, urgent=urgent, at_most_once=once)


class Sender:
    """A process that sends."""

    def __init__(self, store: Store, clock: TestClock, name: str = "one", *, idempotent: bool = False) -> None:
        self.store, self.clock, self.name, self.idempotent, self.epoch = store, clock, name, idempotent, 0

    async def lease(self) -> bool:
        now = self.clock.now()
        lease = await self.store.outbox.lease(HERE, self.name, now, now + SPAN, idempotent=self.idempotent)
        self.epoch = self.epoch if lease is None else lease.epoch
        return lease is not None

    async def claim(self, limit: int = 10) -> tuple[Delivery, ...]:
        return await self.store.outbox.claim(HERE, self.epoch, self.clock.now(), limit)

    async def settle(self, delivery: Delivery, outcome: Outcome) -> None:
        await self.store.outbox.settle(delivery, self.epoch, outcome, self.clock.now())


async def state(teller: Teller, key: str = "n1") -> tuple[State, str]:
    ((_, state, why),) = await teller.store.outbox.deliveries(key)
    return state, why
