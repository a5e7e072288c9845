"""A short story of a wallet, as journals.

`python -m tests.journals.story` writes the golden files. Read what has changed in them as an accountant.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from bot.documents.model import BookData, DocumentOrder, Form, Subject
from bot.documents.writing import write
from core.ledger import rulebook
from core.ledger.model import Purpose, Source
from core.ledger.requests import Spend
from core.ledger.sightings import Sighting
from core.shared.money import CostState, Price
from storage import open_store
from tests.clock import TestClock
from tests.core.freelancer import OpenBooks, booked, freelancer

HERE: Final = Path(__file__).parent
JOB: Final = "~021234567890123456789"
NOVEMBER: Final = (date(2026, 11, 1), date(2026, 11, 30))
GOLDEN: Final = {
    "year.beancount": (Form.BEANCOUNT, None),
    "november.beancount": (Form.BEANCOUNT, NOVEMBER),
    "november.journal": (Form.HLEDGER, NOVEMBER),
}


async def story() -> tuple[DocumentOrder, BookData]:
    """A freelancer who had Connects before, buys with tax in two currencies, gets some back, and lets some expire."""
    clock = TestClock(datetime(2025, 11, 20, 9, tzinfo=UTC))
    async with open_store("memory://") as store:
        books = OpenBooks(store, rulebook.default(), clock)
        ann = await freelancer(books, clock)
        booked(await ann.opening(12, CostState.UNKNOWN))
        clock.pass_(days=1)
        booked(await ann.earn(Source.MONTHLY))
        clock.pass_(days=200)
        booked(await ann.buy(60, Price(1000, 190, "USD")))
        clock.pass_(days=130)
        spends = [
            Spend(16, memo='A "fine" logo; black | white', job=JOB),
            Spend(3, Purpose.BOOST, 'A "fine" logo; black | white', JOB),
        ]
        bid, _ = booked(await books.spend_all(ann.new_request, spends)).entries
        clock.pass_(days=20)
        booked(await ann.spend(91, "Big \\ bad project"))
        booked(await ann.buy(10, Price(1501, 285, "EUR")))
        clock.pass_(days=4)
        booked(await ann.give_back(bid.number))
        booked(await ann.spend(2, purpose=Purpose.BADGE))
        clock.pass_(days=6)
        booked(await ann.adjust(-1))
        earlier = datetime(2026, 11, 4, 12, tzinfo=UTC)
        booked(await books.spend_all(ann.new_request, [Spend(25, memo="Remembered later")], on=earlier))
        clock.pass_(days=20)
        booked(await ann.spend(1))
        record = await store.ledger.record(ann.wallet)
    sighting = Sighting(1, bid.number, booked=False, day=date(2026, 10, 17), wording="", connects=-16, member="Bo, Ann")
    order = DocumentOrder(
        Subject.STATEMENT, Form.BEANCOUNT, ann.wallet, None, clock.at, len(record.entries), "en", "Europe/Berlin",
        "USD", title='Ann "Quill"', lots=record.head.lots, names={ann.person: "Ann"},
    )  # fmt: skip
    return order, BookData(record.entries, [(bid.number, sighting)])


def golden() -> dict[str, bytes]:
    """The journals by the names of their files."""
    order, books = asyncio.run(story())
    return {
        name: write(order._replace(form=form, days=days), books, lambda _: None).content
        for name, (form, days) in GOLDEN.items()
    }


if __name__ == "__main__":
    for name, content in golden().items():
        (HERE / "golden" / name).write_bytes(content)
