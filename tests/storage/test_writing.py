"""What every store promises about its one write."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from core.ledger import rules
from core.ledger.earning import Award
from core.ledger.model import Change, OnceKey, Receipt, Snapshot, Source
from core.ledger.ports import Key, Scope
from core.ledger.requests import Spend
from core.shared.ids import WalletId
from core.shared.refusals import AlreadyDone, KeyReused, NotEnough, Unknown
from storage import UnfitChangeError
from tests.storage.teller import BOOK, Teller, booked, open_teller, proven

if TYPE_CHECKING:
    from collections.abc import Callable

    from core.ledger.entry_builder import Intent
    from core.shared.refusals import Refusal
    from core.store import Store
    from tests.clock import TestClock


async def test_racing_spends_never_overdraw(teller: Teller) -> None:
    booked(await teller.buy(100))
    given = await asyncio.gather(*(teller.spend(3) for _ in range(300)))
    assert sum(isinstance(one, Receipt) for one in given) == 33
    assert all(isinstance(one, Receipt | NotEnough) for one in given)
    assert await teller.balance() == 1
    assert (await proven(teller.store)).connects == 1


async def test_racing_spends_of_many_wallets_do_not_mix(store: Store, clock: TestClock) -> None:
    tellers = [await open_teller(store, clock, f"person {number}") for number in range(12)]
    await asyncio.gather(*(teller.buy(50) for teller in tellers))
    await asyncio.gather(*(teller.spend(2) for _ in range(20) for teller in tellers))
    assert [await teller.balance() for teller in tellers] == [10] * 12
    assert (await proven(store)).entries == 12 * 21


async def test_writes_of_one_caller_are_booked_in_their_order(teller: Teller) -> None:
    booked(await teller.buy(40))
    receipts = await asyncio.gather(*(teller.spend(1, memo=f"job {number}") for number in range(30)))
    assert [booked(one).entry.number for one in receipts] == list(range(2, 32))
    assert [booked(one).entry.memo for one in receipts] == [f"job {number}" for number in range(30)]


async def test_the_same_key_is_the_same_fact_and_gets_the_first_receipt(teller: Teller) -> None:
    booked(await teller.buy(10))
    booked(await teller.buy(10))
    first = booked(await teller.spend(15, "press"))
    again = booked(await teller.spend(15, "press"))
    assert again == first._replace(replayed=True)
    assert await teller.balance() == 5


async def test_the_same_key_twice_at_once_is_booked_once(teller: Teller) -> None:
    booked(await teller.buy(50))
    receipts = [booked(one) for one in await asyncio.gather(*(teller.spend(7, "press") for _ in range(40)))]
    assert sorted(one.replayed for one in receipts) == [False] + [True] * 39
    assert {one._replace(replayed=False) for one in receipts} == {receipts[0]._replace(replayed=False)}
    assert await teller.balance() == 43


async def test_a_replayed_receipt_shows_the_lots_as_they_were_then(teller: Teller) -> None:
    booked(await teller.buy(10, 151))
    booked(await teller.buy(10, 152))
    first = booked(await teller.spend(12, "press"))
    booked(await teller.spend(8))
    booked(await teller.give_back(first.entry.number, 5))
    assert booked(await teller.spend(12, "press")) == first._replace(replayed=True)


async def test_a_replayed_receipt_has_the_lots_that_expired_on_the_way(teller: Teller) -> None:
    booked(await teller.buy(10))
    teller.clock.pass_(days=200)
    booked(await teller.buy(10))
    teller.clock.pass_(days=200)
    first = booked(await teller.spend(4, "press"))
    assert (first.entry.number, [lot.number for lot in first.lots]) == (4, [1, 2])
    booked(await teller.spend(6))
    assert booked(await teller.spend(4, "press")) == first._replace(replayed=True)


async def test_the_same_key_with_another_body_is_refused(teller: Teller) -> None:
    booked(await teller.buy(50))
    booked(await teller.spend(7, "press", body="seven"))
    assert await teller.spend(8, "press", body="eight") == KeyReused("press")
    given = await asyncio.gather(teller.spend(1, "new", body="one"), teller.spend(2, "new", body="two"))
    assert given[1] == KeyReused("new")
    assert await teller.balance() == 42


async def test_a_key_of_another_wallet_is_refused(store: Store, clock: TestClock, teller: Teller) -> None:
    other = await open_teller(store, clock, "bob")
    booked(await teller.buy(50, key="press"))
    assert await other.buy(50, key="press") == KeyReused("press")
    assert await other.balance() == 0


async def test_a_refusal_leaves_no_trace(teller: Teller) -> None:
    booked(await teller.buy(5))
    before = await teller.store.ledger.holding(teller.wallet)
    assert isinstance(await teller.spend(6, "press"), NotEnough)
    assert await teller.store.ledger.holding(teller.wallet) == before
    booked(await teller.buy(10))
    assert not booked(await teller.spend(6, "press")).replayed


async def test_a_wallet_that_does_not_exist_is_unknown(store: Store) -> None:
    def decide(before: Snapshot) -> Refusal:
        raise AssertionError(before)

    assert await store.ledger.write(Scope(WalletId(99)), Key("press", "asked"), decide) == Unknown("wallet", "99")


async def test_an_error_in_one_decision_reaches_its_own_caller_only(teller: Teller) -> None:
    booked(await teller.buy(100))

    def fail(before: Snapshot, intent: Intent) -> Change:
        raise ZeroDivisionError(before, intent)

    given = await asyncio.gather(
        *(teller.carry(fail) if turn % 5 == 0 else teller.spend(1) for turn in range(50)), return_exceptions=True
    )
    assert [isinstance(one, ZeroDivisionError) for one in given] == [turn % 5 == 0 for turn in range(50)]
    assert await teller.balance() == 60
    await proven(teller.store)


def _spent(before: Snapshot, intent: Intent) -> Change:
    change = rules.spend_all(before, intent, (Spend(1),), BOOK)
    assert isinstance(change, Change)
    return change


def _with_a_gap(change: Change) -> Change:
    return change._replace(entries=(replace(change.entries[0], number=change.entries[0].number + 1),))


def _overdrawn(change: Change) -> Change:
    return change._replace(entries=(replace(change.entries[0], balance=-1),))


def _overfull(change: Change) -> Change:
    return change._replace(lots=(change.lots[0]._replace(left=change.lots[0].size + 1),))


def _under_another_key(change: Change) -> Change:
    return change._replace(entries=(replace(change.entries[0], key="another"),))


@pytest.mark.parametrize("damage", [_with_a_gap, _overdrawn, _overfull, _under_another_key])
async def test_a_change_that_does_not_fit_is_refused_and_its_neighbours_are_kept(
    teller: Teller, damage: Callable[[Change], Change]
) -> None:
    booked(await teller.buy(100))
    given = await asyncio.gather(
        teller.spend(1),
        teller.carry(lambda before, intent: damage(_spent(before, intent))),
        teller.spend(1),
        return_exceptions=True,
    )
    assert [type(one) for one in given] == [Receipt, UnfitChangeError, Receipt]
    assert await teller.balance() == 98
    await proven(teller.store)


async def test_a_once_key_is_taken_once(store: Store, clock: TestClock, teller: Teller) -> None:
    first = booked(await teller.welcome())
    assert await teller.welcome() == AlreadyDone("welcome", first.entry.number)
    elsewhere = replace(await open_teller(store, clock, "bob"), person=teller.person)
    assert isinstance(await elsewhere.welcome(), AlreadyDone)
    assert (await proven(store)).connects == 10


async def test_a_once_key_is_taken_once_by_many_at_once(store: Store, clock: TestClock, teller: Teller) -> None:
    tellers = [replace(await open_teller(store, clock, f"{turn}"), person=teller.person) for turn in range(20)]
    given = await asyncio.gather(*(teller.welcome() for teller in tellers))
    assert [type(one) for one in given] == [Receipt] + [AlreadyDone] * 19


async def test_a_once_key_released_by_an_undo_can_be_taken_again(teller: Teller) -> None:
    number = booked(await teller.monthly()).entry.number
    booked(await teller.undo(number))
    assert not booked(await teller.monthly()).replayed
    await proven(teller.store)


async def test_a_once_key_taken_behind_the_decision_s_back_is_refused_and_its_neighbours_are_kept(
    teller: Teller,
) -> None:
    booked(await teller.monthly())
    booked(await teller.buy(10))

    def blind(before: Snapshot, intent: Intent) -> Change:
        return _spent(before, intent)._replace(once_keys=(OnceKey(teller.month, before.wallet, before.entries + 1),))

    given = await asyncio.gather(teller.spend(1), teller.carry(blind), teller.spend(2), return_exceptions=True)
    assert [type(one) for one in given] == [Receipt, UnfitChangeError, Receipt]
    assert await teller.balance() == 17
    await proven(teller.store)


async def test_a_once_key_passes_to_a_later_entry_in_one_change(teller: Teller) -> None:
    """West of UTC, a month's key may have been taken by a grant of the month before, when months were those of UTC."""
    teller.clock.at = datetime(2026, 2, 1, 2, tzinfo=UTC)
    first = booked(await teller.monthly())
    teller.clock.pass_(days=3)
    award = Award(10, teller.month, zone="America/New_York")

    async def claim(key: str) -> Receipt | Refusal:
        return await teller.carry(
            lambda before, intent: rules.grant(before, intent, Source.MONTHLY, award, BOOK),
            key,
            once_keys=(teller.month,),
            recent=teller.clock.now() - timedelta(days=31),
        )

    given = await asyncio.gather(claim("one"), claim("two"))
    second = booked(given[0])
    assert given[1] == AlreadyDone("monthly", second.entry.number)
    assert await claim("one") == second._replace(replayed=True)
    await proven(teller.store)
    booked(await teller.undo(first.entry.number))
    assert isinstance(await claim("three"), AlreadyDone)
    booked(await teller.undo(second.entry.number))
    booked(await claim("four"))
    await proven(teller.store)
