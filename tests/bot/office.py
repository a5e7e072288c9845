"""A sender with all that it works with: a store that can be unavailable, a platform that plays its part, a clock."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from typing import TYPE_CHECKING

from bot.delivery.carrier import PATIENCE
from bot.delivery.limits.rate_limit import rate_limiter_for
from bot.delivery.sender import Sender
from bot.dispatch.dialog import Dialog
from bot.views.notices import message
from core.delivery.notice import Notice
from core.ledger import rulebook
from core.shared.refusals import Outage, UnavailableError
from core.wallets.people import ChatRef, Identity
from core.wallets.settings import Settings
from storage.memory.notes import MemoryNotes
from storage.memory.outbox import MemoryOutbox
from storage.memory.store import MemoryStore
from tests.bot.carrier import FakeCarrier
from tests.clock import TestClock

if TYPE_CHECKING:
    from bot.delivery.sender import Render
    from core.delivery.notice import Delivery
    from core.delivery.outcome import Outcome
    from core.delivery.ports import Lease
    from core.delivery.state import State
    from core.shared.ids import WalletId


class Outbox(MemoryOutbox):
    """An outbox that is unavailable, or broken, for what a test names."""

    def __init__(self, store: MemoryStore) -> None:
        super().__init__(store.tables, store.subscriptions)
        self.away: set[str] = set()
        self.broken: set[str] = set()
        self.claims = 0

    def _reach(self, what: str) -> None:
        if what in self.away:
            raise UnavailableError(Outage.LOST)
        if what in self.broken:
            raise RuntimeError

    async def lease(
        self, platform: str, holder: str, now: datetime, until: datetime, *, idempotent: bool
    ) -> Lease | None:
        self._reach("lease")
        return await super().lease(platform, holder, now, until, idempotent=idempotent)

    async def claim(self, platform: str, epoch: int, now: datetime, limit: int) -> tuple[Delivery, ...]:
        self.claims += 1
        found = await super().claim(platform, epoch, now, limit)
        self._reach("claim")  # it is done, and its answer is lost
        return found

    async def settle(self, delivery: Delivery, epoch: int, outcome: Outcome, now: datetime) -> None:
        self._reach("settle")
        await super().settle(delivery, epoch, outcome, now)


class Notes(MemoryNotes):
    """Notes that can be unavailable. A full disk still lets everything be read."""

    away = False

    async def put_note(self, name: str, text: str, until: datetime | None) -> None:
        if self.away:
            raise UnavailableError(Outage.FULL)
        await super().put_note(name, text, until)


class Store(MemoryStore):
    """A store of which a part can fail."""

    def __init__(self) -> None:
        super().__init__()
        self.outbox: Outbox = Outbox(self)
        self.notes: Notes = Notes(self.tables)


@dataclass
class Office:
    """A sender with its store, its platform and its clock."""

    store: Store = field(default_factory=Store)
    clock: TestClock = field(default_factory=TestClock)
    carrier: FakeCarrier = field(default_factory=FakeCarrier)
    numbers: count[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.sender = self.another("one")

    def another(self, holder: str, patience: float = PATIENCE, render: Render | None = None) -> Sender:
        """The sender of one more process."""
        render = render or partial(message, dialog=Dialog(self.store.notes), rulebook=rulebook.default())
        limiter = rate_limiter_for(self.carrier.name)
        return Sender(
            self.store.outbox,
            self.carrier,
            self.clock,
            limiter=limiter,
            render=render,
            holder=holder,
            patience=patience,
        )

    async def person(self, name: str, zone: str = "UTC") -> WalletId:
        person = await self.store.people.person(Identity(self.carrier.name, name), name)
        return (await self.store.people.open_wallet(person.id, Settings(zone))).id

    async def group(self, name: str) -> WalletId:
        return (await self.store.people.open_wallet(ChatRef(self.carrier.name, name), Settings())).id

    async def notify(
        self, wallet: WalletId, *, code: str = "low", urgent: bool = False, once: bool = False, left: int = 3
    ) -> str:
        """Notify the holder of a wallet; gives the notice's key."""
        key = f"n{next(self.numbers)}"
        facts = {"connects": left, "threshold": 20}
        await self.store.outbox.notify(
            [Notice(key, code, facts, wallet, urgent=urgent, at_most_once=once)], self.clock.now()
        )
        return key

    async def turn(self, sender: Sender | None = None) -> datetime | None:
        """Make a step and wait until what it began is finished; gives when to look again."""
        sender = sender or self.sender
        due = await sender.step()
        await sender.finish()
        return due

    async def turns(self, seconds: float) -> None:
        """Make a step whenever one is due, for so long."""
        end = self.clock.now() + timedelta(seconds=seconds)
        while True:
            due = await self.turn()
            if due is None or due > end:
                break
            self.clock.at = max(due, self.clock.at)
        self.clock.at = end

    async def freeze(self) -> asyncio.Event:
        """Let the sender claim and send, and freeze it before the answers come; other senders are not affected.

        Setting the event lets the answers come.
        """
        running, frozen = self.carrier.open, asyncio.Event()
        self.carrier.open = frozen
        await self.sender.step()
        await asyncio.sleep(0)
        self.carrier.under_way.clear()
        self.carrier.open = running
        return frozen

    async def state(self, key: str) -> tuple[State, str]:
        ((_, state, why),) = await self.store.outbox.deliveries(key)
        return state, why
