"""What every store promises about a low balance: it is told with what caused it, once for each crossing."""

from __future__ import annotations

import pytest

from core.notices import Sent
from core.people import Identity, Settings
from tests.storage.sender import ANN, Sender
from tests.storage.teller import Teller, booked, proven


class TestLow:
    @pytest.fixture
    async def teller(self, teller: Teller) -> Teller:
        await teller.store.save_settings(teller.wallet, Settings(threshold=20))
        booked(await teller.buy(30))
        return teller

    async def test_a_crossing_is_told_with_what_caused_it_and_once(self, teller: Teller, sender: Sender) -> None:
        teller.person = (await teller.store.person(Identity("elsewhere", "bob"), "Bob")).id
        booked(await teller.spend(5))
        assert await sender.claim() == ()
        booked(await teller.spend(6))
        booked(await teller.spend(6))
        (told,) = await sender.claim()
        assert (told.notice.code, told.notice.facts) == ("low", {"connects": 19, "threshold": 20})
        assert (told.target, told.zone, told.tries, told.made) == (ANN, "UTC", 0, sender.clock.now())
        await proven(teller.store)

    async def test_it_is_told_again_only_once_the_balance_was_well_above_the_threshold(
        self, teller: Teller, sender: Sender
    ) -> None:
        teller.person = (await teller.store.person(Identity("elsewhere", "bob"), "Bob")).id
        for bought in (3, 3, 12):  # 21 and 22 are above 20, but not by a quarter of it; 29 is
            booked(await teller.spend((await teller.balance()) - 18))
            booked(await teller.buy(bought))
        booked(await teller.spend((await teller.balance()) - 18))
        (first,) = await sender.claim()
        await sender.settle(first, Sent("1"))
        (second,) = await sender.claim()
        await sender.settle(second, Sent("2"))
        assert await sender.claim() == ()

    async def test_who_caused_it_is_not_told_in_private_what_the_answer_said(
        self, teller: Teller, sender: Sender
    ) -> None:
        booked(await teller.spend(25))
        assert await sender.claim() == ()
        assert (await teller.store.holding(teller.wallet)).low

    async def test_a_rise_is_no_warning_and_a_new_mark_is_told_anew(self, teller: Teller, sender: Sender) -> None:
        await teller.store.save_settings(teller.wallet, Settings(threshold=100))
        booked(await teller.buy(3))
        assert not (await teller.store.holding(teller.wallet)).low
        booked(await teller.spend(1))
        assert (await teller.store.holding(teller.wallet)).low
        await teller.store.save_settings(teller.wallet, Settings(threshold=100, zone="Europe/Kyiv"))
        assert (await teller.store.holding(teller.wallet)).low
        await teller.store.save_settings(teller.wallet, Settings(threshold=30))
        teller.person = (await teller.store.person(Identity("elsewhere", "bob"), "Bob")).id
        booked(await teller.spend(5))
        (told,) = await sender.claim()
        assert told.notice.facts == {"connects": 27, "threshold": 30}

    async def test_a_refused_spend_tells_nothing(self, teller: Teller, sender: Sender) -> None:
        assert not hasattr(await teller.spend(99), "entry")
        assert await sender.claim() == ()
