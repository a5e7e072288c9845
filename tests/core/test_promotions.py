"""Promotions: who qualifies, what is due when, and the draw."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.promotions.draw import commitment, draw
from core.promotions.model import NEWS, Conditions, Moment, Standing, Terms, moments, overtaken
from core.promotions.qualify import qualifies
from core.retention import KEPT
from core.shared.refusals import NotQualified
from core.wallets.settings import Plan

NOW = datetime(2026, 1, 10, 9, tzinfo=UTC)
MEMBER = Standing(NOW - timedelta(days=10), Plan.PLUS, feedback=3, assessments=2, interviews=1)


@pytest.mark.parametrize(
    ("conditions", "lacking"),
    [
        (Conditions(), None),
        (Conditions(new_days=10, plan=Plan.PLUS, feedback=3, assessments=2, interviews=1), None),
        (Conditions(new_days=9), NotQualified("new", 9, 10)),
        (Conditions(plan=Plan.BASIC), NotQualified("basic", 0, 0)),
        (Conditions(feedback=4), NotQualified("feedback", 4, 3)),
        (Conditions(assessments=3), NotQualified("assessments", 3, 2)),
        (Conditions(interviews=2), NotQualified("interviews", 2, 1)),
    ],
)
def test_the_first_condition_that_is_not_met_is_named(conditions: Conditions, lacking: NotQualified | None) -> None:
    assert qualifies(conditions, MEMBER, NOW) == lacking


@pytest.mark.parametrize(
    ("hours", "due"),
    [
        (1, [(Moment.START, 0), (Moment.END, 1)]),
        (4, [(Moment.START, 0), (Moment.LAST_CALL, 2), (Moment.END, 4)]),
        (48, [(Moment.START, 0), (Moment.REMINDER, 24), (Moment.LAST_CALL, 46), (Moment.END, 48)]),
    ],
)
def test_reminders_need_enough_time(hours: int, due: list[tuple[Moment, int]]) -> None:
    terms = Terms("Bonus", "", 20, NOW, NOW + timedelta(hours=hours))
    assert moments(terms) == tuple((moment, NOW + timedelta(hours=after)) for moment, after in due)


@pytest.mark.parametrize(
    ("moment", "hours", "late"),
    [
        (Moment.START, 47, False),
        (Moment.REMINDER, 45, False),
        (Moment.REMINDER, 46, True),
        (Moment.LAST_CALL, 47, False),
        (Moment.LAST_CALL, 48, True),
    ],
)
def test_a_moment_is_overtaken_by_a_later_one(moment: Moment, hours: int, *, late: bool) -> None:
    terms = Terms("Bonus", "", 20, NOW, NOW + timedelta(hours=48))
    assert overtaken(terms, moment, NOW + timedelta(hours=hours)) is late


def test_a_start_is_no_longer_news_after_a_month() -> None:
    terms = Terms("Bonus", "", 20, NOW, NOW + timedelta(days=100))
    assert [overtaken(terms, Moment.START, NOW + timedelta(days=days)) for days in (30, 31)] == [False, True]
    assert NEWS < KEPT


@given(seed=st.text(), entries=st.sets(st.integers(1, 500)), winners=st.integers(1, 20))
def test_anyone_who_knows_the_seed_can_verify_the_draw(seed: str, entries: set[int], winners: int) -> None:
    lots = {number: hashlib.sha256(f"{seed}:{number}".encode()).hexdigest() for number in entries}
    drawn = draw(seed, entries, winners)
    assert list(drawn) == sorted(entries, key=lots.__getitem__)[:winners]
    assert commitment(seed) == hashlib.sha256(seed.encode()).hexdigest()
