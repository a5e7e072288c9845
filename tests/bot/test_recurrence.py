"""Recurrence: what people write, which times it means in a zone, and how it is described."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.command.declaration import UnfitError
from bot.options.times.cron import CronError, following, normal
from bot.options.times.schedule import DAYS, Recurrence, explained
from bot.reply.words import voice

KYIV = "Europe/Kyiv"


def times(cron: str, zone: str, after: datetime, count: int = 3) -> list[str]:
    """The next times by the clocks of the zone."""
    found = []
    for _ in range(count):
        at = following(cron, zone, after)
        assert at is not None
        assert at > after
        found.append(f"{at.astimezone(ZoneInfo(zone)):%a %d %b %H:%M %z}")
        after = at
    return found


@pytest.mark.parametrize(
    ("words", "cron", "told"),
    [
        ("every monday at 9", "0 9 * * mon", "every Monday at 09:00 Kyiv time"),
        ("Mondays 9:30", "30 9 * * mon", "every Monday at 09:30 Kyiv time"),
        ("daily 09:00", "0 9 * * *", "every day at 09:00 Kyiv time"),
        ("every day at noon", "0 12 * * *", "every day at 12:00 Kyiv time"),
        ("at midnight", "0 0 * * *", "every day at 00:00 Kyiv time"),
        ("9pm", "0 21 * * *", "every day at 21:00 Kyiv time"),
        ("1st of the month at 10:00", "0 10 1 * *", "on day 1 of each month at 10:00 Kyiv time"),
        ("every month on the 1st and 15th at 10", "0 10 1,15 * *", "on days 1 and 15 of each month at 10:00 Kyiv time"),
        ("last day of the month 18:00", "0 18 last * *", "on the last day of each month at 18:00 Kyiv time"),
        ("every weekday at 8.15", "15 8 * * mon,tue,wed,thu,fri", "from Monday to Friday at 08:15 Kyiv time"),
        ("monday to friday 08:15", "15 8 * * mon,tue,wed,thu,fri", "from Monday to Friday at 08:15 Kyiv time"),
        ("weekends at 11", "0 11 * * sat,sun", "every Saturday and Sunday at 11:00 Kyiv time"),
        ("mon, wed and fri 18:30", "30 18 * * mon,wed,fri", "every Monday, Wednesday and Friday at 18:30 Kyiv time"),
        ("hourly", "0 * * * *", "every hour at 00 past, Kyiv time"),
        ("9am every friday", "0 9 * * fri", "every Friday at 09:00 Kyiv time"),
        ("at 9 on Mondays", "0 9 * * mon", "every Monday at 09:00 Kyiv time"),
        ("weekdays at 9:30", "30 9 * * mon,tue,wed,thu,fri", "from Monday to Friday at 09:30 Kyiv time"),
        ("business days 9:30", "30 9 * * mon,tue,wed,thu,fri", "from Monday to Friday at 09:30 Kyiv time"),
        ("tue & thu 9:00", "0 9 * * tue,thu", "every Tuesday and Thursday at 09:00 Kyiv time"),
        ("tue/thu at 9", "0 9 * * tue,thu", "every Tuesday and Thursday at 09:00 Kyiv time"),
        ("weekly on friday at 9", "0 9 * * fri", "every Friday at 09:00 Kyiv time"),
        ("once a week on fridays at 9", "0 9 * * fri", "every Friday at 09:00 Kyiv time"),
        ("once a day at 9", "0 9 * * *", "every day at 09:00 Kyiv time"),
        ("daily at 9 and 18", "0 9,18 * * *", "every day at 09:00 and 18:00 Kyiv time"),
        ("daily at 9:30, 12:30 and 6:30pm", "30 9,12,18 * * *", "every day at 09:30, 12:30 and 18:30 Kyiv time"),
        ("first of the month at 9", "0 9 1 * *", "on day 1 of each month at 09:00 Kyiv time"),
        ("monthly on the 5th at 9", "0 9 5 * *", "on day 5 of each month at 09:00 Kyiv time"),
        ("on day 7 of each month at 9", "0 9 7 * *", "on day 7 of each month at 09:00 Kyiv time"),
        ("every 7th at 9", "0 9 7 * *", "on day 7 of each month at 09:00 Kyiv time"),
        ("monthly on the last day at 9", "0 9 last * *", "on the last day of each month at 09:00 Kyiv time"),
        ("every 12 hours", "0 0,12 * * *", "every day at 00:00 and 12:00 Kyiv time"),
        ("0 9 31 * *", "0 9 31 * *", "on day 31 of each month at 09:00 Kyiv time"),
        ("0 9 * * 1", "0 9 * * mon", "every Monday at 09:00 Kyiv time"),
        ("0 9 * * 0", "0 9 * * sun", "every Sunday at 09:00 Kyiv time"),
        ("0 9 * * 5-7", "0 9 * * fri,sat,sun", "every Friday, Saturday and Sunday at 09:00 Kyiv time"),
        ("30 9,17 * * 1-5", "30 9,17 * * mon,tue,wed,thu,fri", "from Monday to Friday at 09:30 and 17:30 Kyiv time"),
        ("0 18 L * *", "0 18 last * *", "on the last day of each month at 18:00 Kyiv time"),
        ("0 9 13 * fri", "0 9 13 * fri", "on day 13 of each month, and every Friday, at 09:00 Kyiv time"),
        (
            "0 9 1,15 * 1-5",
            "0 9 1,15 * mon,tue,wed,thu,fri",
            "on days 1 and 15 of each month, and from Monday to Friday, at 09:00 Kyiv time",
        ),
        ("0 9 last * 1", "0 9 last * mon", "on the last day of each month, and every Monday, at 09:00 Kyiv time"),
        ("0 9 */2 * mon", "0 9 */2 * mon", "on the schedule “0 9 */2 * mon”, Kyiv time"),
        ("0 9 13 * */5", "0 9 13 * */5", "on the schedule “0 9 13 * */5”, Kyiv time"),
        ("0 9 * jan *", "0 9 * jan *", "on the schedule “0 9 * jan *”, Kyiv time"),
    ],
)
def test_words_are_understood_and_described_back(words: str, cron: str, told: str) -> None:
    read = Recurrence().read(words)
    assert read == cron
    assert voice("en", "UTC").say(explained(read, KYIV)) == told


@pytest.mark.parametrize(
    "words",
    [
        "",
        "soon",
        "every moonday at 9",
        "every 2",
        "every 15 at 9",
        "5 at 9",
        "friday evening at 6",
        "25:00",
        "0 9 * *",
        "0 9 * * 8",
        "13 pm",
        "0 9 * * */0",
        "61 9 * * *",
    ],
)
def test_words_that_are_not_understood_are_answered_with_examples(words: str) -> None:
    with pytest.raises(UnfitError) as raised:
        Recurrence().read(words)
    assert raised.value.sentence.id == "unfit-cron"


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("every monday at 9am EST", "unfit-cron-zone"),
        ("daily 9:00 Kyiv time", "unfit-cron-zone"),
        ("weekdays at 18:30 New York", "unfit-cron-zone"),
        ("9:00 UTC", "unfit-cron-zone"),
        ("every 2 days", "unfit-cron-interval"),
        ("every 2 days at 9", "unfit-cron-interval"),
        ("every two days at 9", "unfit-cron-interval"),
        ("9am every 3rd day", "unfit-cron-interval"),
        ("every other day at 9", "unfit-cron-interval"),
        ("every 2 weeks at 9", "unfit-cron-interval"),
        ("every 14 days at 9", "unfit-cron-interval"),
        ("every other monday", "unfit-cron-interval"),
        ("every second monday at 9", "unfit-cron-interval"),
        ("every 2nd tuesday 9:00", "unfit-cron-interval"),
        ("fortnightly", "unfit-cron-interval"),
        ("biweekly on monday at 9", "unfit-cron-interval"),
        ("every 6 month", "unfit-cron-interval"),
        ("every 6 months at 9", "unfit-cron-interval"),
        ("quarterly at 9", "unfit-cron-interval"),
        ("every year at 9", "unfit-cron-interval"),
        ("every 5 hours", "unfit-cron-interval"),
        ("twice a day", "unfit-cron-times"),
        ("3 times a week at 9", "unfit-cron-times"),
        ("daily at 9:00 and 18:30", "unfit-cron-minutes"),
        ("every 30 minutes", "unfit-cron-often"),
        ("every half hour", "unfit-cron-often"),
    ],
)
def test_what_counts_from_one_time_to_the_next_is_refused(words: str, answer: str) -> None:
    with pytest.raises(UnfitError) as raised:
        Recurrence().read(words)
    assert raised.value.sentence.id == answer
    assert raised.value.answers == ()


@pytest.mark.parametrize(
    ("words", "answer", "crons"),
    [
        ("every 7 days at 9", "unfit-cron-weekday", [f"0 9 * * {day}" for day in DAYS]),
        ("weekly at 9", "unfit-cron-weekday", [f"0 9 * * {day}" for day in DAYS]),
        ("once a week", "unfit-cron-weekday", [f"0 9 * * {day}" for day in DAYS]),
        ("every monday", "unfit-cron-time", ["0 9 * * mon", "0 12 * * mon", "0 18 * * mon"]),
        ("daily", "unfit-cron-time", ["0 9 * * *", "0 12 * * *", "0 18 * * *"]),
        ("monthly at 9", "unfit-cron-day", ["0 9 1 * *", "0 9 last * *"]),
        ("monthly on the 31st at 9", "unfit-cron-short", ["0 9 last * *", "0 9 31 * *"]),
        ("1st and 30th of the month at 9", "unfit-cron-short", ["0 9 1,30 * *"]),
    ],
)
def test_what_leaves_something_open_is_asked_about(words: str, answer: str, crons: list[str]) -> None:
    with pytest.raises(UnfitError) as raised:
        Recurrence().read(words)
    assert raised.value.sentence.id == answer
    assert [Recurrence().read(offer.words) for offer in raised.value.answers] == crons


@pytest.mark.parametrize("cron", ["0 9 1x * *", "0 9 * jann *", "0 24 * * *", "0 9 32 * *", "0 9 * 13 *", "** 9 * * *"])
def test_an_invalid_field_is_refused(cron: str) -> None:
    with pytest.raises(CronError):
        normal(cron)


@pytest.mark.parametrize("words", ["* * * * *", "*/5 9 * * *", "0,30 * * * *"])
def test_more_than_once_an_hour_is_too_often(words: str) -> None:
    with pytest.raises(UnfitError) as raised:
        Recurrence().read(words)
    assert raised.value.sentence.id == "unfit-cron-often"


def test_zones_are_called_as_people_call_them() -> None:
    speak = voice("en", "UTC")
    told = [
        speak.say(explained("0 9 * * *", zone)).partition("09:00 ")[2]
        for zone in ("UTC", "Etc/GMT-3", "America/New_York")
    ]
    assert told == ["UTC", "UTC+3", "New York time"]


def test_nine_stays_nine_when_the_clocks_change() -> None:
    spring, autumn = datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 10, 24, 12, tzinfo=UTC)
    assert times("0 9 * * *", KYIV, spring, 2) == ["Sun 29 Mar 09:00 +0300", "Mon 30 Mar 09:00 +0300"]
    assert times("0 9 * * *", KYIV, autumn, 2) == ["Sun 25 Oct 09:00 +0200", "Mon 26 Oct 09:00 +0200"]


def test_a_time_that_a_day_skips_is_moved_to_the_next_one() -> None:
    before = datetime(2026, 3, 28, 12, tzinfo=UTC)
    assert times("30 3 * * *", KYIV, before, 2) == ["Sun 29 Mar 04:00 +0300", "Mon 30 Mar 03:30 +0300"]
    hourly = times("0 * * * *", KYIV, datetime(2026, 3, 28, 23, 30, tzinfo=UTC))
    assert hourly == ["Sun 29 Mar 02:00 +0200", "Sun 29 Mar 04:00 +0300", "Sun 29 Mar 05:00 +0300"]


def test_of_a_time_that_comes_twice_the_first_counts() -> None:
    before = datetime(2026, 10, 24, 12, tzinfo=UTC)
    assert times("30 3 * * *", KYIV, before, 2) == ["Sun 25 Oct 03:30 +0300", "Mon 26 Oct 03:30 +0200"]
    between = datetime(2026, 10, 25, 1, 0, tzinfo=UTC)  # the clocks show three for the second time
    assert times("30 3 * * *", KYIV, between, 1) == ["Mon 26 Oct 03:30 +0200"]


def test_a_day_may_come_seldom_or_never() -> None:
    now = datetime(2026, 3, 1, tzinfo=UTC)
    assert times("0 9 29 2 *", "UTC", now, 2) == ["Tue 29 Feb 09:00 +0000", "Sun 29 Feb 09:00 +0000"]
    assert following(normal("0 9 30 2 *"), "UTC", now) is None
    assert times("0 9 31 * *", "UTC", now, 2) == ["Tue 31 Mar 09:00 +0000", "Sun 31 May 09:00 +0000"]


def test_a_day_of_the_month_and_a_weekday_are_each_enough() -> None:
    now = datetime(2026, 3, 1, tzinfo=UTC)
    assert times("0 9 13 * fri", "UTC", now) == [
        "Fri 06 Mar 09:00 +0000",
        "Fri 13 Mar 09:00 +0000",
        "Fri 20 Mar 09:00 +0000",
    ]
    assert times("0 9 11 * fri", "UTC", now) == [
        "Fri 06 Mar 09:00 +0000",
        "Wed 11 Mar 09:00 +0000",
        "Fri 13 Mar 09:00 +0000",
    ]
    assert times("0 9 30 2 mon", "UTC", now, 1) == ["Mon 01 Feb 09:00 +0000"]


def test_with_a_star_both_fields_must_match() -> None:
    now = datetime(2026, 3, 1, tzinfo=UTC)
    assert times("0 9 */2 * mon", "UTC", now) == [
        "Mon 09 Mar 09:00 +0000",
        "Mon 23 Mar 09:00 +0000",
        "Mon 13 Apr 09:00 +0000",
    ]
    assert times(normal("0 9 13 * */5"), "UTC", now, 2) == ["Fri 13 Mar 09:00 +0000", "Sun 13 Sep 09:00 +0000"]


def test_an_invalid_expression_is_refused() -> None:
    with pytest.raises(CronError):
        normal("0 9 * * mon tue")
