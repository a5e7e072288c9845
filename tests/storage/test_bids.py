"""What every store promises about bids on one job: a second one is seen by its own write, however close they are."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.books import Books
from core.ledger.model import Purpose, Receipt
from core.ledger.ports import Key, Scope
from core.ledger.requests import Request, Spend
from core.shared.refusals import AlreadyBid, RefusedError
from storage import open_store
from tests.storage.importing import Seen, change_of, tell
from tests.storage.teller import BOOK, Teller, booked, open_teller, proven

if TYPE_CHECKING:
    from collections.abc import Awaitable, Sequence
    from datetime import datetime

    from core.ledger.model import Change, Snapshot
    from tests.clock import TestClock

JOB, OTHER = "~021", "~022"
CALLERS = 64


class Bidders:
    """People who bid from one wallet, each asked about what stands on the job."""

    def __init__(self, teller: Teller) -> None:
        self.books, self.teller = Books(teller.store, BOOK, teller.clock), teller

    def request(self, key: str) -> Request:
        return Request(self.teller.wallet, key, self.teller.person)

    async def bid(self, key: str, *jobs: str, on: datetime | None = None, again: bool = False) -> Receipt | AlreadyBid:
        spends = [Spend(1, job=job) for job in jobs or (JOB,)]
        return await self.outcome(
            self.books.spend_all(self.request(key), spends, on=on, unless_bid_on=() if again else (jobs or (JOB,)))
        )

    async def outcome(self, deed: Awaitable[Receipt]) -> Receipt | AlreadyBid:
        try:
            return await deed
        except RefusedError as refused:
            if not isinstance(refused.refusal, AlreadyBid):
                raise
            return refused.refusal

    async def on(self, job: str = JOB) -> list[int]:
        return [spend.number for spend in await self.teller.store.ledger.on_job(self.teller.wallet, job)]


@pytest.fixture
async def bidders(teller: Teller) -> Bidders:
    """Entry 1 of the wallet is a purchase."""
    booked(await teller.buy(100))
    return Bidders(teller)


def refused(outcomes: Sequence[Receipt | AlreadyBid]) -> list[int]:
    return [one.number for one in outcomes if isinstance(one, AlreadyBid)]


async def test_of_many_who_bid_at_the_same_instant_one_is_booked(bidders: Bidders) -> None:
    outcomes = await asyncio.gather(*(bidders.bid(f"bid:{caller}") for caller in range(CALLERS)))
    assert refused(outcomes) == [2] * (CALLERS - 1)
    assert await bidders.on() == [2]
    await proven(bidders.teller.store)


async def test_whoever_says_so_bids_all_the_same(bidders: Bidders) -> None:
    outcomes = await asyncio.gather(
        *(bidders.bid(f"bid:{caller}", again=caller % 2 == 1) for caller in range(8)), bidders.bid("other", OTHER)
    )
    assert len(refused(outcomes)) == 3
    assert len(await bidders.on()) == 5
    assert len(await bidders.on(OTHER)) == 1


async def test_a_message_that_comes_twice_is_no_second_bid(bidders: Bidders) -> None:
    both = await asyncio.gather(bidders.bid("same"), bidders.bid("same"))
    outcomes = [*both, await bidders.bid("same")]
    assert [isinstance(one, Receipt) and one.entry.number for one in outcomes] == [2, 2, 2]
    assert await bidders.on() == [2]


async def test_what_stands_before_it_in_the_same_batch_counts(bidders: Bidders) -> None:
    """None of these writes waits for another one, so that one commit has them all."""
    teller, at = bidders.teller, bidders.teller.clock.now()
    page = (Seen(5, "Gift"), Seen(-1, "Logo", day=1, job=OTHER))

    def import_page(before: Snapshot) -> Change:
        return change_of(before, page, at, "import", previous=before.import_seal)

    outcomes = await asyncio.gather(
        bidders.bid("first"),
        bidders.bid("second"),
        teller.undo(2),
        bidders.bid("third"),
        teller.store.ledger.write(Scope(teller.wallet, imports=True), Key("import", "asked"), import_page),
        bidders.bid("fourth", OTHER),
        tell(teller, lambda batch: batch._replace(of=1), "undo"),
        bidders.bid("fifth", OTHER),
        bidders.bid("sixth", JOB, OTHER),
    )
    assert refused([one for one in outcomes if isinstance(one, AlreadyBid | Receipt)]) == [2, 6, 7]
    assert (await bidders.on(), await bidders.on(OTHER)) == ([4], [7])


async def test_boosts_and_what_was_undone_are_no_bids(bidders: Bidders) -> None:
    await bidders.books.spend(bidders.request("boost"), 1, Purpose.BOOST, job=JOB)
    assert isinstance(await bidders.bid("first"), Receipt)
    assert isinstance(await bidders.bid("two in one", OTHER, OTHER), Receipt)
    booked(await bidders.teller.undo(3))
    assert isinstance(await bidders.bid("again"), Receipt)
    assert refused([await bidders.bid("once more"), await bidders.bid("other", OTHER)]) == [7, 5]


async def test_what_came_back_still_counts(bidders: Bidders) -> None:
    assert isinstance(await bidders.bid("first"), Receipt)
    booked(await bidders.teller.give_back(2))
    assert await bidders.bid("second") == AlreadyBid(2)


async def test_a_bid_of_an_earlier_day_is_seen_and_asked_about(bidders: Bidders) -> None:
    clock = bidders.teller.clock
    clock.pass_(days=3)
    then = clock.now() - timedelta(days=2)
    both = await asyncio.gather(bidders.bid("then", on=then), bidders.bid("there", on=then))
    assert len(refused(both)) == 1
    assert refused([await bidders.bid("now")]) == await bidders.on()
    assert isinstance(await bidders.bid("anyway", on=then, again=True), Receipt)
    await proven(bidders.teller.store)


async def test_two_processes_on_one_database_book_one(postgres: str, clock: TestClock) -> None:
    """PostgreSQL alone: the wallet's lock keeps the second one waiting until it can see the first."""
    async with open_store(postgres) as one, open_store(postgres) as other:
        ann = await open_teller(one, clock, "ann")
        booked(await ann.buy(100))
        here, there = Bidders(ann), Bidders(Teller(other, clock, ann.wallet, ann.person))
        outcomes = await asyncio.gather(
            *(bidders.bid(f"{place}:{turn}") for turn in range(8) for place, bidders in enumerate((here, there)))
        )
        assert len(refused(outcomes)) == 15
        assert len(await here.on()) == 1
