"""The alerts that a review finds, exactly at the moments and figures on which they turn."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.alerts.review_context import ReviewContext
from core.alerts.types.low import low_after_snooze
from core.alerts.types.monthly import missing, monthly
from core.alerts.types.promotions import promotion_ending
from core.alerts.types.runway import is_enough_to_rearm, runway
from core.forecast.burn_rate import BurnRate
from core.ledger import rulebook
from core.ledger.model import Entry, Kind, Lot, Posting, Snapshot, Source, holding_of, income_from
from core.shared.ids import WalletId
from core.wallets.settings import Alerts, Plan, Settings

WALLET = WalletId(1)
NOW = datetime(2026, 1, 15, 9, tzinfo=UTC)
MOMENT, DAY = timedelta.resolution, timedelta(days=1)
SETTINGS = Settings(plan=Plan.PLUS, alerts=Alerts(cycle=15))


def lot(left: int, source: Source = Source.WELCOME, expires: datetime | None = None, number: int = 1) -> Lot:
    return Lot(number, source, NOW - 90 * DAY, expires, 1000, left)


def context(
    now: datetime = NOW, *lots: Lot, settings: Settings = SETTINGS, threshold: int | None = None
) -> ReviewContext:
    wallet = Snapshot(WALLET, threshold=threshold, lots=lots)
    return ReviewContext(wallet, settings, rulebook.default(), (), NOW - 90 * DAY, None, since=now, now=now)


def grant(at: datetime, source: Source = Source.MONTHLY) -> Entry:
    legs = (Posting(holding_of(WALLET), 100, 1), Posting(income_from(source), -100, 1))
    return Entry(WALLET, 1, at, Kind.GRANT, legs, 100, "key", "body")


@pytest.mark.parametrize(
    ("before", "due"),
    [(-MOMENT, False), (0 * DAY, True), (DAY, True), (2 * DAY, True), (2 * DAY + MOMENT, False)],
)
def test_a_review_covers_the_time_since_it_was_due_and_a_day_more(before: timedelta, *, due: bool) -> None:
    late = context()._replace(since=NOW - DAY)
    assert late.fell_due(NOW - before) is due


class TestMonthly:
    @pytest.mark.parametrize(
        ("after", "codes"),
        [
            (-MOMENT, []),
            (0 * DAY, ["monthly"]),
            (DAY, ["monthly"]),
            (3 * DAY - MOMENT, ["monthly"]),
            (3 * DAY, ["missing"]),
            (4 * DAY, ["missing"]),
        ],
    )
    def test_it_is_due_on_the_morning_of_its_day_and_missing_three_days_later(
        self, after: timedelta, codes: list[str]
    ) -> None:
        late = context(NOW + after)._replace(since=NOW)
        assert [notice.code for notice in (*monthly(late), *missing(late))] == codes

    @pytest.mark.parametrize(
        ("began", "reported"), [(-DAY, True), (-timedelta(hours=9) - MOMENT, True), (-timedelta(hours=9), False)]
    )
    def test_it_is_not_missing_from_books_that_began_later(self, began: timedelta, *, reported: bool) -> None:
        assert bool(missing(context(NOW + 3 * DAY)._replace(began=NOW + began))) is reported

    @pytest.mark.parametrize(
        ("at", "booked"),
        [
            (datetime(2026, 1, 1, tzinfo=UTC), True),  # in the same month
            (datetime(2025, 12, 31, 23, 59, tzinfo=UTC), False),
        ],
    )
    def test_one_in_the_same_month_counts(self, at: datetime, *, booked: bool) -> None:
        assert bool(monthly(context()._replace(entries=(grant(at),)))) is not booked

    @pytest.mark.parametrize(("early", "booked"), [(7 * DAY, True), (7 * DAY + MOMENT, False), (6 * DAY, True)])
    def test_one_of_the_month_before_counts_if_it_came_a_week_early_at_most(
        self, early: timedelta, *, booked: bool
    ) -> None:
        second = replace(SETTINGS, alerts=Alerts(cycle=2))
        due = datetime(2026, 1, 2, tzinfo=UTC)
        found = monthly(context(due + timedelta(hours=9), settings=second)._replace(entries=(grant(due - early),)))
        assert bool(found) is not booked

    def test_other_grants_do_not_count(self) -> None:
        assert monthly(context()._replace(entries=(grant(NOW, Source.INTERVIEW),)))


class TestLow:
    @pytest.mark.parametrize(
        ("ended", "left", "threshold", "reported"),
        [
            (0 * DAY, 14, 15, True),
            (0 * DAY, 15, 15, False),
            (0 * DAY, 0, None, False),
            (DAY, 14, 15, True),
            (DAY + MOMENT, 14, 15, False),
            (-MOMENT, 14, 15, False),
        ],
    )
    def test_it_is_reported_again_when_a_snooze_has_just_ended(
        self, ended: timedelta, left: int, threshold: int | None, *, reported: bool
    ) -> None:
        snoozed = Settings(threshold=threshold, alerts=Alerts(snoozed=(("low", NOW - ended),)))
        found = low_after_snooze(context(NOW, lot(left), settings=snoozed, threshold=threshold))
        assert [dict(notice.facts) for notice in found] == [{"connects": left, "threshold": threshold}] * reported

    def test_without_a_snooze_it_was_reported_at_once(self) -> None:
        assert low_after_snooze(context(NOW, lot(1), threshold=15)) == ()

    def test_a_snooze_that_lasts_outweighs_one_that_has_ended(self) -> None:
        snoozed = Settings(threshold=15, alerts=Alerts(snoozed=(("low", NOW), ("low", NOW + DAY))))
        assert low_after_snooze(context(NOW, lot(1), settings=snoozed, threshold=15)) == ()


class TestRunway:
    """With two Connects a day and a limit of eight days, 16 are enough, and 24 re-arm the alert."""

    EIGHT = Settings(alerts=Alerts(runway=8))

    def lasting(self, left: int) -> ReviewContext:
        return context(NOW, lot(left), settings=self.EIGHT)._replace(burn_rate=BurnRate(2000, 1000, 3000))

    @pytest.mark.parametrize(("left", "reported"), [(0, True), (15, True), (16, False), (24, False)])
    def test_it_is_reported_below_the_limit(self, left: int, *, reported: bool) -> None:
        assert [notice.facts["needed"] for notice in runway(self.lasting(left))] == [24] * reported

    @pytest.mark.parametrize(("left", "enough"), [(16, False), (23, False), (24, True), (99, True)])
    def test_it_is_armed_again_at_half_as_much_more(self, left: int, *, enough: bool) -> None:
        assert is_enough_to_rearm(self.lasting(left)) is enough

    def test_without_a_limit_or_a_rate_there_is_none(self) -> None:
        for none in (
            self.lasting(0)._replace(burn_rate=None),
            self.lasting(0)._replace(settings=Settings(alerts=Alerts(runway=None))),
        ):
            assert runway(none) == ()
            assert not is_enough_to_rearm(none)


class TestPromotionEnding:
    @pytest.mark.parametrize(
        ("left", "days", "reported"),
        [
            (MOMENT, (), True),
            (0 * DAY, (), False),
            (3 * DAY, (), True),
            (3 * DAY + MOMENT, (), False),
            (2 * DAY, (4,), True),  # the scan announced it on a day that is no longer near
            (2 * DAY, (2,), False),
            (2 * DAY, (1,), True),
            (2 * DAY, (3,), False),
            (DAY, (3, 1), False),
        ],
    )
    def test_it_is_announced_within_three_days_unless_the_scan_has_done_so(
        self, left: timedelta, days: tuple[int, ...], *, reported: bool
    ) -> None:
        settings = Settings(alerts=Alerts(expiring=days))
        found = promotion_ending(context(NOW, lot(10, Source.PROMOTION, NOW + left, 7), settings=settings))
        assert [notice.facts["lot"] for notice in found] == [7] * reported

    def test_the_scan_does_not_announce_what_came_on_that_day(self) -> None:
        settings = Settings(alerts=Alerts(expiring=(2,)))
        came = lot(10, Source.PROMOTION, NOW + 2 * DAY)._replace(issued=NOW)
        assert promotion_ending(context(NOW, came, settings=settings))
        assert not promotion_ending(context(NOW, came._replace(issued=NOW - MOMENT), settings=settings))

    def test_other_lots_are_left_to_the_scan(self) -> None:
        assert promotion_ending(context(NOW, lot(10, Source.REWARD, NOW + DAY))) == ()
