"""A freelancer in the tests: makes requests on one wallet, each under a new key, and gets refusals as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from core.books import Books
from core.ledger.model import Purpose, Receipt, Source
from core.ledger.requests import Request, Spend
from core.shared.money import CostState, Price
from core.shared.refusals import Refusal, RefusedError
from core.wallets.people import Identity
from core.wallets.settings import Plan, Settings

if TYPE_CHECKING:
    from collections.abc import Awaitable, Iterator, Mapping, Sequence

    from core.ledger.model import Entry, Lot
    from core.ledger.rulebook import Rulebook
    from core.shared.ids import PersonId, WalletId
    from core.shared.ports import Clock
    from core.store import Store
    from tests.clock import TestClock


def dollars(cents: int, tax: int = 0) -> Price:
    return Price(cents, tax, "USD")


async def outcome(deed: Awaitable[Receipt]) -> Receipt | Refusal:
    try:
        return await deed
    except RefusedError as refused:
        return refused.refusal


class OpenBooks(Books):
    """Books with the whole store in which they are kept."""

    def __init__(self, store: Store, rulebook: Rulebook, clock: Clock) -> None:
        super().__init__(store, rulebook, clock)
        self.store = store


@dataclass
class Freelancer:
    books: OpenBooks
    clock: TestClock
    wallet: WalletId
    person: PersonId
    keys: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def new_request(self) -> Request:
        """A request under a key that has not been used yet."""
        return Request(
            self.wallet, f"{int(self.clock.at.timestamp()):010d}:test:{self.wallet}:{next(self.keys)}", self.person
        )

    async def spend(self, connects: int, memo: str = "", purpose: Purpose = Purpose.PROPOSAL) -> Receipt | Refusal:
        return await outcome(self.books.spend(self.new_request, connects, purpose, memo))

    async def spend_all(self, connects: Sequence[int]) -> Receipt | Refusal:
        return await outcome(self.books.spend_all(self.new_request, [Spend(one) for one in connects]))

    async def buy(self, connects: int, price: Price | None = None) -> Receipt | Refusal:
        return await outcome(self.books.buy(self.new_request, connects, price))

    async def earn(
        self, source: Source, name: str = "", *, stars: int | None = None, connects: int | None = None
    ) -> Receipt | Refusal:
        return await outcome(
            self.books.earn(self.new_request, source, plan=Plan.PLUS, name=name, stars=stars, connects=connects)
        )

    async def give_back(self, number: int, connects: int | None = None) -> Receipt | Refusal:
        return await outcome(self.books.give_back(self.new_request, number, connects))

    async def give_back_all(self, numbers: Sequence[int]) -> Receipt | Refusal:
        return await outcome(self.books.give_back_all(self.new_request, numbers))

    async def undo(self, number: int | None = None) -> Receipt | Refusal:
        return await outcome(self.books.undo(self.new_request, number))

    async def adjust(self, delta: int) -> Receipt | Refusal:
        return await outcome(self.books.adjust(self.new_request, delta))

    async def opening(self, connects: int, cost: Price | CostState = CostState.FREE) -> Receipt | Refusal:
        return await outcome(self.books.opening(self.new_request, connects, cost))

    async def value(self, cost: Price | CostState, connects: int | None = None) -> Receipt | Refusal:
        return await outcome(self.books.value(self.new_request, connects, cost))

    async def amend(self, prices: Mapping[int, Price]) -> Receipt | Refusal:
        return await outcome(self.books.amend(self.new_request, prices))

    async def price(self, connects: int, cost: Price | CostState) -> Receipt | Refusal:
        return await outcome(self.books.price(self.new_request, connects, cost))

    async def available(self) -> int:
        return (await self.books.balance(self.wallet)).available

    async def lots(self) -> tuple[Lot, ...]:
        return (await self.books.balance(self.wallet)).lots

    async def journal(self) -> tuple[Entry, ...]:
        return await self.books.journal(self.wallet)


async def freelancer(books: OpenBooks, clock: TestClock, name: str = "ann", platform: str = "test") -> Freelancer:
    """Somebody who has just opened their wallet, with the welcome bonus."""
    person = await books.person(Identity(platform, name), name.title())
    opened = await books.open(person.id, Settings(), f"open:{platform}:{name}", person.id)
    return Freelancer(books, clock, opened.wallet.id, person.id)


def booked(given: Receipt | Refusal) -> Receipt:
    """The receipt; a refusal fails the test and says which."""
    assert isinstance(given, Receipt), given
    return given
