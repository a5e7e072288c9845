"""What every store promises about a low balance: its warning commits with its cause, once for each crossing."""

from __future__ import annotations

import pytest

from core.delivery.outcome import Sent
from core.delivery.state import State
from core.wallets.people import Identity
from core.wallets.settings import Settings
from tests.storage.sender import ANN, Sender, state
from tests.storage.teller import Teller, booked, proven


class TestLow:
    @pytest.fixture
    async def teller(self, teller: Teller) -> Teller:
        await teller.store.people.save_settings(teller.wallet, Settings(threshold=20))
        booked(await teller.buy(30))
        return teller

    async def test_a_crossing_warns_once_in_the_transaction_that_caused_it(
        self, teller: Teller, sender: Sender
    ) -> None:
        teller.person = (await teller.store.people.person(Identity("elsewhere", "bob"), "Bob")).id
        booked(await teller.spend(5))
        assert await sender.claim() == ()
        booked(await teller.spend(6))
        booked(await teller.spend(6))
        (delivery,) = await sender.claim()
        assert (delivery.notice.code, delivery.notice.facts) == ("low", {"connects": 19, "threshold": 20})
        assert (delivery.target, delivery.zone, delivery.tries, delivery.made) == (ANN, "UTC", 0, sender.clock.now())
        await proven(teller.store)

    async def test_it_warns_again_only_after_the_balance_was_well_above_the_threshold(
        self, teller: Teller, sender: Sender
    ) -> None:
        teller.person = (await teller.store.people.person(Identity("elsewhere", "bob"), "Bob")).id
        warned = []
        for bought in (3, 3, 12, 0):  # 21 and 22 are above 20, but not by a quarter of it; 30 is
            booked(await teller.spend((await teller.balance()) - 18))
            for one in await sender.claim():
                warned.append(bought)
                await sender.settle(one, Sent("1"))
            if bought:
                booked(await teller.buy(bought))
        assert warned == [3, 0]

    async def test_of_two_pending_warnings_only_the_later_is_sent(self, teller: Teller, sender: Sender) -> None:
        teller.person = (await teller.store.people.person(Identity("elsewhere", "bob"), "Bob")).id
        first = booked(await teller.spend(12)).entry.number
        booked(await teller.buy(30))
        booked(await teller.spend(31))
        (delivery,) = await sender.claim()
        assert delivery.notice.facts == {"connects": 17, "threshold": 20}
        assert await state(teller, f"low:{teller.wallet}:{first}") == (State.CANCELLED, "replaced")

    async def test_the_caller_whose_answer_warns_gets_no_private_message(self, teller: Teller, sender: Sender) -> None:
        booked(await teller.spend(25))
        assert await sender.claim() == ()
        assert (await teller.store.ledger.holding(teller.wallet)).low

    async def test_a_rise_does_not_warn_and_a_new_threshold_warns_again(self, teller: Teller, sender: Sender) -> None:
        await teller.store.people.save_settings(teller.wallet, Settings(threshold=100))
        booked(await teller.buy(3))
        assert not (await teller.store.ledger.holding(teller.wallet)).low
        booked(await teller.spend(1))
        assert (await teller.store.ledger.holding(teller.wallet)).low
        await teller.store.people.save_settings(teller.wallet, Settings(threshold=100, zone="Europe/Kyiv"))
        assert (await teller.store.ledger.holding(teller.wallet)).low
        await teller.store.people.save_settings(teller.wallet, Settings(threshold=30))
        teller.person = (await teller.store.people.person(Identity("elsewhere", "bob"), "Bob")).id
        booked(await teller.spend(5))
        (delivery,) = await sender.claim()
        assert delivery.notice.facts == {"connects": 27, "threshold": 30}

    async def test_a_refused_spend_does_not_warn(self, teller: Teller, sender: Sender) -> None:
        assert not hasattr(await teller.spend(99), "entry")
        assert await sender.claim() == ()
