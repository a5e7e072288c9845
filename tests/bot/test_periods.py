"""Periods that have passed: which days each wording has, on Saturday, 28 November 2026."""

from __future__ import annotations

from datetime import date
from typing import Final

import pytest

from bot.command.declaration import UnfitError
from bot.options.times.period import Period

TODAY: Final = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("november", "2026-11-01", "2026-11-30"),
        ("in December", "2025-12-01", "2025-12-31"),
        ("Nov 2025", "2025-11-01", "2025-11-30"),
        ("2026-02", "2026-02-01", "2026-02-28"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("this month", "2026-11-01", "2026-11-30"),
        ("last month", "2026-10-01", "2026-10-31"),
        ("last week", "2026-11-16", "2026-11-22"),
        ("october last year", "2025-10-01", "2025-10-31"),
        ("last quarter", "2026-07-01", "2026-09-30"),
        ("this quarter", "2026-10-01", "2026-12-31"),
        ("Q3", "2026-07-01", "2026-09-30"),
        ("q4 2025", "2025-10-01", "2025-12-31"),
        ("this year", "2026-01-01", "2026-12-31"),
        ("30 days", "2026-10-30", "2026-11-28"),
        ("the last 2 weeks", "2026-11-15", "2026-11-28"),
        ("last 3 months", "2026-09-01", "2026-11-28"),
        ("three months", "2026-09-01", "2026-11-28"),
        ("last 3 years", "2023-11-30", "2026-11-28"),
        ("999 years", "1999-12-31", "2026-11-28"),
        ("yesterday", "2026-11-27", "2026-11-27"),
        ("28 Oct", "2026-10-28", "2026-10-28"),
        ("since 1 Nov", "2026-11-01", "2026-11-28"),
        ("from 1 Nov to 15 Nov", "2026-11-01", "2026-11-15"),
        ("2026-11-01 - 2026-11-15", "2026-11-01", "2026-11-15"),
        ("1-15 Nov", "2026-11-01", "2026-11-15"),
        ("Oct 3 to 20, 2025", "2025-10-03", "2025-10-20"),
        ("1 Nov to 30 Nov", "2026-11-01", "2026-11-30"),
        ("2026-11-01 to 2026-12-31", "2026-11-01", "2026-12-31"),
        ("20 Nov to 5 Jan", "2026-11-20", "2027-01-05"),
        ("september to october", "2026-09-01", "2026-10-31"),
        ("all time", "1999-12-31", "2026-11-28"),
    ],
)
def test_a_period_has_these_days(words: str, first: str, last: str) -> None:
    assert tuple(map(str, Period().read(words).of(TODAY))) == (first, last)


@pytest.mark.parametrize(
    ("words", "first"),
    [("year", "2025-11-29"), ("a month", "2026-10-30"), ("a quarter", "2026-08-31"), ("all", "1999-12-31")],
)
def test_a_unit_may_stand_alone_where_there_are_no_titles(words: str, first: str) -> None:
    assert tuple(map(str, Period(alone=True).read(words).of(TODAY))) == (first, "2026-11-28")
    with pytest.raises(UnfitError):
        Period().read(words)


@pytest.mark.parametrize(
    "words", ["", "logo", "13", "2026-13", "0 days", "since", "to 15 Nov", "1850", "q4 9999", "q1 0000", "dec 9999"]
)
def test_other_words_are_none(words: str) -> None:
    with pytest.raises(UnfitError):
        Period().read(words)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [("dec 14 to jan 12", "2025-12-14", "2026-01-12"), ("14 Dec", "2025-12-14", "2025-12-14")],
)
def test_days_of_last_year_are_not_asked_about_because_nothing_is_booked_on_them(
    words: str, first: str, last: str
) -> None:
    assert tuple(map(str, Period().read(words).of(TODAY))) == (first, last)


def test_the_first_day_stands_first() -> None:
    with pytest.raises(UnfitError, match="unfit-period-order"):
        Period().read("15 Nov to 1 Nov").of(TODAY)
