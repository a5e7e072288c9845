"""Promotions: who qualifies, what is due when, and the draw."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.promotions.draw import commitment, draw
from core.promotions.model import NEWS, Conditions, Moment, Promotion, Standing, Terms, moments, overtaken
from core.promotions.qualify import closed, closed_to_newcomer, qualifies
from core.retention import KEPT
from core.shared.ids import PersonId, PromotionId
from core.shared.lifecycle import Status
from core.shared.refusals import NotNow, NotQualified, Refusal, SoldOut
from core.wallets.settings import Plan

NOW = datetime(2026, 1, 10, 9, tzinfo=UTC)
MEMBER = Standing(NOW - timedelta(days=10), Plan.PLUS, feedback=3, assessments=2, interviews=1)

TERMS = Terms("Bonus", "", 20, NOW, NOW + timedelta(days=3))


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


@pytest.mark.parametrize("late", [timedelta(0), timedelta.resolution])
def test_a_wallet_is_new_to_the_moment(late: timedelta) -> None:
    lacking = NotQualified("new", 10, 10) if late else None
    assert qualifies(Conditions(new_days=10), MEMBER, NOW + late) == lacking


@pytest.mark.parametrize(
    ("terms", "refusal"),
    [
        (TERMS, None),
        (replace(TERMS, conditions=Conditions(new_days=0, plan=Plan.BASIC)), None),
        (replace(TERMS, conditions=Conditions(plan=Plan.PLUS)), NotQualified("plus", 0, 0)),
        (replace(TERMS, conditions=Conditions(feedback=1)), NotQualified("feedback", 1, 0)),
        (replace(TERMS, starts=NOW + timedelta(hours=1)), NotNow("promotion", "early", NOW + timedelta(hours=1))),
        (replace(TERMS, supply=50), None),
        (replace(TERMS, supply=49), SoldOut(7, 19)),
        (replace(TERMS, supply=49, approval=True), None),
        (replace(TERMS, supply=49, winners=1), None),
    ],
)
def test_somebody_without_a_wallet_can_claim_what_a_new_one_qualifies_for(
    terms: Terms, refusal: Refusal | None
) -> None:
    promotion = Promotion(PromotionId(7), Status.LIVE, terms, PersonId(1), "seed", NOW, given=30)
    assert closed_to_newcomer(promotion, Plan.BASIC, NOW) == refusal


def test_a_wallet_of_today_is_new() -> None:
    assert qualifies(Conditions(new_days=0), replace(MEMBER, since=NOW), NOW) is None
    assert qualifies(Conditions(new_days=0), replace(MEMBER, since=NOW - timedelta(1)), NOW) is not None


@pytest.mark.parametrize(
    ("status", "now", "refusal"),
    [
        (Status.LIVE, TERMS.starts - timedelta.resolution, NotNow("promotion", "early", TERMS.starts)),
        (Status.LIVE, TERMS.starts, None),
        (Status.LIVE, TERMS.ends - timedelta.resolution, None),
        (Status.LIVE, TERMS.ends, NotNow("promotion", "late", TERMS.ends)),
        (Status.PAUSED, TERMS.starts, NotNow("promotion", "paused", TERMS.ends)),
        (Status.DRAFT, TERMS.starts, NotNow("promotion", "draft", TERMS.ends)),
    ],
)
def test_it_can_be_claimed_from_its_start_until_its_end(status: Status, now: datetime, refusal: NotNow | None) -> None:
    assert closed(Promotion(PromotionId(7), status, TERMS, PersonId(1), "seed", NOW), now) == refusal


def test_it_is_a_contest_if_there_are_winners() -> None:
    assert [replace(TERMS, winners=winners).contest for winners in (0, 1, 2)] == [False, True, True]
    assert not TERMS.contest


@pytest.mark.parametrize(
    ("conditions", "asks"),
    [
        (Conditions(), False),
        (Conditions(new_days=1, plan=Plan.PLUS), False),
        (Conditions(feedback=1), True),
        (Conditions(assessments=1), True),
        (Conditions(interviews=1), True),
    ],
)
def test_only_what_was_booked_needs_the_journal(conditions: Conditions, *, asks: bool) -> None:
    assert conditions.of_standing is asks
    standing = Standing(NOW, Plan.PLUS)
    assert (qualifies(conditions, standing, NOW) is not None) is asks


@pytest.mark.parametrize(
    ("hours", "due"),
    [
        (1, [(Moment.START, 0), (Moment.END, 1)]),
        (3.99, [(Moment.START, 0), (Moment.END, 3.99)]),
        (47, [(Moment.START, 0), (Moment.LAST_CALL, 45), (Moment.END, 47)]),
        (4, [(Moment.START, 0), (Moment.LAST_CALL, 2), (Moment.END, 4)]),
        (48, [(Moment.START, 0), (Moment.REMINDER, 24), (Moment.LAST_CALL, 46), (Moment.END, 48)]),
    ],
)
def test_reminders_need_enough_time(hours: float, due: list[tuple[Moment, float]]) -> None:
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
