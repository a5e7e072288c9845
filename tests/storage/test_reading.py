"""What every store promises about its reads."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from core.ledger.model import Kind, Snapshot, Source
from core.shared.ids import WalletId
from core.shared.money import Price
from core.shared.refusals import RefusedError, Unknown
from tests.storage.teller import Teller, booked, open_teller, proven

if TYPE_CHECKING:
    from core.journal_reader import EntryRow
    from core.ledger.entry_builder import Intent
    from core.store import Store
    from tests.clock import TestClock


async def seen_by(
    teller: Teller, *entries: int, once_keys: tuple[str, ...] = (), recent: int | None = None
) -> Snapshot:
    """The snapshot that a decision with this scope is given."""
    seen: list[Snapshot] = []

    def peek(before: Snapshot, intent: Intent) -> Unknown:
        seen.append(before)
        return Unknown("peek", intent.key.name)

    since = None if recent is None else teller.clock.now() - timedelta(days=recent)
    await teller.carry(peek, entries=entries, once_keys=once_keys, recent=since)
    return seen[-1]


async def test_a_decision_sees_the_open_lots_in_their_order(teller: Teller) -> None:
    for connects in (10, 20, 30):
        booked(await teller.buy(connects))
    booked(await teller.spend(12))
    before = await seen_by(teller)
    assert [(lot.number, lot.left) for lot in before.lots] == [(2, 18), (3, 30)]
    assert (before.entries, before.lots_made, before.balance) == (4, 3, 48)
    assert before == await teller.store.ledger.holding(teller.wallet)


async def test_a_decision_sees_what_its_scope_names(teller: Teller) -> None:
    number = booked(await teller.monthly()).entry.number
    spent = booked(await teller.spend(10))
    back = booked(await teller.give_back(spent.entry.number, 4))
    undone = booked(await teller.undo(back.entry.number))
    before = await seen_by(teller, spent.entry.number)
    assert before.related == (spent.entry,)
    assert before.followers == (back.entry, undone.entry)
    assert [(lot.number, lot.left) for lot in before.lots] == [(1, 0)]
    assert before.once_keys == ()
    assert [key.name for key in (await seen_by(teller, number)).once_keys] == [teller.month]
    assert (await seen_by(teller, once_keys=(teller.month,))).once_keys[0].number == number


async def test_a_scope_may_name_entries_that_do_not_exist(teller: Teller) -> None:
    before = await seen_by(teller, 7, 7, -1, once_keys=("none",), recent=3)
    assert (before.related, before.followers, before.once_keys, before.lots) == ((), (), (), ())


async def test_a_decision_sees_recent_lots_even_when_they_are_used_up(teller: Teller) -> None:
    booked(await teller.buy(10))
    teller.clock.pass_(days=5)
    booked(await teller.buy(20))
    booked(await teller.spend(30))
    assert [lot.number for lot in (await seen_by(teller, recent=4)).lots] == [2]
    assert [lot.number for lot in (await seen_by(teller, recent=5)).lots] == [1, 2]


async def test_a_decision_sees_what_was_decided_just_before_it(teller: Teller) -> None:
    """Everything at once: each return must see the spend and the other returns, within a batch and across batches."""
    booked(await teller.buy(100))
    spent = booked(await teller.spend(50)).entry.number
    await asyncio.gather(*(teller.give_back(spent, 1) for _ in range(20)), *(teller.spend(2) for _ in range(20)))
    assert len((await seen_by(teller, spent)).followers) == 20
    assert await teller.balance() == 30
    await proven(teller.store)


async def test_holding_of_an_unknown_wallet_is_refused(store: Store) -> None:
    with pytest.raises(RefusedError) as refused:
        await store.ledger.holding(WalletId(7))
    assert refused.value.refusal == Unknown("wallet", "7")


async def test_lots_in_the_past_are_as_the_journal_left_them(teller: Teller) -> None:
    bought = booked(await teller.buy(100, 1000))
    teller.clock.pass_(days=1)
    spent = booked(await teller.spend(33))
    teller.clock.pass_(days=1)
    booked(await teller.give_back(spent.entry.number, 3))
    then = booked(await teller.reward(10))
    start = bought.entry.at
    assert await teller.store.ledger.lots_at(teller.wallet, start) == bought.lots
    assert await teller.store.ledger.lots_at(teller.wallet, start + timedelta(days=1)) == spent.lots
    assert await teller.store.ledger.lots_at(teller.wallet, start - timedelta(microseconds=1)) == ()
    now = await teller.store.ledger.lots_at(teller.wallet, then.entry.at)
    assert now == (await teller.store.ledger.holding(teller.wallet)).lots
    assert now[0].worth == Price(700, 5, "USD")


async def test_all_lots_are_those_of_the_record(teller: Teller) -> None:
    undone = booked(await teller.buy(40, 600))
    booked(await teller.undo(undone.entry.number))
    booked(await teller.reward(10))
    booked(await teller.spend(10))
    lots = await teller.store.ledger.lots(teller.wallet)
    assert lots == (await teller.store.ledger.record(teller.wallet)).head.lots
    assert [(lot.number, lot.size, lot.left) for lot in lots] == [(1, 0, 0), (2, 10, 0)]
    assert await teller.store.ledger.lots(WalletId(7)) == ()


async def test_lots_in_the_past_know_of_a_purchase_undone_since(teller: Teller) -> None:
    bought = booked(await teller.buy(40, 600))
    teller.clock.pass_(days=1)
    undone = booked(await teller.undo(bought.entry.number))
    assert await teller.store.ledger.lots_at(teller.wallet, bought.entry.at) == bought.lots
    assert await teller.store.ledger.lots_at(teller.wallet, undone.entry.at) == undone.lots
    assert (undone.lots[0].size, undone.lots[0].left, undone.lots[0].price) == (0, 0, Price(0, 0, "USD"))


async def test_history_comes_in_pages_newest_first(teller: Teller) -> None:
    booked(await teller.buy(50))
    for _ in range(6):
        booked(await teller.spend(1))
    page = await teller.store.ledger.history(teller.wallet, None, 3)
    assert [(entry.number, entry.balance) for entry in page] == [(7, 44), (6, 45), (5, 46)]
    page = await teller.store.ledger.history(teller.wallet, 5, 3)
    assert [entry.number for entry in page] == [4, 3, 2]
    assert [entry.kind for entry in await teller.store.ledger.history(teller.wallet, 2, 3)] == [Kind.PURCHASE]
    assert await teller.store.ledger.history(teller.wallet, 1, 3) == ()
    assert await teller.store.ledger.history(WalletId(99), None, 3) == ()


async def test_what_happened_last_is_read_oldest_first(teller: Teller) -> None:
    for _ in range(5):
        booked(await teller.buy(1))
        teller.clock.pass_(minutes=1)
    ledger, third = teller.store.ledger, (await teller.store.ledger.history(teller.wallet, 4, 1))[0]
    assert [entry.number for entry in await ledger.happened_since(teller.wallet, third.at)] == [3, 4, 5]
    assert await ledger.happened_since(teller.wallet, teller.clock.now()) == ()
    assert [entry.number for entry in await ledger.latest(teller.wallet, 2)] == [4, 5]
    assert [entry.number for entry in await ledger.latest(teller.wallet, 9)] == [1, 2, 3, 4, 5]
    assert await ledger.latest(WalletId(99), 9) == await ledger.happened_since(WalletId(99), third.at) == ()


async def test_what_happened_in_one_moment_is_read_together(teller: Teller) -> None:
    for _ in range(3):
        booked(await teller.buy(1))
    assert [entry.number for entry in await teller.store.ledger.latest(teller.wallet, 1)] == [1, 2, 3]


async def test_an_entry_is_read_back_as_it_was_booked(teller: Teller) -> None:
    booked(await teller.buy(10, 151))
    booked(await teller.reward(10))
    spent = booked(await teller.spend(15, memo="Logo — “redesign” 🎨")).entry
    assert await teller.store.ledger.entry(teller.wallet, spent.number) == spent
    assert await teller.store.ledger.entry(teller.wallet, 99) is None
    assert await teller.store.ledger.entry(teller.wallet, 0) is None
    assert await teller.store.ledger.entry(WalletId(99), 1) is None


async def test_times_keep_their_microseconds(teller: Teller) -> None:
    teller.clock.pass_(microseconds=123_457)
    entry = booked(await teller.buy(10)).entry
    read = await teller.store.ledger.entry(teller.wallet, entry.number)
    assert read is not None
    assert (read.at, read.at.isoformat()) == (entry.at, entry.at.isoformat())


async def test_titles_are_the_latest_distinct_memos_of_spends(teller: Teller) -> None:
    booked(await teller.buy(50))
    for memo in ("Logo", "Website", "", "Logo", "App"):
        booked(await teller.spend(1, memo=memo))
    assert await teller.store.ledger.titles(teller.wallet, 10) == ("App", "Logo", "Website")
    assert await teller.store.ledger.titles(teller.wallet, 2) == ("App", "Logo")
    assert await teller.store.ledger.titles(WalletId(99), 2) == ()


async def test_titles_of_undone_spends_are_forgotten(teller: Teller) -> None:
    booked(await teller.buy(50))
    numbers = [booked(await teller.spend(1, memo=memo)).entry.number for memo in ("Logo", "App", "Logo", "Website")]
    for number in numbers[2:]:
        booked(await teller.undo(number))
    booked(await teller.give_back(numbers[1]))
    assert await teller.store.ledger.titles(teller.wallet, 10) == ("App", "Logo")


async def test_a_page_of_history_is_full_wherever_it_begins(teller: Teller) -> None:
    for _ in range(12):
        booked(await teller.buy(1))

    async def page(before: int | None) -> list[int]:
        return [entry.number for entry in await teller.store.ledger.history(teller.wallet, before, 10)]

    newest = list(range(12, 2, -1))
    for before in (None, 13, 14, 17, 999_999_999):
        assert await page(before) == newest
    assert await page(12) == list(range(11, 1, -1))
    assert await page(3) == [2, 1]
    assert await page(1) == await page(0) == []
    assert await teller.store.ledger.history(WalletId(99), 5, 10) == ()


async def test_spends_on_a_job_are_found_unless_they_are_undone(teller: Teller) -> None:
    booked(await teller.buy(20))
    spent = [booked(await teller.spend(1, job=job)).entry for job in ("~a", "~b", "~a", "~a", "")]
    booked(await teller.undo(spent[2].number))
    booked(await teller.give_back(spent[0].number))
    assert await teller.store.ledger.on_job(teller.wallet, "~a") == (spent[3], spent[0])
    assert await teller.store.ledger.on_job(teller.wallet, "~c") == ()
    assert await teller.store.ledger.on_job(WalletId(99), "~a") == ()


async def test_lapsed_names_each_wallet_once_from_the_instant_of_expiry(store: Store, clock: TestClock) -> None:
    tellers = [await open_teller(store, clock, name) for name in ("ann", "bob", "eve")]
    for teller in tellers:
        booked(await teller.buy(10))
        booked(await teller.buy(5))
        clock.pass_(days=1)
    booked(await tellers[1].spend(15))
    due = clock.now() + timedelta(days=362)
    assert await store.ledger.lapsed(due - timedelta(microseconds=1), 10) == ()
    assert await store.ledger.lapsed(due, 10) == (tellers[0].wallet,)
    clock.pass_(days=400)
    assert await store.ledger.lapsed(clock.now(), 10) == (tellers[0].wallet, tellers[2].wallet)
    assert await store.ledger.lapsed(clock.now(), 1) == (tellers[0].wallet,)
    booked(await tellers[0].expire())
    assert await store.ledger.lapsed(clock.now(), 10) == (tellers[2].wallet,)


async def test_a_lot_that_is_filled_again_can_lapse_again(teller: Teller) -> None:
    booked(await teller.buy(10))
    spent = booked(await teller.spend(10)).entry.number
    booked(await teller.give_back(spent, 4))
    teller.clock.pass_(days=366)
    assert await teller.store.ledger.lapsed(teller.clock.now(), 10) == (teller.wallet,)


async def test_an_audit_holds_one_state_however_many_write_meanwhile(store: Store, clock: TestClock) -> None:
    tellers = [await open_teller(store, clock, name) for name in ("ann", "bob")]
    for teller in tellers:
        booked(await teller.buy(20))
    async with store.read_journal() as audit:
        for teller in tellers:
            booked(await teller.spend(5))
        heads = [shelf.head async for shelf in audit.snapshots()]
        totals = await audit.totals()
    assert [head.balance for head in heads] == [20, 20]
    assert (totals.wallets, totals.entries, totals.postings, totals.lots, totals.once_keys) == (2, 2, 4, 2, 0)
    assert totals.doubled_key is None


async def test_an_audit_shows_everything_of_a_wallet(teller: Teller) -> None:
    booked(await teller.monthly())
    spent = booked(await teller.spend(10)).entry
    async with teller.store.read_journal() as audit:
        shelves: list[tuple[Snapshot, list[EntryRow]]] = [
            (shelf.head, [row async for row in shelf.entries]) async for shelf in audit.snapshots()
        ]
    [(head, rows)] = shelves
    assert [(lot.source, lot.left) for lot in head.lots] == [(Source.MONTHLY, 0)]
    assert [key.name for key in head.once_keys] == [teller.month]
    assert [row.number for row in rows] == [1, 2]
    assert (rows[1].postings, rows[1].seal, rows[1].at) == (spent.postings, spent.seal, spent.at)


async def test_an_audit_streams_a_long_journal(teller: Teller) -> None:
    booked(await teller.buy(2000))
    booked(await teller.buy(2000))
    await asyncio.gather(*(teller.spend(3) for _ in range(1100)))
    assert (await proven(teller.store)).entries == 1102


async def test_a_change_of_several_entries_is_booked_whole(teller: Teller) -> None:
    booked(await teller.buy(10))
    teller.clock.pass_(days=366)
    booked(await teller.buy(20))
    receipt = booked(await teller.spend(5))
    assert receipt.entry.number == 4
    kinds = [entry.kind for entry in await teller.store.ledger.history(teller.wallet, None, 9)]
    assert kinds == [Kind.SPEND, Kind.PURCHASE, Kind.EXPIRY, Kind.PURCHASE]


async def test_a_snapshot_is_never_changed_by_what_comes_after(teller: Teller) -> None:
    booked(await teller.buy(10))
    before = await seen_by(teller)
    kept = before._replace()
    booked(await teller.spend(5))
    assert before == kept


async def test_what_expires_in_a_span_is_found_the_soonest_first(teller: Teller) -> None:
    other = await open_teller(teller.store, teller.clock, "bob")
    for one in (teller, other, teller):
        booked(await one.buy(10))
        teller.clock.pass_(days=1)
    booked(await other.spend(10))
    booked(await other.buy(7))
    first = teller.clock.now() + timedelta(days=362)
    found = await teller.store.ledger.expiring(first - timedelta(seconds=1), first + timedelta(days=9), 9)
    assert [(one.wallet, one.lot.number) for one in found] == [
        (teller.wallet, 1),
        (teller.wallet, 2),
        (other.wallet, 2),
    ]
    assert found[0].lot.left == 10
    assert await teller.store.ledger.expiring(first, first + timedelta(days=2), 9) == found[1:2]
    assert await teller.store.ledger.expiring(first - timedelta(seconds=1), first + timedelta(days=9), 1) == found[:1]


async def test_a_change_is_found_by_its_key_in_its_own_wallet(store: Store, clock: TestClock) -> None:
    ann, bob = await open_teller(store, clock, "ann"), await open_teller(store, clock, "bob")
    booked(await ann.buy(10))
    clock.pass_(days=366)
    key = booked(await ann.buy(20)).entry.key
    found = await store.ledger.booked(ann.wallet, key)
    assert [(entry.number, entry.kind) for entry in found] == [(2, Kind.EXPIRY), (3, Kind.PURCHASE)]
    assert await store.ledger.booked(bob.wallet, key) == ()
    assert await store.ledger.booked(ann.wallet, "another") == ()
