"""Books of somebody who did this and that, in several currencies, as a document is made of them."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from bot.documents.model import BookData, DocumentOrder, Form, Subject
from core.ledger import rulebook
from core.ledger.model import Kind, Purpose, Source
from core.shared.money import CostState, Price
from storage import open_store
from tests.clock import TestClock
from tests.core.earlier import book_earlier, spent
from tests.core.freelancer import Freelancer, OpenBooks, freelancer

if TYPE_CHECKING:
    from datetime import datetime

    from core.ledger.model import Lot

ZONE = "Europe/Kyiv"
STEPS = 70
CURRENCIES = ("USD", "JPY", "KWD")
LIVES: dict[int, Life] = {}
"""What was lived already."""


class Life(NamedTuple):
    """An order for all of somebody's books, the books, and what is open at their end; and moments in it."""

    order: DocumentOrder
    books: BookData
    open: tuple[Lot, ...]
    edges: tuple[datetime, ...]


def order_of(lots: tuple[Lot, ...], at: datetime, wallet: Freelancer) -> DocumentOrder:
    return DocumentOrder(
        Subject.ENTRIES, Form.CSV, wallet.wallet, None, at, 10**6, "en", ZONE, "USD", lots=lots,
        names={wallet.person: "Ann"},
    )  # fmt: skip


async def life_of(ann: Freelancer, edges: tuple[datetime, ...] = ()) -> Life:
    """The books of somebody as they are now."""
    lots = await ann.books.store.ledger.lots(ann.wallet)
    order = order_of(lots, ann.clock.at, ann)
    return Life(order, BookData(await ann.journal()), tuple(lot for lot in lots if lot.left), edges)


async def random_life(seed: int) -> Life:
    """A life in which everything happens: prices in three currencies, unknown costs, and what is learnt later."""
    if seed not in LIVES:
        LIVES[seed] = await _random_life(seed)
    return LIVES[seed]


async def _random_life(seed: int) -> Life:
    random, clock = Random(seed), TestClock()  # noqa: S311 - a game, no secret
    async with open_store("memory://") as store:
        ann = await freelancer(OpenBooks(store, rulebook.default(), clock), clock)
        await ann.opening(90, random.choice([CostState.UNKNOWN, CostState.FREE, CostState.PAID]))
        edges = [clock.at]
        for step in range(STEPS):
            clock.pass_(days=random.randint(1, 12), minutes=random.randint(0, 600))
            await _live(ann, random, step)
            if not random.randrange(6):
                edges.append(clock.at)
        clock.pass_(days=1)
        life = await life_of(ann, (*edges, clock.at))
    assert {entry.kind for entry in life.books.entries} >= {Kind.SPEND, Kind.PURCHASE}
    return life


async def _live(ann: Freelancer, random: Random, step: int) -> None:
    price = Price(random.randint(1, 1500), random.randint(0, 300), random.choice(CURRENCIES))
    journal = await ann.journal()
    numbers = [entry.number for entry in journal if entry.kind is Kind.SPEND]
    bought = [entry.number for entry in journal if entry.kind is Kind.PURCHASE]
    match random.randrange(13):
        case 0 | 1 | 2:
            await ann.buy(random.choice([10, 40, 60]), price)
        case 3:
            await ann.earn(Source.REWARD, f"reward {step}", connects=random.randint(1, 30))
        case 4:
            await ann.adjust(random.randint(-9, 12))
        case 5 if numbers:
            await ann.give_back(random.choice(numbers), 1)
        case 6:
            await ann.undo()
        case 7:
            await ann.value(price)
        case 8 if step > STEPS // 2:
            day = ann.clock.at.replace(hour=10)
            await _earlier(ann, day.month, day.day, day.year, f"import {step}")
        case 9 if bought:
            await ann.amend({random.choice(bought): price})
        case _:
            await ann.spend(random.randint(1, 28), f"Job {step}", random.choice([*Purpose]))


async def _earlier(ann: Freelancer, month: int, day: int, year: int, key: str) -> None:
    if await ann.available():
        facts = spent(1, month, max(1, day - 2), "Earlier", year)
        await book_earlier(ann.books, ann.books.store.ledger, ann.wallet, facts, key=key)


HOSTILE = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=4",
    "\r=5",
    "\uff1d6",
    "Logo;=7",
    "\u200e=8\u202c",
    "\U0001f468\u200d\U0001f4bb Emoji",
    "\u0644\u0648\u063a\u0648 \u2067\u0645\u062a\u062c\u0631\u2069",
    "\x00\x1bControls\x7f\ufffe",
    "<r><t>Rich</t></r>",
    '_x0041_ & <b>"quoted"</b>',
    "https://example.com/",
    "{=1+1}",
    "1234567890123456789",
    "  spaces  ",
)
"""Titles that somebody may have given, or pasted."""
LONG = "\U0001f600" * 20000
"""A title longer than a cell may be."""


async def hostile_life() -> Life:
    """A life with prices with tax in several currencies, unknown costs, and such titles."""
    clock = TestClock()
    async with open_store("memory://") as store:
        ann = await freelancer(OpenBooks(store, rulebook.default(), clock), clock)
        await ann.buy(60, Price(900, 180, "USD"))
        await ann.buy(60, Price(1500, 150, "JPY"))
        await ann.buy(60, Price(2755, 1, "KWD"))
        await ann.adjust(5)
        for number in range(len(HOSTILE) + 1):
            clock.pass_(days=1)
            await ann.spend(4, f"Job {number}")
        life = await life_of(ann)
    titles = iter((*HOSTILE, LONG))
    entries = [replace(one, memo=next(titles)) if one.kind is Kind.SPEND else one for one in life.books.entries]
    jobs = [replace(one, job="~021234567890123456789") if one.kind is Kind.SPEND else one for one in entries]
    return life._replace(books=BookData(jobs))
