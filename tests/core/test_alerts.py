"""A delayed notice is sent with current facts, or not at all if it no longer holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from core.alerts.catalogue import ALERTS, as_of, wanted
from core.alerts.expiring import expiring
from core.delivery.notice import Notice
from core.wallets.settings import Alerts, Settings, snooze, wake
from tests.core.freelancer import booked, dollars

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.clock import TestClock
    from tests.core.freelancer import Freelancer, OpenBooks

    Facts = Mapping[str, str | int] | None


async def refreshed(books: OpenBooks, clock: TestClock, ann: Freelancer, notice: Notice, *, delay: int = 0) -> Facts:
    """The facts of a notice that was delayed by so many hours; None if it no longer holds."""
    made = clock.now()
    clock.pass_(hours=delay)
    current = as_of(notice, made, await books.store.ledger.holding(ann.wallet), clock.now())
    assert current is None or current._replace(facts=notice.facts) == notice
    return None if current is None else current.facts


class TestLow:
    @pytest.fixture
    def notice(self, ann: Freelancer) -> Notice:
        return Notice(f"low:{ann.wallet}:9", "low", {"connects": 3, "threshold": 15}, ann.wallet, by=ann.person)

    @pytest.mark.parametrize(
        ("threshold", "spent", "facts"),
        [
            (15, 6, {"connects": 14, "threshold": 15}),
            (15, 5, None),
            (99, 0, {"connects": 20, "threshold": 99}),
            (None, 20, None),
        ],
    )
    async def test_it_holds_while_the_balance_is_below_the_current_threshold(
        self, books: OpenBooks, ann: Freelancer, notice: Notice, *, threshold: int | None, spent: int, facts: Facts
    ) -> None:
        await books.store.people.save_settings(ann.wallet, Settings(threshold=threshold))
        if spent:
            booked(await ann.spend(spent))
        assert await refreshed(books, ann.clock, ann, notice) == facts


class TestExpiring:
    """Two lots bought ten days apart, and a third bought long after, when the second has 29 days left."""

    @pytest.fixture
    async def notice(self, clock: TestClock, ann: Freelancer) -> Notice:
        booked(await ann.spend(20))
        for connects, days in ((10, 10), (20, 336), (30, 0)):
            booked(await ann.buy(connects, dollars(connects)))
            clock.pass_(days=days)
        return expiring(ann.wallet, (await ann.lots())[:2], 30)

    async def test_it_gives_what_is_left_of_its_lots(
        self, books: OpenBooks, clock: TestClock, ann: Freelancer, notice: Notice
    ) -> None:
        assert await refreshed(books, clock, ann, notice) == notice.facts
        booked(await ann.spend(12))
        assert await refreshed(books, clock, ann, notice, delay=1) == {
            "connects": 18, "days": 30, "net": 18, "tax": 0, "currency": "USD", "expires": "2027-01-20T09:00:00+00:00",
        }  # fmt: skip

    async def test_it_is_obsolete_once_everything_is_spent(
        self, books: OpenBooks, clock: TestClock, ann: Freelancer, notice: Notice
    ) -> None:
        booked(await ann.spend(30))
        assert await refreshed(books, clock, ann, notice) is None

    async def test_lots_that_have_expired_since_are_left_out(
        self, books: OpenBooks, clock: TestClock, ann: Freelancer, notice: Notice
    ) -> None:
        facts = await refreshed(books, clock, ann, notice, delay=20 * 24)
        assert facts is not None
        assert facts["connects"] == 20
        clock.pass_(days=-20)
        assert await refreshed(books, clock, ann, notice, delay=30 * 24) is None

    async def test_lots_that_expire_earlier_are_not_counted(
        self, books: OpenBooks, clock: TestClock, ann: Freelancer, notice: Notice
    ) -> None:
        second = notice._replace(facts=expiring(ann.wallet, (await ann.lots())[1:2], 30).facts)
        assert await refreshed(books, clock, ann, second) == second.facts


async def test_an_expiry_notice_gives_the_current_balance(books: OpenBooks, clock: TestClock, ann: Freelancer) -> None:
    notice = Notice(f"expired:{ann.wallet}:3", "expired", {"connects": 12, "left": 20}, ann.wallet)
    booked(await ann.spend(5))
    assert await refreshed(books, clock, ann, notice, delay=9) == {"connects": 12, "left": 15}


async def test_a_notice_without_a_refresh_is_sent_as_it_was_made(
    books: OpenBooks, clock: TestClock, ann: Freelancer
) -> None:
    notice = Notice("n1", "news", {"connects": 3}, ann.wallet)
    assert await refreshed(books, clock, ann, notice) == notice.facts


class TestWanted:
    NOW = datetime(2026, 1, 10, 9, tzinfo=UTC)
    EVERYTHING = Settings(threshold=20, budget=300)

    @pytest.mark.parametrize(
        ("off", "codes"),
        [
            (Settings(budget=300), {"low"}),
            (Settings(threshold=20), {"budget"}),
            (replace(EVERYTHING, alerts=Alerts(expiring=())), {"expiring", "expired"}),
            (replace(EVERYTHING, alerts=Alerts(runway=None)), {"runway"}),
            (replace(EVERYTHING, alerts=Alerts(monthly=False)), {"monthly", "missing"}),
            (replace(EVERYTHING, alerts=Alerts(promotions=False)), {"promotion-ending", "promotion-eve"}),
            (replace(EVERYTHING, alerts=Alerts(digest=False)), {"digest"}),
        ],
    )
    def test_only_what_is_switched_off_is_unwanted(self, off: Settings, codes: set[str]) -> None:
        codes_of_all = {*(alert.code for alert in ALERTS), "test", "promotion-won"}
        assert {code for code in codes_of_all if wanted(self.EVERYTHING, code, self.NOW)} == codes_of_all
        assert {code for code in codes_of_all if not wanted(off, code, self.NOW)} == codes

    def test_a_snoozed_alert_is_unwanted_until_the_snooze_ends(self) -> None:
        until = self.NOW + timedelta(days=7)
        kept = replace(self.EVERYTHING, alerts=snooze(Alerts(), "low", until, self.NOW))
        assert not wanted(kept, "low", until - timedelta(microseconds=1))
        assert wanted(kept, "low", until)
        assert wanted(kept, "budget", self.NOW)
        assert wanted(replace(kept, alerts=wake(kept.alerts, "low")), "low", self.NOW)
