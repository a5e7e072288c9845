"""The periods of limits, in all time zones: every moment is in one of each kind, and they follow without a gap."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ledger.limits import PERIODS, span_of, spans_of
from core.wallets.team import Period

ZONES = sorted(zone for zone in available_timezones() if not zone.startswith(("Etc/", "posix", "right")))
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2031, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - of UTC
DAYS = {Period.DAY: (1, 1), Period.WEEK: (7, 7), Period.MONTH: (28, 31)}


@given(at=MOMENTS, zone=st.sampled_from(ZONES), period=st.sampled_from(Period))
def test_a_moment_is_in_its_period(at: datetime, zone: str, period: Period) -> None:
    since, until = span_of(period, at, zone)
    assert since <= at < until
    first, after = (moment.astimezone(ZoneInfo(zone)).date() for moment in (since, until))
    least, most = DAYS[period]
    assert least <= (after - first).days <= most


@given(at=MOMENTS, zone=st.sampled_from(ZONES), period=st.sampled_from(Period))
def test_one_ends_where_the_next_begins(at: datetime, zone: str, period: Period) -> None:
    span = span_of(period, at, zone)
    assert span_of(period, span.until, zone).since == span.until
    assert span_of(period, span.until - timedelta(microseconds=1), zone) == span
    assert span_of(period, span.since, zone) == span


@given(at=MOMENTS, zone=st.sampled_from(ZONES))
def test_a_day_is_in_one_week_and_in_one_month(at: datetime, zone: str) -> None:
    day, *longer = spans_of(at, zone)
    assert all(span.since <= day.since and day.until <= span.until for span in longer)
    assert spans_of(at, zone) == tuple(span_of(period, at, zone) for period in PERIODS)


@given(at=MOMENTS, zone=st.sampled_from(ZONES), minutes=st.integers(0, 14))
def test_all_moments_of_a_quarter_of_an_hour_have_the_same_periods(at: datetime, zone: str, minutes: int) -> None:
    """They are worked out once for it. No zone begins its day in the middle of one."""
    quarter = at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)
    local = (quarter + timedelta(minutes=minutes)).astimezone(ZoneInfo(zone))
    assert local.date() == quarter.astimezone(ZoneInfo(zone)).date()


@pytest.mark.parametrize(
    ("zone", "at", "hours"),
    [
        ("Europe/Kyiv", "2026-03-29T12:00", 23),
        ("Europe/Kyiv", "2026-10-25T12:00", 25),
        ("America/New_York", "2026-03-08T12:00", 23),
        ("Australia/Lord_Howe", "2026-04-05T02:00", 24.5),
        ("Asia/Kolkata", "2026-03-29T12:00", 24),
        ("Pacific/Chatham", "2026-09-27T00:00", 23),
    ],
)
def test_a_day_is_as_long_as_its_clocks_make_it(zone: str, at: str, hours: float) -> None:
    since, until = span_of(Period.DAY, datetime.fromisoformat(at).replace(tzinfo=UTC), zone)
    assert (until - since) / timedelta(hours=1) == hours
