"""A delayed notice is sent with current facts, or not at all if it no longer holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from core.alerts.catalogue import ALERTS, as_of, observe, wanted
from core.alerts.types.budget import over_budget, reached
from core.alerts.types.expiring import expiring
from core.alerts.types.promotions import refresh_draw_reminder
from core.delivery.notice import Notice
from core.ledger import rulebook
from core.ledger.model import Budget, Change, Lot, Snapshot, Source
from core.shared.ids import WalletId
from core.shared.money import UNKNOWN
from core.shared.refusals import NotOpen
from core.wallets.settings import Alerts, Settings, snooze, wake
from core.wallets.team import UNSHARED, TeamSettings
from tests.core.freelancer import booked, dollars

if TYPE_CHECKING:
    from collections.abc import Mapping

    from core.ledger.model import Entry
    from tests.clock import TestClock
    from tests.core.dawn import Dawn
    from tests.core.freelancer import Freelancer, OpenBooks

    Facts = Mapping[str, str | int] | None

BOOK = rulebook.default()


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


class TestFallingLow:
    """The alert of a low balance below 200 Connects; it is armed again at 250, which is a quarter more."""

    @pytest.fixture
    async def last(self, ann: Freelancer) -> Entry:
        return booked(await ann.spend(1)).entry

    @staticmethod
    def observed(last: Entry, before: int, after: int, *, low: bool, budget: Budget | None = None) -> Change:
        wallet = Snapshot(last.wallet, balance=before, threshold=200, low=low)
        change = observe(wallet, Change((last, replace(last, balance=after)), (), low=low, budget=budget), BOOK)
        assert isinstance(change, Change)
        return change

    @pytest.mark.parametrize(
        ("before", "after", "warned"), [(201, 200, False), (200, 199, True), (150, 199, False), (199, 199, True)]
    )
    def test_it_is_given_once_the_balance_is_below_the_threshold(
        self, last: Entry, before: int, after: int, *, warned: bool
    ) -> None:
        change = self.observed(last, before, after, low=False)
        assert [notice.code for notice in change.notices] == ["low"] * warned
        assert change.low is warned

    @pytest.mark.parametrize(("after", "low"), [(1, True), (200, True), (249, True), (250, False)])
    def test_it_is_armed_again_a_quarter_above_the_threshold(self, last: Entry, after: int, *, low: bool) -> None:
        change = self.observed(last, 150, after, low=True)
        assert (change.notices, change.low) == ((), low)

    def test_what_a_change_sends_by_itself_comes_after_the_alerts(self, last: Entry) -> None:
        wallet, own = Snapshot(last.wallet, balance=200, threshold=200), Notice("n1", "news", {})
        change = observe(wallet, Change((replace(last, balance=199),), (), notices=(own,)), BOOK)
        assert isinstance(change, Change)
        assert [notice.code for notice in change.notices] == ["low", "news"]

    def test_a_refusal_stays_as_it_is(self, last: Entry) -> None:
        assert observe(Snapshot(last.wallet), NotOpen(group=False), BOOK) == NotOpen(group=False)


class TestBudget:
    """A budget of 500 Connects, of which 400 are 80 percent."""

    MONTH = datetime(2026, 1, 1, tzinfo=UTC)

    def budget(self, spent: int, limit: int = 500) -> Budget:
        return Budget(limit, "UTC", self.MONTH, spent)

    @pytest.mark.parametrize(
        ("spent", "percent"), [(0, None), (399, None), (400, 80), (499, 80), (500, 100), (501, 100), (5000, 100)]
    )
    def test_a_percentage_is_reached_to_the_connect(self, spent: int, percent: int | None) -> None:
        assert reached(self.budget(spent), datetime(2026, 1, 31, 23, 59, tzinfo=UTC)) == percent
        assert reached(self.budget(spent), datetime(2026, 2, 1, tzinfo=UTC)) is None

    @pytest.mark.parametrize(
        ("before", "after", "mark"),
        [
            (0, 399, None), (399, 399, None), (399, 400, 80), (0, 499, 80), (400, 401, None), (400, 499, None),
            (499, 500, 100), (399, 500, 100), (399, 900, 100), (500, 501, None), (404, 498, None), (500, 450, None),
        ],
    )  # fmt: skip
    async def test_a_warning_is_given_when_a_percentage_is_crossed(
        self, ann: Freelancer, before: int, after: int, mark: int | None
    ) -> None:
        last = booked(await ann.spend(1)).entry
        wallet = Snapshot(ann.wallet, budget=self.budget(before))
        notices = over_budget(wallet, self.budget(after), last)
        assert [dict(notice.facts) for notice in notices] == (
            [] if mark is None else [{"spent": after, "limit": 500, "mark": mark}]
        )
        change = observe(wallet, Change((last,), (), budget=self.budget(after)), BOOK)
        assert isinstance(change, Change)
        assert change.notices == notices
        assert [notice.key for notice in notices] == ([] if mark is None else [f"budget:1:2026-01:500:{mark}"])

    async def test_the_first_connect_can_use_up_a_budget(self, ann: Freelancer) -> None:
        last = booked(await ann.spend(1)).entry
        for spent, marks in ((0, []), (1, [100])):
            notices = over_budget(Snapshot(ann.wallet), self.budget(spent, limit=1), last)
            assert [notice.facts["mark"] for notice in notices] == marks
        assert over_budget(Snapshot(ann.wallet), self.budget(0, limit=0), last) == ()

    @pytest.mark.parametrize(
        ("spent", "limit", "mark", "facts"),
        [
            (450, 500, 80, {"spent": 450, "limit": 500, "mark": 80}),
            (400, 500, 80, {"spent": 400, "limit": 500, "mark": 80}),
            (399, 500, 80, None),
            (499, 500, 100, None),
            (500, 500, 100, {"spent": 500, "limit": 500, "mark": 100}),
            (450, 501, 80, None),
        ],
    )
    def test_a_delayed_warning_holds_while_the_percentage_is_reached(
        self, spent: int, limit: int, mark: int, facts: Facts
    ) -> None:
        notice = Notice("budget:1:2026-01:500:80", "budget", {"spent": 444, "limit": 500, "mark": mark}, WalletId(1))
        wallet = Snapshot(WalletId(1), budget=self.budget(spent, limit))
        current = as_of(notice, self.MONTH, wallet, datetime(2026, 1, 31, tzinfo=UTC))
        assert (None if current is None else current.facts) == facts
        assert as_of(notice, self.MONTH, wallet, datetime(2026, 2, 1, tzinfo=UTC)) is None
        assert as_of(notice, self.MONTH, Snapshot(WalletId(1)), self.MONTH) is None


class TestMonthly:
    """Notices that the plan's Connects are due, or were, on January 15."""

    DUE = datetime(2026, 1, 15, 9, tzinfo=UTC)
    NOTICE = Notice("monthly:1:2026-01-15", "monthly", {"due": "2026-01-15", "when": "today"}, WalletId(1))

    @pytest.mark.parametrize(("hours", "when"), [(0, "today"), (12, "today"), (13, "past")])
    def test_today_is_today_for_half_a_day(self, hours: int, when: str) -> None:
        current = as_of(self.NOTICE, self.DUE, Snapshot(WalletId(1)), self.DUE + timedelta(hours=hours))
        assert current is not None
        assert current.facts == {"due": "2026-01-15", "when": when}

    @pytest.mark.parametrize(
        ("source", "issued", "holds"),
        [
            (Source.MONTHLY, datetime(2026, 1, 8, tzinfo=UTC), False),
            (Source.MONTHLY, datetime(2026, 1, 7, 23, 59, tzinfo=UTC), True),
            (Source.MONTHLY, datetime(2026, 1, 15, 10, tzinfo=UTC), False),
            (Source.INTERVIEW, datetime(2026, 1, 15, tzinfo=UTC), True),
        ],
    )
    def test_a_lot_counts_from_seven_days_before(self, source: Source, issued: datetime, *, holds: bool) -> None:
        wallet = Snapshot(WalletId(1), lots=(Lot(1, source, issued, None, 100, 100),))
        assert (as_of(self.NOTICE, self.DUE, wallet, self.DUE) is not None) is holds


