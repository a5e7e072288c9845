"""The night of a reader: where they live, and as long as it is there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.base.quiet_hours import hours_of, until_morning


def utc(day: int, hour: int, minute: int = 0, month: int = 1) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "now", "hours"),
    [
        ("UTC", utc(10, 12), 0),
        ("UTC", utc(10, 8), 0),
        ("UTC", utc(10, 21, 59), 0),
        ("UTC", utc(10, 22), 10),
        ("UTC", utc(10, 23, 30), 8.5),
        ("UTC", utc(11, 0), 8),
        ("UTC", utc(11, 7, 30), 0.5),
        ("Europe/Kyiv", utc(10, 21), 9),
        ("Europe/Kyiv", utc(10, 7), 0),
        ("America/New_York", utc(10, 12), 1),
        ("Europe/Kyiv", utc(28, 20, month=3), 9),  # 22:00; in this night an hour is left out
        ("Europe/Kyiv", utc(29, 0, 30, month=3), 4.5),  # 02:30, before it is
        ("Europe/Kyiv", utc(24, 19, month=10), 11),  # 22:00; in this one an hour comes twice
        ("Europe/Kyiv", utc(25, 0, 30, month=10), 5.5),  # 03:30 for the first time
        ("Europe/Kyiv", utc(25, 1, 30, month=10), 4.5),  # 03:30 again
    ],
)
def test_it_lasts_until_eight(zone: str, now: datetime, hours: float) -> None:
    assert until_morning(zone, now) == timedelta(hours=hours)


zones = st.sampled_from(["UTC", "Europe/Kyiv", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"])
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds


@given(zones, moments)
def test_after_it_nobody_waits(zone: str, now: datetime) -> None:
    wait = until_morning(zone, now)
    assert timedelta() <= wait <= timedelta(hours=11)
    assert not until_morning(zone, now + wait)
    if wait:
        assert (now + wait).astimezone(ZoneInfo(zone)).hour == 8


class TestQuietHours:
    @pytest.mark.parametrize(
        ("quiet", "now", "hours"),
        [
            ("off", utc(10, 3), 0),
            ("", utc(10, 3), 5),
            ("23-7", utc(10, 22, 30), 0),
            ("23-7", utc(10, 23), 8),
            ("22:30-6:15", utc(10, 22, 30), 7.75),
            ("13-15", utc(10, 12, 59), 0),
            ("13-15", utc(10, 13), 2),
            ("13-15", utc(10, 14), 1),
            ("13-15", utc(10, 15), 0),
            ("0-7", utc(10, 6), 1),
            ("24-7", utc(10, 6), 1),
            ("24-7", utc(10, 0), 7),
            ("24-7", utc(10, 23, 59), 0),
        ],
    )
    def test_they_are_those_of_the_reader(self, quiet: str, now: datetime, hours: float) -> None:
        assert until_morning("UTC", now, quiet) == timedelta(hours=hours)

    @pytest.mark.parametrize(
        ("now", "hours"),
        [
            (utc(28, 21, month=3), 7),  # 23:00 in Kyiv; 7:00 comes an hour earlier
            (utc(24, 20, month=10), 9),  # 23:00 there, and an hour comes twice
        ],
    )
    def test_a_night_in_which_clocks_change_is_as_long_as_it_is(self, now: datetime, hours: float) -> None:
        assert until_morning("Europe/Kyiv", now, "23-7") == timedelta(hours=hours)

    @given(zones, moments, st.integers(0, 23), st.integers(1, 20))
    def test_after_them_nobody_waits(self, zone: str, now: datetime, evening: int, long: int) -> None:
        quiet = f"{evening}-{(evening + long) % 24}"
        wait = until_morning(zone, now, quiet)
        assert timedelta() <= wait <= timedelta(hours=long + 1)
        assert not until_morning(zone, now + wait, quiet)

    @pytest.mark.parametrize(
        ("written", "kept"), [("22-8", "22-8"), ("22:00 - 08:00", "22-8"), ("2230to700", "22:30-7"), ("", "22-8")]
    )
    def test_they_are_kept_as_short_as_they_can_be(self, written: str, kept: str) -> None:
        assert str(hours_of(written)) == kept

    @pytest.mark.parametrize("written", ["8-8", "22", "25-8", "22:70-8", "at night", "22-8-9"])
    def test_what_is_none_is_refused(self, written: str) -> None:
        with pytest.raises(ValueError, match=r"they|these|hour"):
            hours_of(written)
