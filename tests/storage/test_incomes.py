"""What clients paid is kept for those who want it, once each, and can be deleted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from core.incomes.model import Income
from core.shared.money import Price
from tests.storage.teller import open_teller

if TYPE_CHECKING:
    from core.store import Store
    from tests.clock import TestClock
    from tests.storage.teller import Teller

LOGO = Income("900009999", date(2026, 1, 2), "Acme", "Invoice for Logo sheet", Price(125_000, 0, "USD"))
SHOP = Income("900009998", date(2025, 12, 30), "", "Bonus \u2013 Shop", Price(2_000, 0, "EUR"))


async def test_an_income_is_kept_once_and_the_oldest_comes_first(teller: Teller) -> None:
    incomes = teller.store.incomes
    assert await incomes.keep(teller.wallet, [LOGO, SHOP, LOGO]) == 2
    assert await incomes.keep(teller.wallet, [LOGO._replace(client="Acme Inc")]) == 0
    assert await incomes.keep(teller.wallet, []) == 0
    assert await incomes.of(teller.wallet) == (SHOP, LOGO._replace(client="Acme Inc"))


async def test_it_is_noted_which_proposal_won_a_client(teller: Teller) -> None:
    incomes = teller.store.incomes
    for name in ("12", "7-3"):
        await incomes.name_bid(teller.wallet, "acme", name)
    await incomes.name_bid(teller.wallet, "shop", "4")
    await incomes.name_bid(teller.wallet, "shop", "")
    assert await incomes.named_bids(teller.wallet) == {"acme": "7-3"}


async def test_all_of_a_wallet_is_deleted_and_nothing_else(store: Store, clock: TestClock) -> None:
    ann, bob = [await open_teller(store, clock, name) for name in ("ann", "bob")]
    for teller in (ann, bob):
        await store.incomes.keep(teller.wallet, [LOGO, SHOP])
        await store.incomes.name_bid(teller.wallet, "acme", "12")
    assert await store.incomes.forget(ann.wallet) == 2
    assert await store.incomes.forget(ann.wallet) == 0
    assert (await store.incomes.of(ann.wallet), await store.incomes.named_bids(ann.wallet)) == ((), {})
    assert await store.incomes.of(bob.wallet) == (SHOP, LOGO)
    assert await store.incomes.named_bids(bob.wallet) == {"acme": "12"}