class TestRunway:
    """A notice that 14 Connects at two a day last seven days, where the holder wants to hear of fewer than seven."""

    @pytest.mark.parametrize(("left", "holds"), [(0, True), (13, True), (14, False), (99, False)])
    def test_it_holds_while_the_connects_last_fewer_days(self, left: int, *, holds: bool) -> None:
        rates = {"usual": 2000, "slow": 1000, "fast": 3000}
        notice = Notice("runway:1:first", "runway", {"connects": 9, "mark": 7, **rates}, WalletId(1))
        now = datetime(2026, 1, 15, tzinfo=UTC)
        wallet = Snapshot(WalletId(1), lots=(Lot(1, Source.WELCOME, now, None, 100, left),))
        current = as_of(notice, now, wallet, now)
        assert (None if current is None else current.facts) == ({**notice.facts, "connects": left} if holds else None)


class TestPromotions:
    EXPIRES = datetime(2026, 1, 20, 9, tzinfo=UTC)

    @pytest.mark.parametrize(
        ("lot", "left", "hours", "connects"),
        [(3, 10, 0, 10), (3, 1, 47, 1), (3, 0, 0, None), (3, 10, 48, None), (2, 10, 0, None), (4, 10, 0, None)],
    )
    def test_the_end_of_a_lot_is_told_while_it_holds_connects(
        self, lot: int, left: int, hours: int, connects: int | None
    ) -> None:
        notice = Notice("promotion-ending:1:3", "promotion-ending", {"lot": 3, "connects": 20}, WalletId(1))
        made = self.EXPIRES - timedelta(days=2)
        wallet = Snapshot(WalletId(1), lots=(Lot(lot, Source.PROMOTION, made, self.EXPIRES, 20, left),))
        current = as_of(notice, made, wallet, made + timedelta(hours=hours))
        assert (None if current is None else current.facts["connects"]) == connects

    def test_a_draw_is_near_until_it_has_come(self) -> None:
        notice = Notice("eve:1", "promotion-eve", {"ends": self.EXPIRES.isoformat()}, WalletId(1))
        wallet, before = Snapshot(WalletId(1)), self.EXPIRES - timedelta.resolution
        assert refresh_draw_reminder(notice, before, wallet, before) == notice
        assert refresh_draw_reminder(notice, before, wallet, self.EXPIRES) is None


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

    @pytest.mark.parametrize(
        ("expires", "holds"),
        [(0, False), (1, True), (7 * 24 * 60, True), (7 * 24 * 60 + 1, False)],
    )
    def test_it_is_about_the_lots_of_its_days(self, clock: TestClock, expires: int, *, holds: bool) -> None:
        now = clock.now()
        lot = Lot(1, Source.WELCOME, now - timedelta(days=90), now + timedelta(minutes=expires), 20, 20)
        found = expiring(WalletId(1), [lot], 7)
        assert (as_of(found, now, Snapshot(WalletId(1), lots=(lot,)), now) is not None) is holds

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


