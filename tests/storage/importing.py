"""Books rows of a page as one import, in the way that every store must take it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from core.ledger.change_keys import member_key
from core.ledger.model import (
    Change,
    Entry,
    Kind,
    Lot,
    Posting,
    Purpose,
    Source,
    expense_on,
    holding_of,
    income_from,
)
from core.ledger.ports import Key, Scope
from core.ledger.seal import sealed, sealed_batch
from core.ledger.sightings import Batch, BatchKind, Sighting

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from core.ledger.model import Account, Receipt, Snapshot
    from core.shared.refusals import Refusal
    from tests.storage.teller import Teller

SECRET = "1d0" * 10
FIRST_DAY = date(2025, 6, 1)


class Seen(NamedTuple):
    """A row of the page, `day` days after the first one; `known` is the entry that it is, if there is one.

    Rows are booked in their order, and draw from the lots that were there by then, the oldest first.
    """

    connects: int
    title: str = ""
    day: int = 0
    job: str = ""
    member: str | None = None
    known: int = 0
    job_in_entry: str = ""
    source: Source = Source.REWARD

    @property
    def at(self) -> datetime:
        day = FIRST_DAY + timedelta(days=self.day)
        return datetime(day.year, day.month, day.day, 10, tzinfo=UTC)


class _Books:
    """The lots and entries of one change."""

    def __init__(self, before: Snapshot, at: datetime, key: str) -> None:
        self.before, self.at, self.key = before, at, key
        self.lots = {lot.number: lot for lot in before.lots}
        self.touched: dict[int, Lot] = {}
        self.entries: list[Entry] = []
        self.made, self.balance, self.seal = before.lots_made, before.balance, before.seal

    def book(self, row: Seen, *, last: bool) -> int:
        """Book a row that is new; gives the number of its entry."""
        issued: list[Lot] = []
        legs: list[Posting] = []
        if row.connects > 0:
            self.made += 1
            lot = Lot(self.made, row.source, row.at, row.at + timedelta(days=365), 0, 0)
            issued.append(lot)
            legs += self._move(lot, row.connects, income_from(row.source), issue=True)
        left = -row.connects
        for lot in sorted(self.lots.values(), key=lambda lot: (lot.issued, lot.number)):
            if left > 0 and lot.left and lot.issued <= row.at:
                part = min(left, lot.left)
                legs += self._move(lot, -part, expense_on(Purpose.PROPOSAL))
                left -= part
        self.balance += row.connects
        kind, number = Kind.GRANT if row.connects > 0 else Kind.SPEND, self.before.entries + len(self.entries) + 1
        key = self.key if last else member_key(self.key, len(self.entries) + 1)
        entry = Entry(
            self.before.wallet, number, self.at, kind, tuple(legs), self.balance, key, "asked", None, row.title,
            row.job_in_entry, happened=row.at,
        )  # fmt: skip
        self.entries.append(sealed(self.seal, entry, issued, SECRET))
        self.seal = entry.seal
        return number

    def _move(self, lot: Lot, connects: int, beyond: Account, *, issue: bool = False) -> tuple[Posting, Posting]:
        cost = None if lot.worth is None else lot.cost_of(abs(connects))
        counter = cost
        if cost is not None and connects < 0:
            cost = -cost
        self.lots[lot.number] = self.touched[lot.number] = lot.moved(connects, cost, issue=issue)
        return (
            Posting(holding_of(self.before.wallet), connects, lot.number, cost),
            Posting(beyond, -connects, lot.number, counter),
        )


def change_of(before: Snapshot, rows: Sequence[Seen], at: datetime, key: str, *, previous: str = "") -> Change:
    """The change that books the rows that are new, with its import, which sees all of them."""
    books = _Books(before, at, key)
    last = max((index for index, row in enumerate(rows) if not row.known), default=-1)
    sightings = tuple(
        Sighting(
            index + 1, row.known or books.book(row, last=index == last), not row.known, row.at.date(), "Applied to",
            row.connects, row.title, row.job, row.member, f"row{index}", row.at if row.job else None,
        )
        for index, row in enumerate(rows)
    )  # fmt: skip
    days = [row.at.date() for row in rows]
    number = (before.imports or 0) + 1
    batch = Batch(
        before.wallet, number, at, key, None, min(days), max(days), books.balance, sightings=sightings, salt=SECRET
    )
    sealing = sealed_batch(previous, batch)
    return Change(
        tuple(books.entries), tuple(books.touched.values()), low=before.low, budget=before.budget, batch=sealing
    )


async def last_seal(teller: Teller) -> str:
    batches = (await teller.store.ledger.record(teller.wallet)).batches
    return batches[-1].seal if batches else ""


async def import_rows(teller: Teller, *rows: Seen, key: str = "import", body: str = "asked") -> Receipt | Refusal:
    previous, at = await last_seal(teller), teller.clock.now()
    return await teller.store.ledger.write(
        Scope(teller.wallet, imports=True),
        Key(key, body),
        lambda before: change_of(before, rows, at, key, previous=previous),
    )


async def tell(teller: Teller, batch: Callable[[Batch], Batch], key: str = "told") -> Receipt | Refusal:
    """Book an import without entries; `batch` fills in what it is about."""
    at = teller.clock.now()

    def decide(before: Snapshot) -> Change:
        plain = Batch(before.wallet, (before.imports or 0) + 1, at, key, salt=SECRET, kind=BatchKind.TOLD)
        return Change((), (), batch=sealed_batch(before.import_seal, batch(plain)))

    return await teller.store.ledger.write(Scope(teller.wallet, imports=True), Key(key, "asked"), decide)


async def undo_import(teller: Teller, of: int, key: str = "undo") -> Receipt | Refusal:
    """The undo of an import all of whose rows stay, because another one saw them too."""
    previous, at = await last_seal(teller), teller.clock.now()

    def decide(before: Snapshot) -> Change:
        batch = Batch(before.wallet, (before.imports or 0) + 1, at, key, of=of)
        return Change((), (), batch=sealed_batch(previous, batch))

    return await teller.store.ledger.write(Scope(teller.wallet, imports=True), Key(key, "asked"), decide)
