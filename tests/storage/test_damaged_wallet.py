"""A fault in one write is answered to its caller alone; the other writes of the batch are booked."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, NoReturn

import psycopg
import pytest

from core.ledger.model import Receipt
from storage import open_store
from tests.storage.teller import booked, open_teller, proven

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from core.ledger.entry_builder import Intent
    from core.ledger.model import Change, Snapshot
    from core.shared.refusals import Refusal
    from core.store import Store
    from tests.clock import TestClock
    from tests.storage.teller import Teller

RICHER = "UPDATE wallet SET balance = balance + 50 WHERE id = 1"


def exhausted(_before: Snapshot, _intent: Intent) -> NoReturn:
    next(iter(()))
    raise AssertionError


def broken(_before: Snapshot, _intent: Intent) -> Change | Refusal:
    raise LookupError("a row cannot be read")


@pytest.mark.parametrize(("rule", "error"), [(exhausted, RuntimeError), (broken, LookupError)])
async def test_a_rule_that_fails_in_a_batch_fails_for_its_caller_alone(
    store: Store,
    clock: TestClock,
    rule: Callable[[Snapshot, Intent], Change | Refusal],
    error: type[Exception],
) -> None:
    tellers = [await open_teller(store, clock, name) for name in ("ann", "bob", "eve")]
    for teller in tellers:
        booked(await teller.buy(50))
    ann, bob, eve = tellers
    given = await asyncio.gather(bob.spend(3), ann.carry(rule), eve.spend(4), ann.spend(5), return_exceptions=True)
    assert [type(one) for one in given] == [Receipt, error, Receipt, Receipt]
    assert await proven(store)


async def spend_beside_a_damaged_wallet(store: Store, clock: TestClock, ann: Teller) -> None:
    bob = await open_teller(store, clock, "bob")
    booked(await bob.buy(50))
    given = await asyncio.gather(bob.spend(3), ann.spend(90), bob.spend(4), return_exceptions=True)
    assert [type(one) for one in given] == [Receipt, ValueError, Receipt]
    assert "fewer than its balance" in str(given[1])
    booked(await ann.spend(20))  # what its lots do hold can be spent


async def test_a_damaged_wallet_on_sqlite_does_not_hold_up_the_others(url: str, file: Path, clock: TestClock) -> None:
    async with open_store(url) as store:
        ann = await open_teller(store, clock, "ann")
        booked(await ann.buy(50))
    with closing(sqlite3.connect(file)) as db, db:
        db.execute(RICHER)
    async with open_store(url) as store:
        await spend_beside_a_damaged_wallet(store, clock, ann_in(ann, store))


async def test_a_damaged_wallet_on_postgresql_does_not_hold_up_the_others(postgres: str, clock: TestClock) -> None:
    async with open_store(postgres) as store:
        ann = await open_teller(store, clock, "ann")
        booked(await ann.buy(50))
    with psycopg.connect(postgres) as db:
        db.execute(RICHER.encode())
    async with open_store(postgres) as store:
        await spend_beside_a_damaged_wallet(store, clock, ann_in(ann, store))


def ann_in(ann: Teller, store: Store) -> Teller:
    """The same person in a store that was opened again."""
    ann.store = store
    return ann
