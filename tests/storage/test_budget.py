"""What every store promises about a budget: each spend counts at once, and setting one counts the month so far."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from core.delivery.state import State
from core.ledger.model import Budget
from core.wallets.people import Identity
from core.wallets.settings import Settings
from tests.storage.sender import Sender, state
from tests.storage.teller import Teller, booked, proven

if TYPE_CHECKING:
    from core.store import Store

JANUARY, FEBRUARY = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)


async def kept(teller: Teller) -> Budget | None:
    return (await teller.store.ledger.holding(teller.wallet)).budget


async def set_budget(teller: Teller, limit: int | None, zone: str = "UTC") -> None:
    await teller.store.people.save_settings(teller.wallet, Settings(zone, budget=limit))


@pytest.fixture
async def teller(teller: Teller) -> Teller:
    """Ann, whose Connects are spent by somebody else, so that the warning goes to her."""
    booked(await teller.buy(500))
    teller.person = (await teller.store.people.person(Identity("elsewhere", "bob"), "Bob")).id
    return teller


async def test_spends_count_and_returns_count_back(teller: Teller) -> None:
    await set_budget(teller, 100)
    assert await kept(teller) == Budget(100, "UTC", JANUARY, 0)
    spent = booked(await teller.spend(30)).entry.number
    other = booked(await teller.spend(20)).entry.number
    booked(await teller.give_back(spent, 10))
    booked(await teller.undo(other))
    assert await kept(teller) == Budget(100, "UTC", JANUARY, 20)
    await proven(teller.store)


async def test_without_a_budget_nothing_is_counted(teller: Teller) -> None:
    booked(await teller.spend(30))
    assert await kept(teller) is None
    await set_budget(teller, 100)
    await set_budget(teller, None)
    assert await kept(teller) is None
    booked(await teller.spend(30))
    await set_budget(teller, 100)
    assert await kept(teller) == Budget(100, "UTC", JANUARY, 60)


async def test_expired_and_incoming_connects_do_not_count(teller: Teller) -> None:
    await set_budget(teller, 100)
    booked(await teller.spend(30))
    teller.clock.pass_(days=400)
    booked(await teller.expire())
    booked(await teller.buy(50))
    budget = await kept(teller)
    assert budget is not None
    assert (budget.spent, budget.month) == (0, datetime(2027, 2, 1, tzinfo=UTC))
    await proven(teller.store)


async def test_a_new_month_counts_from_zero_and_a_return_of_an_old_spend_counts_in_it(teller: Teller) -> None:
    await set_budget(teller, 100)
    spent = booked(await teller.spend(30)).entry.number
    teller.clock.pass_(days=30)
    booked(await teller.spend(12))
    assert await kept(teller) == Budget(100, "UTC", FEBRUARY, 12)
    booked(await teller.give_back(spent))
    assert await kept(teller) == Budget(100, "UTC", FEBRUARY, -18)
    await proven(teller.store)


async def test_a_budget_set_late_counts_the_month_so_far_in_the_zone_of_its_holder(teller: Teller) -> None:
    teller.clock.pass_(days=21, hours=10)  # the evening of January 31st, 19:00; in Kyiv it is 21:00
    booked(await teller.spend(5))
    teller.clock.pass_(hours=4)  # 23:00, in Kyiv 01:00 on February 1st
    for connects in (30, 40):
        booked(await teller.spend(connects))
    for zone, month, spent in (
        ("UTC", JANUARY, 75),
        ("Europe/Kyiv", datetime(2026, 1, 31, 22, tzinfo=UTC), 70),
        ("America/New_York", datetime(2026, 1, 1, 5, tzinfo=UTC), 75),
    ):
        await set_budget(teller, 100, zone)
        assert await kept(teller) == Budget(100, zone, month, spent)
        await proven(teller.store)
    booked(await teller.spend(1))
    assert await kept(teller) == Budget(100, "America/New_York", datetime(2026, 1, 1, 5, tzinfo=UTC), 76)


async def test_a_wallet_in_which_nothing_was_booked_has_spent_nothing(store: Store, teller: Teller) -> None:
    person = await store.people.person(Identity("test", "eve"), "Eve")
    wallet = await store.people.open_wallet(person.id, Settings(budget=50))
    assert (await store.ledger.holding(wallet.id)).budget == Budget(50, "UTC")
    await store.people.save_settings(wallet.id, Settings(budget=60))
    eve = Teller(store, teller.clock, wallet.id, person.id)
    booked(await eve.buy(20))
    booked(await eve.spend(7))
    assert await kept(eve) == Budget(60, "UTC", JANUARY, 7)
    await proven(store)


class TestWarnings:
    async def test_each_of_both_thresholds_warns_once(self, teller: Teller, sender: Sender) -> None:
        await set_budget(teller, 100)
        booked(await teller.spend(79))
        assert await sender.claim() == ()
        last = booked(await teller.spend(1)).entry.number
        (delivery,) = await sender.claim()
        assert (delivery.notice.key, dict(delivery.notice.facts)) == (
            f"budget:{teller.wallet}:2026-01:100:80",
            {"spent": 80, "limit": 100, "mark": 80},
        )
        booked(await teller.undo(last))
        booked(await teller.spend(20))
        booked(await teller.spend(20))
        states = [await state(teller, f"budget:{teller.wallet}:2026-01:100:{mark}") for mark in (80, 100)]
        assert states == [(State.SENDING, ""), (State.PENDING, "")]

    async def test_of_two_crossings_only_the_higher_is_sent(self, teller: Teller, sender: Sender) -> None:
        await set_budget(teller, 100)
        booked(await teller.spend(150))
        assert await teller.store.outbox.deliveries(f"budget:{teller.wallet}:2026-01:100:80") == ()
        await set_budget(teller, 400)
        booked(await teller.spend(170))
        booked(await teller.spend(80))
        (delivery,) = await sender.claim()
        assert delivery.notice.facts == {"spent": 400, "limit": 400, "mark": 100}

    async def test_a_new_month_warns_again(self, teller: Teller) -> None:
        await set_budget(teller, 100)
        for month in ("2026-01", "2026-02"):
            booked(await teller.spend(120))
            assert await state(teller, f"budget:{teller.wallet}:{month}:100:100") == (State.PENDING, "")
            teller.clock.pass_(days=28)

    async def test_falling_below_a_threshold_warns_of_nothing(self, teller: Teller, sender: Sender) -> None:
        spent = booked(await teller.spend(120)).entry.number
        await set_budget(teller, 100)
        booked(await teller.give_back(spent, 10))
        booked(await teller.buy(1))
        booked(await teller.spend(1))
        assert await sender.claim() == ()
