"""Changes of how a wallet is shared: roles, the feed, limits, what is allowed beyond one, and targets."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import reduce
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.shared.ids import PersonId
from core.shared.refusals import OutOfRange, Unknown
from core.wallets.team import UNSHARED, Feed, Lift, Limit, Period, Role, Target, TeamSettings, role_in, sees_money
from core.wallets.team_changes import (
    LIFTS_KEPT,
    MOST_KEPT,
    feed_moved,
    same_subject,
    with_lift,
    with_limit,
    with_role,
    with_target,
    without_feed,
    without_feed_in,
    without_limits,
    without_owners,
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


LIMITS: Final = st.builds(
    Limit,
    id=st.integers(0, 5),
    amount=st.integers(1, 9),
    period=st.sampled_from(Period),
    person=st.sampled_from([None, IVAN, ANN]),
    boosts=st.booleans(),
)


@settings(max_examples=40)
@given(wanted=st.lists(LIMITS, max_size=9), gone=st.sets(st.integers(1, 9), max_size=2))
def test_no_two_limits_are_about_the_same_and_no_number_is_given_twice(wanted: list[Limit], gone: set[int]) -> None:
    team, ever = UNSHARED, set[int]()
    for limit in wanted:
        known = {one.id for one in team.limits}
        before, team = team, agreed(with_limit(team, limit if limit.id in known else replace(limit, id=0)))
        numbers = [one.id for one in team.limits]
        assert numbers == sorted(set(numbers))
        assert not (set(numbers) - known) & ever
        assert sum(same_subject(one, limit) for one in team.limits) == 1
        assert team.made >= before.made
        ever |= set(numbers)
    left = without_limits(team, *gone)
    assert {one.id for one in left.limits} == {one.id for one in team.limits} - gone
    assert left.made == team.made


@settings(max_examples=40)
@given(given_=st.lists(st.tuples(st.integers(1, 3).map(PersonId), st.sampled_from(Role)), max_size=9))
def test_each_has_one_role_and_whoever_has_none_is_a_member(given_: list[tuple[PersonId, Role]]) -> None:
    team = reduce(lambda kept, one: with_role(kept, *one) or kept, given_, UNSHARED)
    people = [person for person, _ in team.roles]
    assert people == sorted(set(people))
    assert Role.MEMBER not in dict(team.roles).values()
    assert team.owned is any(role is Role.OWNER for _, role in given_)
    for person in map(PersonId, (1, 2, 3)):
        assert role_in(team, person, admin=False) is dict(team.roles).get(person, Role.MEMBER)
        assert (role_in(team, person, admin=True) is Role.OWNER) is (
            not team.owned or dict(team.roles).get(person) is Role.OWNER
        )
    given_back = without_owners(team)
    assert not given_back.owned
    assert set(given_back.roles) == {one for one in team.roles if one[1] is not Role.OWNER}


@pytest.mark.parametrize("role", Role)
def test_members_see_money_only_if_all_do(role: Role) -> None:
    assert sees_money(UNSHARED, role) is (role in {Role.OWNER, Role.MANAGER, Role.VIEWER})
    assert sees_money(replace(UNSHARED, money=True), role)


HERE: Final = Feed("discord", "42", "7")


def test_a_feed_goes_with_its_place_only() -> None:
    team = replace(UNSHARED, feed=HERE)
    assert without_feed(team, HERE).feed is None
    assert without_feed(team, replace(HERE, place="8")) == team
    assert without_feed_in(team, "discord", "42").feed is None
    assert without_feed_in(team, "telegram", "42") == team
    assert without_feed_in(UNSHARED, "discord", "42") == UNSHARED


def test_a_feed_follows_a_chat_that_moves_and_no_other() -> None:
    team = replace(UNSHARED, feed=HERE)
    assert feed_moved(team, "discord", "42", "43").feed == replace(HERE, chat="43")
    assert feed_moved(team, "discord", "41", "43") == team
    assert feed_moved(team, "telegram", "42", "43") == team
    assert feed_moved(UNSHARED, "discord", "42", "43") == UNSHARED
