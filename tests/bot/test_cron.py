"""cronsim agrees with the scheduler's trigger, which was used before, unless both kinds of days are named.

There the trigger is asked on a clock that is never set, and what that clock shows is then put in its place.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from apscheduler.triggers.cron import CronTrigger
from hypothesis import given
from hypothesis import strategies as st

from bot.options.times.cron import CronError, following, normal

ZONES: Final = (
    "UTC", "Europe/Kyiv", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/Santiago", "Pacific/Apia"
)  # fmt: skip
CHANGES: Final = [
    datetime.fromisoformat(at)
    for at in (
        "2026-03-29T01:00+00:00", "2026-10-25T01:00+00:00",  # Kyiv
        "2026-03-08T07:00+00:00", "2026-11-01T06:00+00:00",  # New York
        "2026-10-03T15:30+00:00", "2026-04-04T15:00+00:00",  # Lord Howe, by half an hour
        "2026-09-06T04:00+00:00", "2026-04-05T03:00+00:00",  # Santiago, at midnight
    )
]  # fmt: skip
MINUTE: Final = timedelta(minutes=1)
SET_BACK: Final = timedelta(hours=3)


def reckoned_before(cron: str, zone: str, after: datetime) -> datetime | None:
    place, trigger = ZoneInfo(zone), CronTrigger.from_crontab(cron, timezone=UTC)
    shown = after.astimezone(place).replace(tzinfo=UTC) - SET_BACK
    while (found := trigger.get_next_fire_time(None, shown)) is not None:
        at = moment(found.replace(tzinfo=None), place)
        if at > after:
            return at
        shown = found + timedelta(microseconds=1)
    return None


def moment(shown: datetime, place: ZoneInfo) -> datetime:
    """The first moment at which the clocks of a place show a time, or the next time that they do show."""
    while True:
        at = shown.replace(tzinfo=place).astimezone(UTC)
        if at.astimezone(place).replace(tzinfo=None, fold=0) == shown:
            return at
        shown += MINUTE


def field(low: int, high: int) -> st.SearchStrategy[str]:
    """Numbers, lists, spans, steps."""
    number = st.integers(low, high)
    span = st.tuples(number, number).map(sorted).map(lambda ends: f"{ends[0]}-{ends[1]}")
    listed = st.lists(number, min_size=1, max_size=3).map(lambda those: ",".join(map(str, those)))
    return st.one_of(st.just("*"), number.map(str), listed, span, st.integers(1, 5).map(lambda step: f"*/{step}"))


WEEKDAYS: Final = field(0, 7)
DAYS: Final = st.one_of(
    st.tuples(st.one_of(field(1, 31), st.just("last")), st.just("*")),
    st.tuples(st.sampled_from(("*", "*/2", "*/7")), WEEKDAYS),
)
MONTHS: Final = st.one_of(st.just("*"), field(1, 12), st.sampled_from(("jan", "feb,oct", "mar-may")))
MOMENTS: Final = st.one_of(
    st.datetimes(datetime(2026, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - its zone comes with it
    st.tuples(st.sampled_from(CHANGES), st.integers(-26 * 60, 26 * 60)).map(lambda near: near[0] + near[1] * MINUTE),
)


@given(field(0, 59), field(0, 23), DAYS, MONTHS, st.sampled_from(ZONES), MOMENTS)
def test_it_agrees_with_the_previous_implementation(  # noqa: PLR0917 - what is drawn
    minute: str, hour: str, days: tuple[str, str], month: str, zone: str, after: datetime
) -> None:
    cron = normal(f"{minute} {hour} {days[0]} {month} {days[1]}")
    for _ in range(3):
        at = following(cron, zone, after)
        assert at == reckoned_before(cron, zone, after)
        if at is None:
            break
        after = at


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("0 9 * * 0", "0 9 * * sun"),
        ("0 9 * * 7", "0 9 * * sun"),
        ("0 9 * * 1", "0 9 * * mon"),
        ("0 9 * * MON-fri", "0 9 * * mon,tue,wed,thu,fri"),
        ("0 9 * * 5-7", "0 9 * * fri,sat,sun"),
        ("0 9 * * fri-mon", "0 9 * * mon,fri,sat,sun"),
        ("0 9 * * */2", "0 9 * * tue,thu,sat,sun"),
        ("0 9 * * 1/2", "0 9 * * mon,wed,fri"),
        ("0 9 * * 1-5/3", "0 9 * * mon,thu"),
        ("0 9 * * ?", "0 9 * * *"),
        ("0 9 1 * */2", "0 9 1 * */2"),
        ("0 9 L * *", "0 9 last * *"),
        ("0 9 15,L * *", "0 9 15,last * *"),
    ],
)
def test_an_expression_has_one_form(written: str, kept: str) -> None:
    assert normal(written) == kept


@pytest.mark.parametrize(
    "written",
    ["0 9 * *", "0 9 * * * *", "0 9 * * 8", "0 9 * * */0", "0 9 * * 1/x", "0 9 * * xyz", "60 9 * * *", "0 9 * 13 *"],
)
def test_what_is_no_expression(written: str) -> None:
    with pytest.raises(CronError):
        normal(written)


def test_the_next_time_is_later_than_the_last() -> None:
    at = datetime(2026, 1, 10, 9, tzinfo=UTC)
    assert following("0 9 * * *", "UTC", at) == at + timedelta(days=1)
    assert following("0 9 * * *", "UTC", at - timedelta.resolution) == at
    assert following("0 9 30 feb *", "UTC", at) is None
