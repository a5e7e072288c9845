"""A teller for the tests: books in one wallet of any store, by the program's own rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from core.alerts.catalogue import observe
from core.ledger import rulebook, rules
from core.ledger.earning import Award
from core.ledger.entry_builder import Intent
from core.ledger.model import Change, Receipt, Snapshot, Source
from core.ledger.ports import Key, Scope
from core.ledger.requests import Spend
from core.shared.money import Price
from core.verification import verify
from core.wallets.people import Identity
from core.wallets.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from core.shared.ids import PersonId, WalletId
    from core.shared.refusals import Refusal
    from core.store import Store
    from core.verification import Verdict
    from tests.clock import TestClock

    Rule = Callable[[Snapshot, Intent], Change | Refusal]

BOOK = rulebook.default()


@dataclass
class Teller:
    store: Store
    clock: TestClock
    wallet: WalletId
    person: PersonId
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    async def carry(
        self,
        rule: Rule,
        key: str | None = None,
        *,
        body: str = "asked",
        memo: str = "",
        entries: tuple[int, ...] = (),
        once_keys: tuple[str, ...] = (),
        recent: datetime | None = None,
    ) -> Receipt | Refusal:
        name = key or f"{self.wallet}:{next(self.numbers):06d}"
        intent = Intent(Key(name, body), self.clock.now(), self.person, memo)
        scope = Scope(self.wallet, entries, once_keys, recent)
        return await self.store.ledger.write(
            scope, intent.key, lambda before: observe(before, rule(before, intent), BOOK)
        )

    async def spend(
        self, connects: int, key: str | None = None, *, body: str = "asked", memo: str = "", job: str = ""
    ) -> Receipt | Refusal:
        def rule(before: Snapshot, intent: Intent) -> Change | Refusal:
            return rules.spend_all(before, intent, (Spend(connects, memo=memo, job=job),), BOOK)

        return await self.carry(rule, key, body=body)

    async def buy(self, connects: int, cents: int = 0, key: str | None = None) -> Receipt | Refusal:
        price = Price(cents or connects * 15, 7, "USD")
        return await self.carry(lambda before, intent: rules.buy(before, intent, connects, price, BOOK), key)

    async def reward(self, connects: int) -> Receipt | Refusal:
        return await self._earn(Source.REWARD, Award(connects))

    async def welcome(self) -> Receipt | Refusal:
        """Once for each person, in whatever wallet."""
        return await self._earn(Source.WELCOME, Award(10, f"welcome:{self.person}"))

    async def monthly(self) -> Receipt | Refusal:
        """Once in a month, unless it is undone."""
        return await self._earn(Source.MONTHLY, Award(10, self.month))

    @property
    def month(self) -> str:
        return f"monthly:{self.wallet}:{self.clock.now():%Y-%m}"

    async def _earn(self, source: Source, award: Award) -> Receipt | Refusal:
        return await self.carry(
            lambda before, intent: rules.grant(before, intent, source, award, BOOK),
            once_keys=(award.once_key,) if award.once_key else (),
        )

    async def give_back(self, number: int, connects: int | None = None) -> Receipt | Refusal:
        return await self.carry(
            lambda before, intent: rules.give_back(before, intent, number, connects, BOOK), entries=(number,)
        )

    async def undo(self, number: int) -> Receipt | Refusal:
        return await self.carry(lambda before, intent: rules.undo(before, intent, number, BOOK), entries=(number,))

    async def expire(self) -> Receipt | Refusal:
        return await self.carry(lambda before, intent: rules.expire(before, intent, BOOK))

    async def balance(self) -> int:
        return (await self.store.ledger.holding(self.wallet)).balance


async def open_teller(store: Store, clock: TestClock, name: str) -> Teller:
    person = await store.people.person(Identity("test", name), name.title())
    wallet = await store.people.open_wallet(person.id, Settings())
    return Teller(store, clock, wallet.id, person.id)


def booked(given: Receipt | Refusal) -> Receipt:
    """The receipt; a refusal fails the test and says which."""
    assert isinstance(given, Receipt), given
    return given


async def proven(store: Store) -> Verdict:
    """The verdict on the whole journal, which must find no fault."""
    async with store.read_journal() as audit:
        verdict = await verify(audit)
    assert verdict.fault is None, verdict.fault
    return verdict
