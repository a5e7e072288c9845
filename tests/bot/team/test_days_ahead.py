"""Days for which a target is set, seen from a Wednesday: January 14, 2026."""

from __future__ import annotations

from datetime import date
from typing import Final

import pytest

from bot.command.declaration import UnfitError
from bot.options.times.ahead import Ahead

TODAY: Final = date(2026, 1, 14)
AHEAD: Final = Ahead()


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("today", "01-14 01-14"),
        ("till the 15th", "01-14 01-15"),
        ("till the 12th", "01-14 02-12"),
        ("until the 28th of next month", "01-14 02-28"),
        ("by Friday", "01-14 01-16"),
        ("before the 20th", "01-14 01-19"),
        ("the 15th", "01-14 01-15"),
        ("till Jan 20", "01-14 01-20"),
        ("15.01.", "01-14 01-15"),
        ("tomorrow", "01-14 01-15"),
        ("this week", "01-12 01-18"),
        ("next week", "01-19 01-25"),
        ("this month", "01-01 01-31"),
        ("next month", "02-01 02-28"),
        ("end of the month", "01-14 01-31"),
        ("by the end of the week", "01-14 01-18"),
        ("in november", "11-01 11-30"),
        ("in january", "01-01 01-31"),
        ("in 10 days", "01-14 01-24"),
        ("within 2 weeks", "01-14 01-28"),
        ("from monday to friday", "01-12 01-16"),
        ("from the 1st to the 15th", "01-01 01-15"),
        ("2026-01-12 to 2026-01-20", "01-12 01-20"),
    ],
)
def test_which_days_are_meant(words: str, days: str) -> None:
    first, last = (date.fromisoformat(f"2026-{day}") for day in days.split())
    assert AHEAD.read(words).of(TODAY) == (first, last)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("till yesterday", "target-past"),
        ("last week friday", "unfit-ahead"),
        ("till 2026-01-01", "target-past"),
        ("till jan 5", "unfit-day-passed"),
        ("2026-02-20 to 2026-02-10", "target-backwards"),
        ("till 2029-01-01", "target-long"),
        ("till 30 Feb", "unfit-ahead"),
        ("till the 32nd", "unfit-ahead"),
        ("until the 31st of next month", "unfit-ahead"),
        ("in november 0000", "unfit-ahead"),
        ("in december 9999", "unfit-ahead"),
        ("till friday at 9", "unfit-ahead"),
        ("soon", "unfit-ahead"),
    ],
)
def test_what_is_no_time_to_come(words: str, why: str) -> None:
    with pytest.raises(UnfitError) as error:
        AHEAD.read(words).of(TODAY)
    assert error.value.sentence.id == why


def test_a_day_that_may_be_two_is_asked_about() -> None:
    with pytest.raises(UnfitError) as error:
        AHEAD.read("till 05.02")
    assert [one.words for one in error.value.answers] == ["5 February", "2 May"]
