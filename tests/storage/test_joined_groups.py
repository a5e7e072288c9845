"""What every store promises about groups that use the wallet of another group."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING

import pytest

from core.incomes.model import Income
from core.shared.ids import WalletId
from core.shared.money import Price
from core.shared.refusals import RefusedError
from core.wallets.people import ChatRef, Identity, Wallet
from core.wallets.settings import Settings
from tests.storage.importing import tell
from tests.storage.teller import Teller, booked

if TYPE_CHECKING:
    from core.store import Store
    from tests.clock import TestClock

FIRST, SECOND, THIRD = ChatRef("telegram", "-1"), ChatRef("discord", "7"), ChatRef("telegram", "-3")
MOVED = ChatRef("telegram", "-1002")
HERE = Settings(zone="Europe/Kyiv")


@pytest.fixture
async def wallet(store: Store) -> WalletId:
    """The wallet of the first group."""
    return (await store.people.open_wallet(FIRST, HERE)).id


async def teller_of(store: Store, clock: TestClock, ref: ChatRef) -> Teller:
    person = await store.people.person(Identity("test", "ann"), "Ann")
    return Teller(store, clock, (await store.people.open_wallet(ref, Settings())).id, person.id)


async def test_a_joined_group_uses_the_wallet_until_it_leaves(store: Store, wallet: WalletId) -> None:
    people = store.people
    assert await people.join_group(SECOND, wallet)
    assert await people.join_group(SECOND, wallet)  # it does already
    assert await people.wallet_of(SECOND) == Wallet(wallet, HERE, joined=True)
    assert await people.open_wallet(SECOND, Settings()) == Wallet(wallet, HERE, joined=True)
    assert await people.wallet_of(FIRST) == Wallet(wallet, HERE)
    assert await people.join_group(THIRD, wallet)
    assert await people.groups_of(wallet) == (FIRST, SECOND, THIRD)
    assert await people.group_of(wallet) == FIRST
    assert await people.leave_group(SECOND)
    assert not await people.leave_group(SECOND)
    assert await people.wallet_of(SECOND) is None
    assert await people.groups_of(wallet) == (FIRST, THIRD)
    assert not await people.leave_group(FIRST)
    assert not await people.join_group(FIRST, wallet)


async def test_only_a_wallet_in_which_nothing_is_kept_makes_room(
    store: Store, clock: TestClock, wallet: WalletId
) -> None:
    second, third = await teller_of(store, clock, SECOND), await teller_of(store, clock, THIRD)
    await store.people.note_member(second.wallet, second.person, clock.now())
    booked(await third.buy(5))
    assert await store.people.join_group(SECOND, wallet)
    assert not await store.people.join_group(THIRD, wallet)
    assert await store.people.members(second.wallet) == ()
    assert (await store.people.wallet_of(THIRD)) == Wallet(third.wallet, Settings())
    other = await store.people.open_wallet(ChatRef("discord", "8"), Settings())
    assert not await store.people.join_group(SECOND, other.id)  # it has joined another
    with pytest.raises(RefusedError):
        await store.people.join_group(ChatRef("discord", "9"), WalletId(99))


@pytest.mark.parametrize("kept", ["told", "income", "client", "joined"])
async def test_what_is_kept_besides_entries_counts(store: Store, clock: TestClock, wallet: WalletId, kept: str) -> None:
    second = await teller_of(store, clock, SECOND)
    match kept:
        case "told":
            await tell(second, lambda batch: batch)
        case "income":
            incomes = [Income("9001", date(2026, 1, 2), "Acme", "Logo", Price(5000, 0, "USD"))]
            await store.incomes.keep(second.wallet, incomes)
        case "client":
            await store.incomes.name_bid(second.wallet, "acme", "2")
        case _:
            await store.people.join_group(THIRD, second.wallet)
    assert not await store.people.join_group(SECOND, wallet)


async def test_of_two_wallets_joined_at_once_one_is_used(store: Store, wallet: WalletId) -> None:
    other = (await store.people.open_wallet(THIRD, Settings())).id
    both = await asyncio.gather(store.people.join_group(SECOND, wallet), store.people.join_group(SECOND, other))
    assert sorted(both) == [False, True]


async def test_a_group_with_a_new_id_keeps_what_it_joined(store: Store, clock: TestClock, wallet: WalletId) -> None:
    people = store.people
    await people.join_group(THIRD, wallet)
    await people.open_wallet(MOVED, Settings())  # nothing is kept there
    await people.move_chat(THIRD, MOVED)
    assert await people.groups_of(wallet) == (FIRST, MOVED)
    await people.move_chat(FIRST, THIRD)
    assert await people.groups_of(wallet) == (THIRD, MOVED)
    busy = await teller_of(store, clock, SECOND)
    booked(await busy.buy(5))
    await people.move_chat(MOVED, SECOND)  # whose own books stay
    assert await people.wallet_of(SECOND) == Wallet(busy.wallet, Settings())
    await people.move_chat(SECOND, MOVED)  # and are worth more than those that it has joined
    assert await people.wallet_of(MOVED) == Wallet(busy.wallet, Settings())
    assert await people.groups_of(wallet) == (THIRD,)


async def test_people_have_no_groups(store: Store) -> None:
    person = await store.people.person(Identity("test", "bob"), "Bob")
    own = await store.people.open_wallet(person.id, Settings())
    assert await store.people.groups_of(own.id) == ()
    assert await store.people.groups_of(WalletId(99)) == ()
