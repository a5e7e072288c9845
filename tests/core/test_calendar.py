"""Nine in the morning is nine by local time, and a cycle renews once a month."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.shared.calendar import SHORTEST_MONTH, day_in, last_monday, last_of_cycle, next_nine, tzinfo_of

ZONES = ("UTC", "Europe/Kyiv", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "Australia/Lord_Howe")


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [("Europe/Kyiv", 28, 23), ("Europe/Kyiv", 27, 24), ("America/New_York", 7, 23)],  # of March 2026
)
def test_a_day_on_which_summer_time_changes_is_shorter(zone: str, day: int, hours: int) -> None:
    first = next_nine(zone, datetime(2026, 3, day, 5, tzinfo=tzinfo_of(zone)).astimezone(UTC))
    second = next_nine(zone, first)
    assert second - first == timedelta(hours=hours)
    assert [at.astimezone(tzinfo_of(zone)).strftime("%d %H:%M") for at in (first, second)] == [
        f"{day:02} 09:00",
        f"{day + 1:02} 09:00",
    ]


MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds


@given(zone=st.sampled_from(ZONES), start=MOMENTS)
def test_every_day_has_one_morning(zone: str, start: datetime) -> None:
    at = [next_nine(zone, start)]
    while len(at) < 5:
        at.append(next_nine(zone, at[-1]))
    assert at[0] > start
    for one, other in pairwise(day_in(zone, moment) for moment in at):
        assert other - one == timedelta(days=1)
    assert {moment.astimezone(tzinfo_of(zone)).hour for moment in at} == {9}


def test_an_unknown_zone_counts_as_utc() -> None:
    assert next_nine("Mars/Olympus", datetime(2026, 1, 10, 9, tzinfo=UTC)) == datetime(2026, 1, 11, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cycle", "day", "due"),
    [
        (15, date(2026, 1, 15), date(2026, 1, 15)),
        (15, date(2026, 1, 14), date(2025, 12, 15)),
        (28, date(2026, 3, 1), date(2026, 2, 28)),
        (29, date(2026, 3, 30), date(2026, 3, 1)),
        (31, date(2026, 3, 1), date(2026, 3, 1)),
    ],
)
def test_cycles_of_the_last_days_of_a_month_renew_on_the_first(cycle: int, day: date, due: date) -> None:
    assert last_of_cycle(cycle, day) == due


@given(cycle=st.integers(1, 31), day=st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_a_cycle_renews_once_a_month(cycle: int, day: date) -> None:
    due = last_of_cycle(cycle, day)
    assert due <= day < due + timedelta(days=31)
    assert due.day == (cycle if cycle <= SHORTEST_MONTH else 1)
    assert last_monday(day).weekday() == 0
