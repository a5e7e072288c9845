"""What moved between moments: every store sums it as the rule does, over whatever has happened to a wallet."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest

from core.ledger.flows import NOTHING, balances, flows_of, movements_in, paid_in, unknown_in
from core.ledger.model import Change, Kind, holding_of
from core.ledger.ports import Key, Scope
from core.shared.calendar import day_in
from core.shared.money import Price
from core.statements.statement import statement, statement_of
from core.wallets.people import Identity
from core.wallets.settings import Settings
from storage import open_store
from tests.core.statements.invariants import check_books
from tests.core.statements.reading_sightings import check_sightings
from tests.imports.wide_walks import WideWalker, walk
from tests.storage.teller import booked, open_teller

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from core.ledger.model import Entry
    from core.ledger.ports import Record
    from core.shared.ids import WalletId
    from core.store import Store
    from tests.storage.teller import Teller

YEAR = timedelta(days=366)
SECOND, INSTANT = timedelta(seconds=1), timedelta(microseconds=1)
SEEDS = (4, 20)
"""Walks in which everything happens."""
LIVES: dict[int, Record] = {}
"""What was lived already, because each store carries the same."""


class Hasty(WideWalker):
    """Somebody whose books nobody looks at before the end."""

    async def hold(self) -> None:
        return


async def lived(seed: int) -> Record:
    """A life that is played once."""
    if seed not in LIVES:
        LIVES[seed] = await _lived(seed)
    return LIVES[seed]


async def _lived(seed: int) -> Record:
    """A life that ends with Connects that expire, and with what is taken back and returned after that.

    Its lines, and what imports saw of them, are as they must be.
    """
    async with open_store("memory://") as store:
        ann = (await walk(store, seed, who=Hasty)).ann
        ann.clock.pass_(days=YEAR.days)
        await ann.books.buy(ann.request, 40, None)
        spends = [entry.number for entry in standing(await ann.record()) if entry.kind is Kind.SPEND]
        await ann.books.undo(ann.request, spends[-1])
        await ann.books.give_back(ann.request, spends[-2], None)
        record = await ann.record()
        check_books(record, Random(seed))  # noqa: S311 - cuts from a seed are wanted, not a secret
        await check_sightings(store, ann.wallet)
        return record


def standing(record: Record) -> list[Entry]:
    gone = {entry.of for entry in record.entries}
    return [entry for entry in record.entries if entry.number not in gone]


async def carried(record: Record, store: Store) -> WalletId:
    """Book the same in a wallet of another store."""
    person = await store.people.person(Identity("test", "ann"), "Ann")
    wallet = (await store.people.open_wallet(person.id, Settings())).id
    entries, last = tuple(_of_wallet(entry, wallet) for entry in record.entries), record.entries[-1]
    change = Change(entries, record.head.lots)
    await store.ledger.write(Scope(wallet), Key(last.key, last.body), lambda _: change)
    return wallet


def _of_wallet(entry: Entry, wallet: WalletId) -> Entry:
    home = holding_of(entry.wallet)
    legs = (leg._replace(account=holding_of(wallet)) if leg.account == home else leg for leg in entry.postings)
    return replace(entry, wallet=wallet, postings=tuple(legs), by=None)


def random_edges(entries: Sequence[Entry], dice: Random, inner: int) -> list[datetime]:
    """From the first entry to behind the last one: some moments of entries, and some between them."""
    moments = sorted(entry.when for entry in entries)
    first, last = moments[0], moments[-1] + SECOND
    between = (first + (last - first) * dice.random() for _ in range(inner // 2))
    return sorted([first, last, *dice.choices(moments, k=inner - inner // 2), *between])


@pytest.mark.parametrize("seed", SEEDS)
async def test_whatever_happened_is_summed_as_the_rule_says(store: Store, seed: int) -> None:
    """The sums of spans are those of the rule, and the balances at their edges are those of the lots then."""
    record, dice = await lived(seed), Random(seed)  # noqa: S311 - moments from a seed are wanted, not a secret
    wallet, unknown, entries = await carried(record, store), unknown_in(record.head.lots), record.entries
    for inner in (0, 1, 300, 7, 16):
        edges = random_edges(entries, dice, inner)
        flows = await store.ledger.flows(wallet, edges)
        assert flows == flows_of(movements_in(entries, edges, unknown, paid_in(record.head.lots)), len(edges) - 1)
        assert sum(one.delta for one in flows) == record.head.balance
    for one in flows:
        came = one.bought + sum(one.earned.values()) + one.opened + one.adjusted + one.other + one.returned
        assert one.delta == came - sum(one.spent.values()) - one.expired
    now, zone = entries[-1].when, "Europe/Kyiv"
    for days in (None, (day_in(zone, edges[4]), day_in(zone, edges[9]))):
        stated = await statement(store.ledger, wallet, days, zone, now)
        assert stated == statement_of(entries, record.head.lots, days, zone, now)
        assert stated.closing == stated.opening + stated.flows.change
    for edge, balance in zip(edges, balances(record.head.balance, flows), strict=True):
        assert balance == sum(lot.left for lot in await store.ledger.lots_at(wallet, edge - INSTANT))


async def test_where_nothing_moved_there_is_nothing(store: Store, teller: Teller) -> None:
    at = teller.clock.at
    assert await store.ledger.flows(teller.wallet, []) == await store.ledger.flows(teller.wallet, [at]) == ()
    booked(await teller.buy(40))
    flows = await store.ledger.flows(teller.wallet, [at, at, at + SECOND, at + YEAR])
    assert flows == (NOTHING, flows[1], NOTHING)
    assert (flows[1].bought, flows[1].paid, flows[1].delta) == (40, (Price(600, 7, "USD"),), 40)
    other = await open_teller(store, teller.clock, "bob")
    assert await store.ledger.flows(other.wallet, [at, at + YEAR]) == (NOTHING,)
