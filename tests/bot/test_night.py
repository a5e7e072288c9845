"""The night of a reader: where they live, and as long as it is there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.night import until_morning


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


moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds


@given(st.sampled_from(["UTC", "Europe/Kyiv", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"]), moments)
def test_after_it_nobody_waits(zone: str, now: datetime) -> None:
    wait = until_morning(zone, now)
    assert timedelta() <= wait <= timedelta(hours=11)
    assert not until_morning(zone, now + wait)
    if wait:
        assert (now + wait).astimezone(ZoneInfo(zone)).hour == 8
