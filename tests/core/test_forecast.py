"""Burn rate and runway: the net spend per day, with its range over the weeks."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.forecast.burn_rate import BurnRate, Runway, burn_rate
from core.ledger import rulebook
from core.ledger.model import Purpose, Source
from core.ledger.summary import net_spends, sums
from core.shared.money import Price
from storage import open_store
from tests.clock import TestClock
from tests.core.freelancer import Freelancer, OpenBooks, booked, dollars, freelancer
from tests.core.test_properties import deeds, do

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable


async def burn_rate_of(ann: Freelancer) -> BurnRate | None:
    journal = await ann.journal()
    return burn_rate(journal, journal[0].at, ann.clock.now())


class TestBurnRate:
    async def test_there_is_none_before_a_week_is_over(self, ann: Freelancer, clock: TestClock) -> None:
        clock.pass_(hours=1)
        booked(await ann.spend(7))
        clock.pass_(days=6, hours=22)
        assert await burn_rate_of(ann) is None
        clock.pass_(hours=1)
        assert await burn_rate_of(ann) == BurnRate(1000, 1000, 1000)

    async def test_there_is_none_without_spends(self, ann: Freelancer, clock: TestClock) -> None:
        clock.pass_(days=20)
        assert await burn_rate_of(ann) is None

    async def test_it_is_the_spend_per_day_with_the_slowest_and_the_fastest_week(
        self, ann: Freelancer, clock: TestClock
    ) -> None:
        booked(await ann.buy(300))
        for spent in (14, 28, 7, 21):
            clock.pass_(days=3)
            booked(await ann.spend(spent))
            clock.pass_(days=4)
        rate = await burn_rate_of(ann)
        assert rate == BurnRate(2500, 1000, 4000)
        assert rate.lasts(54) == Runway(21, 13, 54)

    async def test_the_first_week_counts_only_full_days(self, ann: Freelancer, clock: TestClock) -> None:
        booked(await ann.buy(300))
        booked(await ann.spend(20))
        clock.pass_(days=10)
        assert await burn_rate_of(ann) == BurnRate(2000, 2000, 2000)

    async def test_after_a_week_without_spends_there_is_no_upper_end(self, ann: Freelancer, clock: TestClock) -> None:
        booked(await ann.spend(14))
        clock.pass_(days=14)
        rate = await burn_rate_of(ann)
        assert rate is not None
        assert rate.lasts(6) == Runway(6, 3, None)

    @pytest.mark.parametrize("correction", ["return", "part", "undo", "undone return"])
    async def test_returned_connects_count_as_not_spent(
        self, ann: Freelancer, clock: TestClock, correction: str
    ) -> None:
        booked(await ann.buy(300))
        booked(await ann.spend(14))
        number = booked(await ann.spend(28)).entry.number
        clock.pass_(days=3)
        if correction == "undo":
            booked(await ann.undo(number))
        else:
            returned = booked(await ann.give_back(number, 14 if correction == "part" else None))
        if correction == "undone return":
            booked(await ann.undo(returned.entry.number))
        clock.pass_(days=4)
        expected = {"return": 2000, "part": 4000, "undo": 2000, "undone return": 6000}
        rate = await burn_rate_of(ann)
        assert rate is not None
        assert rate.usual == expected[correction]

    async def test_a_late_return_is_counted_in_the_week_of_its_spend(self, ann: Freelancer, clock: TestClock) -> None:
        booked(await ann.buy(300))
        number = booked(await ann.spend(100)).entry.number
        clock.pass_(days=30)
        booked(await ann.spend(28))
        booked(await ann.give_back(number))
        clock.pass_(days=1)
        rate = await burn_rate_of(ann)
        assert rate is not None
        assert rate.usual == 1000


def played(story: list[tuple[object, ...]], scene: Callable[[Freelancer], Awaitable[None]]) -> None:
    async def play() -> None:
        clock = TestClock()
        async with open_store("memory://") as store:
            ann = await freelancer(OpenBooks(store, rulebook.default(), clock), clock)
            booked(await ann.buy(200, dollars(3000)))
            for deed in story:
                await do(ann, deed)
            await scene(ann)

    with asyncio.Runner() as runner:
        runner.run(play())


@given(st.lists(deeds, max_size=25), st.integers(0, 30))
def test_the_burn_rate_always_lies_within_its_range(story: list[tuple[object, ...]], days: int) -> None:
    async def scene(ann: Freelancer) -> None:
        ann.clock.pass_(days=days)
        rate = await burn_rate_of(ann)
        if rate is None:
            return
        assert 0 <= rate.slow <= rate.usual <= rate.fast
        runway, longer = rate.lasts(50), rate.lasts(60)
        assert runway.least <= runway.days
        assert runway.most is None or runway.days <= runway.most
        assert runway.days <= longer.days
        assert rate.lasts(rate.needed(10)).days >= 10

    played(story, scene)


@given(st.lists(deeds, max_size=25))
def test_net_spends_are_what_the_expense_accounts_hold(story: list[tuple[object, ...]]) -> None:
    async def scene(ann: Freelancer) -> None:
        journal = await ann.journal()
        held = sum(
            posting.connects
            for entry in journal
            for posting in entry.postings
            if posting.account in {f"expense:{purpose}" for purpose in Purpose}
        )
        net = [connects for _, connects in net_spends(journal)]
        assert sum(net) == held
        assert min(net, default=0) >= 0

    played(story, scene)


class TestSums:
    async def test_they_leave_out_what_was_undone(self, ann: Freelancer, clock: TestClock) -> None:
        start = clock.now()
        booked(await ann.spend(20))
        booked(await ann.buy(60, dollars(900, tax=90)))
        booked(await ann.spend(8))
        boost = booked(await ann.spend(10, purpose=Purpose.BOOST)).entry.number
        wrong = booked(await ann.spend(9)).entry.number
        booked(await ann.undo(wrong))
        booked(await ann.give_back(boost, 4))
        booked(await ann.earn(Source.INTERVIEW))
        booked(await ann.adjust(3))
        clock.pass_(days=7)
        booked(await ann.spend(1))
        found = sums(await ann.journal(), start, start + timedelta(days=7))
        assert dict(found.spent) == {Purpose.PROPOSAL: 28, Purpose.BOOST: 10}
        assert (found.returned, found.bought, found.earned, found.expired) == (4, 60, 30, 0)
        assert (found.proposals, found.interviews, found.entries) == (2, 1, 10)
        assert found.paid == Price(900, 90, "USD")
        assert found.cost == Price(210, 21, "USD")  # 14 of the 60, at 15 cents and their tax

    async def test_they_include_what_expired(self, ann: Freelancer, clock: TestClock) -> None:
        clock.pass_(days=400)
        await ann.books.sweep()
        found = sums(await ann.journal(), clock.now(), clock.now() + timedelta(days=1))
        assert (found.expired, found.spent, found.paid, found.cost) == (20, {}, None, None)

    async def test_prices_in_two_currencies_are_not_added_up(self, ann: Freelancer, clock: TestClock) -> None:
        start: datetime = clock.now()
        booked(await ann.buy(10, dollars(150)))
        booked(await ann.buy(10, Price(150, 0, "EUR")))
        assert sums(await ann.journal(), start, start + timedelta(days=1)).paid is None
