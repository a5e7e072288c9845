"""Processes that write without a library. What an order's title says, they do."""

from __future__ import annotations

import os
import signal
import tempfile
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from bot.documents.model import BookData, Document, DocumentOrder, Form, Subject
from bot.documents.worker import serve
from core.ledger.model import Entry, Kind, Lot, Posting, Purpose, Source, expense_on, holding_of
from core.ledger.sightings import Sighting
from core.shared.ids import PersonId, WalletId
from tests.bot.documents.invented import a_year
from tests.bot.processes import hold

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

MODULE: Final = "tests.bot.documents.scribe"
AT: Final = datetime(2026, 1, 12, tzinfo=UTC)
SMALL: Final = 1_200
LEGS: Final = Posting(holding_of(WalletId(1)), -1, 1), Posting(expense_on(Purpose.PROPOSAL), 1, 1)


def order(title: str, up_to: int = SMALL) -> DocumentOrder:
    """An order of a document about so many entries."""
    lots = tuple(Lot(number, Source.OPENING, AT, None, 1, 1) for number in range(SMALL))
    return DocumentOrder(
        Subject.ENTRIES, Form.CSV, WalletId(1), None, AT, up_to, "en", "UTC", "USD", title=title, lots=lots
    )


def books(count: int, *, first: int = 1) -> BookData:
    """So many entries."""
    numbers = range(first, first + count)
    return BookData(tuple(Entry(WalletId(1), number, AT, Kind.SPEND, LEGS, 0, "", "") for number in numbers))


async def pieces() -> AsyncIterator[BookData]:
    """All the entries of a small order, in two pieces, and what else there is."""
    yield books(1_000)
    yield books(200, first=1_001)
    row = Sighting(1, 1, booked=False, day=AT.date(), wording="", connects=-1)
    _, year = a_year(3)
    yield BookData(sightings=[(number, row) for number in range(700)], proposals=year.proposals)
    yield BookData(names={PersonId(4): "Lea"})


def write(order: DocumentOrder, books: BookData, tell: Callable[[float], None]) -> Document:
    """A document with the order's title, how many lots and entries and so on it had, and this process."""
    said, _, path = order.title.partition(" ")
    tell(0.5)
    match said:
        case "fail":
            raise ValueError(order.title)
        case "hang":
            tempfile.mkstemp()  # as a library does that writes a large file
            hold(path)
            time.sleep(600)
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)
        case "odd":
            return Document(".csv", b"", rows="many")  # type: ignore[arg-type] # that is what is odd about it
    beside = f"{len(books.sightings)} rows, {len(books.proposals)} proposals, {len(books.names)} names"
    content = f"{order.title}: {len(order.lots)} lots, {len(books.entries)} entries, {beside}, {os.getpid()}"
    return Document(".csv", content.encode(), len(books.entries))


def writing() -> Callable[[DocumentOrder, BookData, Callable[[float], None]], Document]:
    return write


if __name__ == "__main__":
    serve(writing)
