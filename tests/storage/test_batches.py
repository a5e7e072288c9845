"""What every store promises about a batch: several entries of one change, whole or not at all."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from core.books import Books
from core.ledger.model import Kind, Purpose, Receipt
from core.ledger.requests import Request, Spend
from core.shared.refusals import AlreadyDone, KeyReused, NotEnough, NotUndoable, RefusedError
from core.verification import verify
from storage import open_store
from tests.clock import TestClock
from tests.storage.teller import BOOK, Teller, booked, open_teller, proven

if TYPE_CHECKING:
    from collections.abc import Awaitable
    from pathlib import Path

    from core.shared.refusals import Refusal

BID = (Spend(20, memo="Logo", job="~021"), Spend(13, Purpose.BOOST, "Logo", "~021"))
SEVERAL = (Spend(6, memo="One"), Spend(9, memo="Two"), Spend(5, Purpose.BADGE))


@pytest.fixture
async def books(teller: Teller) -> Books:
    """Books on each store, with two purchases of 30 in them, so that a batch draws on both."""
    booked(await teller.buy(30))
    booked(await teller.buy(30))
    return Books(teller.store, BOOK, teller.clock)


def request(teller: Teller, key: str = "press") -> Request:
    return Request(teller.wallet, key, teller.person)


async def outcome(deed: Awaitable[Receipt]) -> Receipt | Refusal:
    try:
        return await deed
    except RefusedError as refused:
        return refused.refusal


async def test_a_bid_and_its_boost_are_two_entries_of_one_change(teller: Teller, books: Books) -> None:
    receipt = await books.spend_all(request(teller), BID)
    bid, boost = receipt.entries
    assert receipt.entry == boost
    assert [(one.number, one.key, one.delta, one.counterpart) for one in (bid, boost)] == [
        (3, "press+00001", -20, "expense:proposal"),
        (4, "press", -13, "expense:boost"),
    ]
    assert {(one.memo, one.job, one.body, one.at) for one in receipt.entries} == {("Logo", "~021", bid.body, bid.at)}
    assert [(lot.number, lot.left) for lot in receipt.lots] == [(1, 0), (2, 27)]
    await proven(teller.store)


async def test_a_batch_of_one_is_the_same_request_as_a_spend(teller: Teller, books: Books) -> None:
    receipt = await books.spend_all(request(teller), BID[:1])
    assert await books.spend(request(teller), *BID[0]) == receipt._replace(replayed=True)
    assert (receipt.entries, receipt.entry.key) == ((receipt.entry,), "press")


async def test_a_batch_is_idempotent_and_replays_all_its_entries(teller: Teller, books: Books) -> None:
    first = await books.spend_all(request(teller), SEVERAL)
    await books.spend(request(teller, "later"), 1)
    assert await books.spend_all(request(teller), SEVERAL) == first._replace(replayed=True)
    assert len(first.entries) == 3
    assert await teller.balance() == 39
    assert await outcome(books.spend_all(request(teller), SEVERAL[:2])) == KeyReused("press")
    assert await outcome(books.spend_all(request(teller), SEVERAL[:1])) == KeyReused("press")


async def test_the_same_batch_twice_at_once_is_booked_once(teller: Teller, books: Books) -> None:
    receipts = await asyncio.gather(*(books.spend_all(request(teller), SEVERAL) for _ in range(20)))
    assert sorted(one.replayed for one in receipts) == [False] + [True] * 19
    assert {one._replace(replayed=False) for one in receipts} == {receipts[0]._replace(replayed=False)}
    assert await teller.balance() == 40


async def test_without_enough_for_all_nothing_is_booked(teller: Teller, books: Books) -> None:
    refused = await outcome(books.spend_all(request(teller), (Spend(40), Spend(20), Spend(1))))
    assert isinstance(refused, NotEnough)
    assert (refused.needed, refused.available, refused.shortfall) == (61, 60, 1)
    assert await teller.balance() == 60
    assert len(await books.journal(teller.wallet)) == 2


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ('"first" = number', "is stored as written together with entries from"),
        ('"first" = 1', "is stored as written together with entries from"),
        ("key = key || '+'", "is stored as written together with entries from"),
        ("memo = 'Other'", "its memo does not match its digest"),
    ],
)
async def test_a_batch_that_was_taken_apart_is_noticed(url: str, file: Path, change: str, fault: str) -> None:
    async with open_store(url) as store:
        teller = await open_teller(store, TestClock(), "ann")
        booked(await teller.buy(60))
        await Books(store, BOOK, teller.clock).spend_all(request(teller), SEVERAL)
        await proven(store)
    with closing(sqlite3.connect(file)) as db, db:
        db.executescript("DROP TRIGGER entry_no_update;")
        assert db.execute(f"UPDATE entry SET {change} WHERE number = 3").rowcount == 1  # noqa: S608 - one of the above
    async with open_store(url) as store, store.read_journal() as journal:
        assert fault in ((await verify(journal)).fault or "")


async def test_racing_batches_never_overdraw(teller: Teller, books: Books) -> None:
    deeds = (books.spend_all(request(teller, f"press {one}"), SEVERAL) for one in range(12))
    given = await asyncio.gather(*map(outcome, deeds))
    assert sum(isinstance(one, Receipt) for one in given) == 3
    assert await teller.balance() == 0
    await proven(teller.store)


async def test_what_had_expired_is_booked_out_before_a_batch(teller: Teller, books: Books) -> None:
    teller.clock.pass_(days=200)
    booked(await teller.buy(40))
    teller.clock.pass_(days=200)
    receipt = await books.spend_all(request(teller), SEVERAL)
    assert [one.key for one in receipt.entries] == ["press+expiry", "press+00001", "press+00002", "press"]
    assert await books.spend_all(request(teller), SEVERAL) == receipt._replace(replayed=True)
    undone = await books.undo(request(teller, "undo"))
    assert [one.of for one in undone.entries] == [7, 6, 5]
    assert await outcome(books.undo(request(teller, "no"), 4)) == NotUndoable(4, "expiry")
    assert await teller.balance() == 40
    await proven(teller.store)


@pytest.mark.parametrize("number", [None, 3, 4, 5])
async def test_an_undo_of_any_member_undoes_the_batch(teller: Teller, books: Books, number: int | None) -> None:
    before = await teller.store.ledger.holding(teller.wallet)
    await books.spend_all(request(teller), SEVERAL)
    undone = await books.undo(request(teller, "undo"), number)
    assert [(one.kind, one.of, one.key) for one in undone.entries] == [
        (Kind.UNDO, 5, "undo+00001"),
        (Kind.UNDO, 4, "undo+00002"),
        (Kind.UNDO, 3, "undo"),
    ]
    assert (await teller.store.ledger.holding(teller.wallet)).lots == before.lots
    assert await books.undo(request(teller, "undo"), number) == undone._replace(replayed=True)
    assert await outcome(books.undo(request(teller, "again"), 4)) == AlreadyDone("undo", 7)
    await proven(teller.store)


async def test_an_undo_is_refused_while_a_member_has_come_back(teller: Teller, books: Books) -> None:
    await books.spend_all(request(teller), SEVERAL)
    await books.give_back(request(teller, "back"), 4, 1)
    assert await outcome(books.undo(request(teller, "undo"), 3)) == NotUndoable(4, "returned")
    await books.undo(request(teller, "undo back"), 6)
    assert len((await books.undo(request(teller, "undo"), 3)).entries) == 3
    assert await teller.balance() == 60
    await proven(teller.store)


async def test_several_spends_come_back_in_one_change(teller: Teller, books: Books) -> None:
    await books.spend_all(request(teller), SEVERAL)
    await books.give_back(request(teller, "part"), 4, 2)
    back = await books.give_back_all(request(teller, "back"), (3, 4, 3))
    assert [(one.kind, one.of, one.delta) for one in back.entries] == [(Kind.RETURN, 3, 6), (Kind.RETURN, 4, 7)]
    assert await books.give_back_all(request(teller, "back"), (3, 4)) == back._replace(replayed=True)
    assert await outcome(books.give_back_all(request(teller, "more"), (5, 4))) == AlreadyDone("return", 8)
    assert await teller.balance() == 55
    assert [one.of for one in (await books.undo(request(teller, "undo"))).entries] == [8, 7]
    assert await teller.balance() == 42
    await proven(teller.store)
