"""The daily review: when it runs, and that it sends each notice once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from core.alerts.daily_review import FIRST, DailyReview
from core.forecast.advice import Advice, Certainty, Topic, advice_in, without_advice
from core.ledger.model import Source
from core.proposals.service import Proposals
from core.scheduling.runner import TaskRunner
from core.scheduling.task import Task
from core.shared.money import UNKNOWN
from core.wallets.ports import daily_review_name
from core.wallets.settings import Plan
from tests.core.freelancer import booked, dollars, freelancer

if TYPE_CHECKING:
    from tests.clock import TestClock
    from tests.core.dawn import Dawn
    from tests.core.freelancer import OpenBooks

# The clock of the tests starts at nine on Saturday, January 10.


def at(day: int, hour: int = 9, month: int = 1) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


class TestWhen:
    async def test_a_new_wallet_is_reviewed_the_next_morning_and_then_daily(self, dawn: Dawn) -> None:
        assert await dawn.next() == at(11)
        await dawn.days(1)
        assert await dawn.next() == at(12)

    async def test_it_moves_with_the_zone(self, dawn: Dawn) -> None:
        await dawn.change_settings(zone="America/New_York")
        assert await dawn.next() == at(10, 14)

    async def test_it_stays_at_nine_when_summer_time_begins(self, dawn: Dawn) -> None:
        dawn.clock.at = at(27, month=3)
        await dawn.change_settings(zone="Europe/Kyiv")
        booked(await dawn.ann.spend(1))
        assert await dawn.next() == at(28, 7, month=3)
        await dawn.days(1)
        assert await dawn.next() == at(29, 6, month=3)

    async def test_a_late_review_runs_once_not_once_for_each_day(self, dawn: Dawn) -> None:
        booked(await dawn.ann.spend(1))
        dawn.clock.pass_(days=7, hours=3)
        assert [notice.code for notice in await dawn.review()] == ["digest"]
        assert await dawn.next() == at(18)
        assert await dawn.review() == []

    async def test_after_four_idle_weeks_it_runs_on_mondays(self, dawn: Dawn) -> None:
        assert await dawn.days(27) == {12: ["digest"]}
        assert await dawn.next() == at(7, month=2)
        await dawn.days(1)
        assert dawn.clock.at.weekday() == 5
        assert await dawn.next() == at(9, month=2)
        await dawn.days(2)
        assert await dawn.next() == at(16, month=2)
        booked(await dawn.ann.spend(1))
        await dawn.days(7)
        assert await dawn.next() == at(17, month=2)

    async def test_an_idle_wallet_is_also_reviewed_when_an_alert_is_due(self, dawn: Dawn) -> None:
        await dawn.change_settings(plan=Plan.PLUS, cycle=11)
        await dawn.days(29)
        assert await dawn.next() == at(9, month=2)
        await dawn.days(1)
        assert await dawn.next() == at(11, month=2)

    async def test_a_wallet_from_before_reviews_existed_is_not_notified_of_the_past(self, dawn: Dawn) -> None:
        booked(await dawn.ann.spend(1))
        await dawn.change_settings(plan=Plan.PLUS, cycle=9)
        dawn.clock.at = at(12, 11)
        assert datetime(1970, 1, 1, tzinfo=UTC) == FIRST  # as it is kept on disk
        await dawn.books.store.tasks.schedule(Task(daily_review_name(dawn.ann.wallet), FIRST))
        assert await dawn.review() == []
        assert await dawn.next() == at(13)

    async def test_the_task_of_a_deleted_wallet_is_dropped(self, books: OpenBooks, clock: TestClock) -> None:
        await books.store.tasks.schedule(Task("wallet:99:look", clock.now()))
        store, review = (
            books.store,
            DailyReview(books.store, books.rulebook, Proposals(books.store, books.rulebook, clock)),
        )
        assert await TaskRunner(store.tasks, store.outbox, clock, {"wallet": review.run}).run_due() == 1
        assert await books.store.tasks.next_due_at() is None


class TestRunway:
    @pytest.fixture(autouse=True)
    async def _no_digest(self, dawn: Dawn) -> None:
        await dawn.change_settings(digest=False, stale=False)

    async def live(self, dawn: Dawn, days: int, *, spend: int = 10) -> list[str]:
        codes: list[str] = []
        for _ in range(days):
            codes += [code for received in (await dawn.days(1)).values() for code in received]
            booked(await dawn.ann.spend(spend))
        return codes

    async def test_it_is_sent_once_for_each_crossing(self, dawn: Dawn) -> None:
        booked(await dawn.ann.buy(120, dollars(1800)))
        booked(await dawn.ann.spend(10))
        assert await self.live(dawn, 6) == []
        assert await self.live(dawn, 5) == ["runway"]
        booked(await dawn.ann.buy(50))  # not enough to re-arm the alert
        assert await self.live(dawn, 4) == []
        booked(await dawn.ann.buy(200))
        assert await self.live(dawn, 14) == []
        assert await self.live(dawn, 6) == ["runway"]

    async def test_it_gives_the_burn_rate_and_how_many_connects_are_needed(self, dawn: Dawn) -> None:
        booked(await dawn.ann.buy(80))
        booked(await dawn.ann.spend(35))
        booked(await dawn.ann.spend(21))
        dawn.clock.pass_(days=6)
        assert await dawn.review() == []
        dawn.clock.pass_(days=1)
        (notice,) = await dawn.review()
        assert notice.key == f"runway:{dawn.ann.wallet}:first"
        rates = {"usual": 8000, "slow": 8000, "fast": 8000}
        assert dict(notice.facts) == {"connects": 44, "mark": 7, "needed": 84, **rates}

    async def test_it_is_not_sent_when_switched_off(self, dawn: Dawn) -> None:
        await dawn.change_settings(runway=None)
        assert await self.live(dawn, 10, spend=2) == []

    async def test_what_happens_during_a_snooze_is_sent_after_it(self, dawn: Dawn) -> None:
        await dawn.change_settings(snoozed=(("runway", at(20, 12)),))
        booked(await dawn.ann.buy(60))
        booked(await dawn.ann.spend(50))
        assert await self.live(dawn, 10, spend=1) == []
        assert await self.live(dawn, 3, spend=1) == ["runway"]

    async def test_it_is_sent_again_after_a_snooze_if_it_still_holds(self, dawn: Dawn) -> None:
        booked(await dawn.ann.buy(60))
        booked(await dawn.ann.spend(10))
        assert await self.live(dawn, 11, spend=4) == ["runway"]
        await dawn.change_settings(snoozed=(("runway", dawn.clock.now() + timedelta(days=3, hours=1)),))
        assert await self.live(dawn, 3, spend=2) == []
        assert await self.live(dawn, 3, spend=2) == ["runway"]


class TestMonthly:
    @pytest.fixture(autouse=True)
    async def _plus(self, dawn: Dawn) -> None:
        await dawn.change_settings(plan=Plan.PLUS, digest=False)

    async def test_it_is_due_on_its_day_and_missing_three_days_later(self, dawn: Dawn) -> None:
        await dawn.change_settings(cycle=15)
        assert await dawn.days(60) == {15: ["monthly"], 18: ["missing"]}

    async def test_it_is_due_on_the_day_it_last_came(self, dawn: Dawn, books: OpenBooks) -> None:
        await dawn.days(4)
        booked(await dawn.ann.earn(Source.MONTHLY))
        assert await dawn.days(30) == {}
        assert await dawn.days(1) == {14: ["monthly"]}
        booked(await dawn.ann.earn(Source.MONTHLY))
        assert await dawn.days(10) == {}
        assert books.rulebook.monthly(Plan.PLUS) == 100

    async def test_it_is_not_due_without_an_earlier_lot_or_a_plan_that_has_one(self, dawn: Dawn) -> None:
        assert await dawn.days(40) == {}
        await dawn.change_settings(plan=Plan.AGENCY, cycle=25)
        assert await dawn.days(40) == {}

    async def test_an_early_lot_counts_and_an_undone_lot_does_not(self, dawn: Dawn) -> None:
        await dawn.change_settings(cycle=15)
        await dawn.days(3)
        receipt = booked(await dawn.ann.earn(Source.MONTHLY))
        assert await dawn.days(4) == {}
        booked(await dawn.ann.undo(receipt.entry.number))
        assert await dawn.days(2) == {18: ["missing"]}

    async def test_it_is_not_due_in_a_month_that_has_a_lot(self, dawn: Dawn) -> None:
        await dawn.change_settings(cycle=28)
        await dawn.days(24)
        booked(await dawn.ann.earn(Source.MONTHLY))  # on February 3, for January
        assert await dawn.days(25) == {}
        assert await dawn.days(5) == {1: ["monthly"], 3: ["missing"]}

    async def test_the_month_that_has_a_lot_is_that_of_the_zone(self, dawn: Dawn) -> None:
        await dawn.change_settings(cycle=20, zone="Europe/Kyiv")
        dawn.clock.at = datetime(2026, 1, 31, 23, tzinfo=UTC)
        booked(await dawn.ann.earn(Source.MONTHLY))  # on February 1 there, so that no other comes in February
        assert await dawn.days(35) == {}
        assert await dawn.days(20) == {20: ["monthly"], 23: ["missing"]}

    async def test_a_late_review_reports_that_it_was_due(self, dawn: Dawn) -> None:
        await dawn.change_settings(cycle=15)
        dawn.clock.at = at(16, 12)
        (notice,) = await dawn.review()
        assert dict(notice.facts) == {"connects": 100, "due": "2026-01-15", "when": "past"}

    async def test_a_review_that_is_days_late_only_reports_that_it_is_missing(self, dawn: Dawn) -> None:
        await dawn.change_settings(cycle=15)
        dawn.clock.at = at(18, 12)
        assert [notice.code for notice in await dawn.review()] == ["missing"]

    async def test_it_is_not_due_when_switched_off(self, dawn: Dawn) -> None:
        await dawn.change_settings(cycle=15, monthly=False)
        assert await dawn.days(40) == {}


class TestLow:
    async def test_it_is_sent_again_after_a_snooze_if_it_still_holds(self, dawn: Dawn) -> None:
        await dawn.change_settings(digest=False, threshold=15, snoozed=(("low", at(13, 17)),))
        booked(await dawn.ann.spend(10))
        await dawn.receive()
        assert await dawn.days(8) == {14: ["low"]}

    async def test_it_is_not_sent_after_a_snooze_if_it_no_longer_holds(self, dawn: Dawn) -> None:
        await dawn.change_settings(digest=False, threshold=15, snoozed=(("low", at(13, 17)),))
        booked(await dawn.ann.spend(10))
        booked(await dawn.ann.buy(20))
        await dawn.receive()
        assert await dawn.days(8) == {}


class TestDigest:
    async def test_it_sums_up_the_week_on_monday(self, dawn: Dawn) -> None:
        dawn.clock.at = at(14)
        booked(await dawn.ann.buy(60, dollars(900)))
        booked(await dawn.ann.spend(30))
        dawn.clock.at = at(18, 23)
        booked(await dawn.ann.spend(9))
        dawn.clock.at = at(19, 1)
        booked(await dawn.ann.spend(1))
        dawn.clock.at = at(19)
        await dawn.books.store.tasks.schedule(Task(daily_review_name(dawn.ann.wallet), at(19)))
        (digest,) = [notice for notice in await dawn.review() if notice.code == "digest"]
        facts = dict(digest.facts)
        assert (facts.pop("usual"), facts.pop("slow"), facts.pop("fast")) != (0, 0, 0)
        assert advice_in(facts) == Advice(
            Topic.BUY, Certainty.LIKELY, 23, {"buy": 150, "day": "2026-01-28", "left": 40}
        )
        facts = without_advice(facts)
        assert facts == {
            "from": "2026-01-12",
            "until": "2026-01-18",
            "spent-proposal": 39,
            "bought": 60,
            "proposals": 2,
            "paid-net": 900,
            "paid-currency": "USD",
            "cost-net": 285,
            "cost-currency": "USD",
            "connects": 40,
        }

    async def test_it_says_what_expires_within_thirty_days(self, dawn: Dawn) -> None:
        dawn.clock.at = at(13)
        booked(await dawn.ann.buy(60, dollars(900)))
        dawn.clock.pass_(seconds=1)
        booked(await dawn.ann.buy(70, dollars(900)))
        dawn.clock.at = at(10, month=12)
        booked(await dawn.ann.spend(1))
        dawn.clock.at = at(14, month=12)
        (digest,) = [notice for notice in await dawn.review() if notice.code == "digest"]
        assert digest.facts["soon"] == 19 + 60
        assert digest.facts["first"] == "2027-01-10T09:00:00+00:00"

    async def test_what_came_back_leaves_no_unknown_cost(self, dawn: Dawn) -> None:
        booked(await dawn.ann.spend(20))
        booked(await dawn.ann.buy(60, UNKNOWN))
        spent = booked(await dawn.ann.spend(8)).entry.number
        dawn.clock.at = at(12)
        (digest,) = [notice for notice in await dawn.review() if notice.code == "digest"]
        assert digest.facts["cost-unknown"] == 8
        dawn.clock.at = at(13)
        booked(await dawn.ann.give_back(spent))
        dawn.clock.at = at(19)
        (digest,) = [notice for notice in await dawn.review() if notice.code == "digest"]
        assert digest.facts["returned"] == 8
        assert "cost-unknown" not in digest.facts

    async def test_an_idle_week_has_no_digest(self, dawn: Dawn) -> None:
        assert await dawn.days(20) == {12: ["digest"]}

    async def test_on_the_first_monday_it_sums_up_the_month(self, dawn: Dawn) -> None:
        booked(await dawn.ann.buy(60, dollars(900)))
        dawn.clock.at = at(1, 12, month=2)
        booked(await dawn.ann.spend(5))
        dawn.clock.at = at(2, month=2)
        (digest,) = [notice for notice in await dawn.review() if notice.code == "digest"]
        month = {name: value for name, value in digest.facts.items() if name.startswith("month-")}
        assert month == {
            "month-from": "2026-01-01",
            "month-until": "2026-01-31",
            "month-bought": 60,
            "month-earned": 20,
            "month-paid-net": 900,
            "month-paid-currency": "USD",
        }

    @pytest.mark.parametrize(("monday", "month"), [(at(7, month=9), "2026-08-01"), (at(8, month=6), None)])
    async def test_the_first_monday_is_the_seventh_at_the_latest(
        self, dawn: Dawn, monday: datetime, month: str | None
    ) -> None:
        dawn.clock.at = monday - timedelta(days=14)
        booked(await dawn.ann.spend(1))
        dawn.clock.at = monday - timedelta(days=1)
        booked(await dawn.ann.spend(1))
        dawn.clock.at = monday
        (digest,) = [notice for notice in await dawn.review() if notice.code == "digest"]
        assert digest.facts.get("month-from") == month

    async def test_it_leaves_out_a_month_before_the_books_began(self, dawn: Dawn) -> None:
        dawn.clock.at = at(1, month=2)
        bob = await freelancer(dawn.books, dawn.clock, "bob")
        dawn.clock.at = at(2, month=2)
        (digest,) = [notice for notice in await dawn.review() if notice.wallet == bob.wallet]
        assert digest.facts["earned"] == 20
        assert not [name for name in digest.facts if name.startswith("month-")]

    async def test_it_is_not_sent_when_switched_off(self, dawn: Dawn) -> None:
        await dawn.change_settings(digest=False)
        assert await dawn.days(10) == {}

    async def test_a_change_of_zone_on_monday_morning_neither_loses_nor_repeats_a_digest(self, dawn: Dawn) -> None:
        await dawn.change_settings(zone="America/New_York")
        dawn.clock.at = at(12, 8)
        await dawn.change_settings(zone="Asia/Tokyo")  # where nine on Monday has passed
        assert await dawn.days(8) == {13: ["digest"]}
        await dawn.change_settings(zone="America/New_York")
        assert await dawn.days(3) == {}
