"""Keeps a wallet to which pages are imported, and says what stands in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from core.books import Books
from core.imports.model import Answers, Page, Row
from core.imports.service import Imports
from core.ledger.model import Purpose, expense_on
from core.ledger.past.standing import Standing
from core.ledger.requests import Request
from core.ledger.rulebook import default
from core.wallets.people import Identity
from core.wallets.settings import Settings
from tests.clock import TestClock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from core.imports.model import Imported, Preview, UndoneImport
    from core.ledger.model import Entry, Lot
    from core.ledger.ports import Record
    from core.ledger.rulebook import Rulebook
    from core.shared.ids import PersonId, WalletId
    from core.store import Store

NOW = datetime(2026, 1, 12, 20, tzinfo=UTC)
APPLIED, BOOST, BOUGHT = "Applied to job", "Connects bid for boosted proposal.", "Added extra Connects"
CANCELLED, OUTBID = "Job cancelled", "You've been outbid to boost your proposal"
BADGE, MONTHLY = "Availability Badge", "Monthly Connects renewal"


class Taken(NamedTuple):
    """What an import showed and what it booked (None: there was nothing to book)."""

    preview: Preview
    imported: Imported | None


class State(NamedTuple):
    """What stands in the books, whatever the numbers of the entries: facts with their legs and costs, and lots.

    What a badge cost is added up by day, because it may be booked in parts.
    """

    facts: Counter[object]
    lots: Counter[object]
    badges: Counter[object]
    balance: int


@dataclass
class Keeper:
    store: Store
    clock: TestClock
    books: Books
    imports: Imports
    wallet: WalletId
    person: PersonId
    keys: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def request(self) -> Request:
        """A request under a key that has not been used yet."""
        return Request(
            self.wallet, f"{int(self.clock.at.timestamp()):010d}:keeper:{next(self.keys)}", self.person, past_pins=True
        )

    async def preview(self, *pages: Page, answers: Answers | None = None) -> Preview:
        return await self.imports.preview(self.wallet, pages, answers or Answers(), self.person)

    async def take(self, *pages: Page, answers: Answers | None = None) -> Taken:
        """Preview pages, and book what was shown."""
        answers = answers or Answers()
        shown = await self.preview(*pages, answers=answers)
        if shown.change is None:
            return Taken(shown, None)
        booked = await self.imports.book(self.request, pages, answers, shown.stamp)
        assert booked.balance == shown.after
        return Taken(shown, booked)

    async def undo(self, number: int | None = None) -> UndoneImport:
        return await self.imports.undo(self.request, number)

    async def record(self) -> Record:
        return await self.store.ledger.record(self.wallet)

    async def entry(self, title: str) -> Entry:
        """The latest standing entry with a title."""
        standing = Standing((await self.record()).entries)
        return next(entry for entry in reversed(standing.facts.values()) if entry.memo == title)

    async def state(self) -> State:
        return state_of(await self.record())

    async def verify(self) -> None:
        verdict = await self.books.verify()
        assert verdict.fault is None, verdict.fault


def state_of(record: Record) -> State:
    """What stands in the books."""
    standing = Standing(record.entries)
    lots = {lot.number: lot for lot in record.head.lots if lot.size}
    facts: Counter[object] = Counter()
    badges: Counter[object] = Counter()
    for number, entry in standing.facts.items():
        legs = standing.legs[number]
        if not legs:
            continue
        if entry.counterpart == expense_on(Purpose.BADGE):
            badges[entry.when] += entry.delta
            continue
        where = [(_name(lots[lot]), account, amount) for (lot, account), amount in legs.items() if lot in lots]
        facts[entry.when, entry.kind, entry.memo, tuple(sorted(where, key=repr))] += 1
    return State(
        facts, Counter((_name(lot), lot.left, lot.worth) for lot in lots.values()), badges, record.head.balance
    )


def _name(lot: Lot) -> object:
    return lot.source, lot.issued, lot.expires, lot.size, lot.price


async def keeper(store: Store, now: datetime = NOW, *, rulebook: Rulebook | None = None) -> Keeper:
    """A keeper with a new wallet, which has its welcome of 20 Connects."""
    clock, book = TestClock(now), rulebook or default()
    books = Books(store, book, clock)
    person = (await books.person(Identity("console", "ann"), "Ann")).id
    wallet = (await books.open(person, Settings(), "0000000001:open", person)).wallet.id
    return Keeper(store, clock, books, Imports(store, book, clock), wallet, person)


def day(number: int) -> date:
    """A day of January 2026; below 1 of the months before."""
    return date(2026, 1, 1) + timedelta(days=number - 1)


def row(number: int, wording: str, connects: int, title: str = "", **more: object) -> Row:
    return Row(day(number), wording, connects, title, **more)  # type: ignore[arg-type] # whatever a row may have


def page(*rows: Row, balance: int | None = None, copied: int | None = 12, bottom_cut: bool = True) -> Page:
    """A page with these rows, newest first."""
    return Page(rows, balance, None if copied is None else day(copied), bottom_cut=bottom_cut)