async def test_only_what_is_known_of_the_cost_is_added_up(clock: TestClock, ann: Freelancer) -> None:
    booked(await ann.spend(20))
    booked(await ann.buy(10, dollars(100, tax=20)))
    booked(await ann.buy(20, UNKNOWN))
    booked(await ann.buy(40, dollars(300)))
    facts = dict(expiring(ann.wallet, await ann.lots(), 7).facts)
    expires = (clock.now() + timedelta(days=365)).isoformat()
    known = {"net": 400, "tax": 20, "currency": "USD"}
    assert facts == {"connects": 70, "days": 7, "expires": expires, "unknown": 20, **known}


async def test_connects_that_have_expired_are_reported(dawn: Dawn) -> None:
    dawn.clock.pass_(days=100)
    booked(await dawn.ann.buy(60))
    dawn.clock.pass_(days=300)
    await dawn.receive()
    await dawn.books.sweep()
    (notice,) = await dawn.receive()
    assert (notice.code, notice.facts["connects"], notice.facts["left"]) == ("expired", 20, 60)


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
    EVERYTHING = Settings(threshold=20, budget=300, team=TeamSettings(weekly=True))

    @pytest.mark.parametrize(
        ("off", "codes"),
        [
            (replace(EVERYTHING, threshold=None), {"low"}),
            (replace(EVERYTHING, budget=None), {"budget"}),
            (replace(EVERYTHING, alerts=Alerts(expiring=())), {"expiring", "expired"}),
            (replace(EVERYTHING, alerts=Alerts(runway=None)), {"runway"}),
            (replace(EVERYTHING, alerts=Alerts(monthly=False)), {"monthly", "missing"}),
            (replace(EVERYTHING, alerts=Alerts(promotions=False)), {"promotion-ending", "promotion-eve"}),
            (replace(EVERYTHING, alerts=Alerts(unfed=None)), {"unfed"}),
            (replace(EVERYTHING, alerts=Alerts(stale=False)), {"stale"}),
            (replace(EVERYTHING, alerts=Alerts(digest=False)), {"digest"}),
            (replace(EVERYTHING, team=UNSHARED), {"team-week"}),
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
