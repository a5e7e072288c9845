"""What is agreed on a shared wallet: limits, what is allowed beyond one, and targets."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

from core.shared.ids import PersonId
from core.shared.refusals import OutOfRange, Unknown
from core.wallets.team import UNSHARED, Lift, Limit, Period, Target, TeamSettings
from core.wallets.team_changes import (
    LIFTS_KEPT,
    MOST_KEPT,
    with_lift,
    with_limit,
    with_target,
    without_limits,
    without_targets,
)

NOW: Final = datetime(2026, 1, 14, 12, tzinfo=UTC)
IVAN, ANN = PersonId(7), PersonId(8)
WEEKLY: Final = Limit(0, 100, Period.WEEK, IVAN)


def agreed(team: object) -> TeamSettings:
    assert isinstance(team, TeamSettings)
    return team


def test_a_limit_gets_the_next_number() -> None:
    team = agreed(with_limit(agreed(with_limit(UNSHARED, WEEKLY)), replace(WEEKLY, person=ANN)))
    assert [one.id for one in team.limits] == [1, 2]
    assert team.made == 2


def test_one_about_the_same_takes_its_place_and_keeps_its_number() -> None:
    team = agreed(with_limit(agreed(with_limit(UNSHARED, WEEKLY)), replace(WEEKLY, amount=80)))
    assert team.limits == (replace(WEEKLY, id=1, amount=80),)


def test_a_number_is_never_given_again() -> None:
    team = without_limits(agreed(with_limit(UNSHARED, WEEKLY)), 1)
    assert [one.id for one in agreed(with_limit(team, WEEKLY)).limits] == [2]


def test_one_that_is_changed_by_its_number_takes_the_place_of_one_about_the_same() -> None:
    team = agreed(with_limit(agreed(with_limit(UNSHARED, WEEKLY)), replace(WEEKLY, period=Period.DAY)))
    assert agreed(with_limit(team, replace(WEEKLY, id=2))).limits == (replace(WEEKLY, id=2),)


def test_what_was_allowed_goes_with_its_limit() -> None:
    team = agreed(with_limit(UNSHARED, WEEKLY))
    team = agreed(with_lift(team, Lift(1, NOW, 12, IVAN), NOW))
    assert without_limits(team, 1) == replace(UNSHARED, made=1)


def test_what_was_allowed_long_ago_is_forgotten() -> None:
    team = agreed(with_limit(UNSHARED, WEEKLY))
    team = agreed(with_lift(team, Lift(1, NOW, 12, IVAN), NOW))
    later = NOW + LIFTS_KEPT + timedelta(days=1)
    assert agreed(with_lift(team, Lift(1, later, 3, IVAN), later)).lifts == (Lift(1, later, 3, IVAN),)


def test_no_more_is_allowed_of_a_limit_that_is_gone() -> None:
    assert with_lift(UNSHARED, Lift(1, NOW, 12), NOW) == Unknown("limit", "1")


def test_a_target_for_the_same_days_takes_the_place_of_the_first() -> None:
    first = Target(0, 100, date(2026, 1, 14), date(2026, 1, 31))
    team = agreed(with_target(agreed(with_target(UNSHARED, first)), replace(first, bids=80)))
    team = agreed(with_target(team, replace(first, person=IVAN)))
    assert [(one.id, one.bids) for one in team.targets] == [(1, 80), (2, 100)]
    assert without_targets(team, 1, 2).targets == ()


def test_limits_and_targets_are_not_without_number() -> None:
    team = UNSHARED
    for person in range(1, MOST_KEPT + 1):
        team = agreed(with_limit(team, replace(WEEKLY, person=PersonId(person))))
        team = agreed(with_target(team, Target(0, 5, NOW.date(), NOW.date(), PersonId(person))))
    more = PersonId(MOST_KEPT + 1)
    assert isinstance(with_limit(team, replace(WEEKLY, person=more)), OutOfRange)
    assert isinstance(with_target(team, Target(0, 5, NOW.date(), NOW.date(), more)), OutOfRange)
