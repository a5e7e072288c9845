"""Random lives of a wallet, with prices that do not divide, in currencies with and without decimals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Final, NamedTuple

from core.ledger import rulebook
from core.ledger.model import Purpose, Source
from core.ledger.requests import Spend
from core.shared.calendar import beginning, day_in
from core.shared.money import CostState, Price
from core.shared.refusals import RefusedError
from storage import open_store
from tests.clock import TestClock
from tests.core.freelancer import Freelancer, OpenBooks, freelancer

if TYPE_CHECKING:
    from datetime import date, datetime

    from core.ledger.model import Entry, Lot

CURRENCIES: Final = ("USD", "USD", "EUR", "JPY", "KWD")
ZONES: Final = ("UTC", "Europe/Berlin", "America/Los_Angeles", "Asia/Kolkata", "Pacific/Kiritimati")
EARNED: Final = (Source.INTERVIEW, Source.REWARD, Source.FEEDBACK, Source.MONTHLY, Source.ASSESSMENT)
TITLES: Final = ("Logo", 'The "best" \\ site; now | then', "  two  blanks ", "\u202eevil\u202c 🎉", "=1+1", "")


class Life(NamedTuple):
    """What is in a wallet's books in the end, and some days of it."""

    entries: tuple[Entry, ...]
    lots: tuple[Lot, ...]
    at: datetime
    zone: str
    days: tuple[date, date]


@dataclass
class _Liver:
    """Somebody who does at random what moves Connects or says what they cost."""

    ann: Freelancer
    dice: Random

    def price(self) -> Price:
        dice = self.dice
        return Price(
            dice.choice([0, 1, 999, dice.randrange(5000)]), dice.choice([0, 0, 190, 7]), dice.choice(CURRENCIES)
        )

    def cost(self) -> Price | CostState:
        costs: list[Price | CostState] = [self.price(), self.price(), *CostState]
        return self.dice.choice(costs)

    @property
    def day(self) -> datetime:
        return self.ann.clock.at - timedelta(days=self.dice.randrange(60))

    async def step(self, *, past: bool) -> None:
        deeds = {self.spend: 9, self.back: 4, self.buy: 3, self.earn: 2, self.wait: 4, self.undo: 2, self.adjust: 1}
        deeds |= {self.opening: 1, self.value: 1}
        if past:
            deeds |= {self.amend: 2, self.earlier: 3}
        (deed,) = self.dice.choices([*deeds], [*deeds.values()])
        try:
            await deed()
        except RefusedError:
            return

    async def spend(self) -> None:
        spends = [
            Spend(self.dice.randrange(1, 12), self.dice.choice(list(Purpose)), self.dice.choice(TITLES))
            for _ in range(self.dice.choice([1, 1, 2]))
        ]
        await self.ann.books.spend_all(self.ann.new_request, spends)

    async def earlier(self) -> None:
        spends = [Spend(self.dice.randrange(1, 9), memo=self.dice.choice(TITLES))]
        await self.ann.books.spend_all(self.ann.new_request, spends, on=self.day)

    async def back(self) -> None:
        number = await self.entry()
        await self.ann.books.give_back(self.ann.new_request, number, self.dice.choice([None, 1, 3]))

    async def undo(self) -> None:
        await self.ann.books.undo(self.ann.new_request, await self.entry())

    async def buy(self) -> None:
        await self.ann.books.buy(self.ann.new_request, self.dice.randrange(1, 90), self.price())

    async def earn(self) -> None:
        await self.ann.earn(self.dice.choice(EARNED), name=str(self.dice.random()), stars=5)

    async def adjust(self) -> None:
        await self.ann.books.adjust(self.ann.new_request, self.dice.choice([-5, -1, 7]))

    async def opening(self) -> None:
        await self.ann.books.opening(self.ann.new_request, self.dice.randrange(1, 60), self.cost())

    async def value(self) -> None:
        await self.ann.books.value(self.ann.new_request, self.dice.choice([None, 3]), self.cost())

    async def amend(self) -> None:
        await self.ann.books.amend(self.ann.new_request, {await self.entry(): self.price()})

    async def wait(self) -> None:
        self.ann.clock.pass_(days=self.dice.choice([0.3, 2, 9, 40, 150]))

    async def entry(self) -> int:
        newest = await self.ann.books.newest(self.ann.wallet)
        return max(1, newest - self.dice.choice([0, 0, 1, 2, 3, 5, 9, 20]))


async def life(seed: int, deeds: int = 60) -> Life:
    """A life from a seed. In every other one things are learnt later than they happened."""
    dice = Random(seed)  # noqa: S311 - a life from a seed is wanted, not a secret
    clock = TestClock()
    async with open_store("memory://") as store:
        books = OpenBooks(store, rulebook.default(), clock)
        ann = await freelancer(books, clock)
        began = clock.at
        for _ in range(deeds):
            await _Liver(ann, dice).step(past=bool(seed % 2))
        record = await store.ledger.record(ann.wallet)
    zone = dice.choice(ZONES)
    spent = sorted(began + (clock.at - began) * dice.random() for _ in range(2))
    first, last = (day_in(zone, moment) for moment in spent)
    return Life(record.entries, record.head.lots, clock.at, zone, (first, last))


def edges(days: tuple[date, date], zone: str) -> tuple[datetime, datetime]:
    """When the days begin, and when they are over."""
    first, last = days
    return beginning(first, zone), beginning(last + timedelta(days=1), zone)
