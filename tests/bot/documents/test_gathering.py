"""What goes into one document is of one moment."""

from __future__ import annotations

from bot.commands.exports.gathering import at_one_moment
from core.ledger import rulebook
from storage import open_store
from tests.clock import TestClock
from tests.core.freelancer import OpenBooks, freelancer


async def test_what_was_read_while_something_was_booked_is_read_again() -> None:
    clock = TestClock()
    async with open_store("memory://") as store:
        ann = await freelancer(OpenBooks(store, rulebook.default(), clock), clock)
        late = iter([60])

        async def read() -> int:
            lots = await store.ledger.lots(ann.wallet)
            for connects in late:
                await ann.buy(connects)
            return sum(lot.left for lot in lots)

        assert await at_one_moment(ann.books, ann.wallet, read) == (2, 80)
