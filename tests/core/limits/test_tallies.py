"""Which limits a person's spends count for, under which keys, and when the same is counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.ledger.limits import PERIODS, read_tally_key
from core.shared.ids import PersonId
from core.wallets.limits import LimitRules, counted_alike, limits_of, tally_key
from core.wallets.settings import Settings
from core.wallets.team import Act, Lift, Limit, Period, TeamSettings

NOW: Final = datetime(2026, 1, 14, 12, tzinfo=UTC)
PEOPLE: Final = st.none() | st.integers(1, 4).map(PersonId)
LIMITS: Final = st.lists(
    st.builds(
        Limit,
        id=st.integers(1, 9),
        amount=st.integers(1, 500),
        period=st.sampled_from(Period),
        person=PEOPLE,
        currency=st.sampled_from(["", "USD", "EUR"]),
        boosts=st.booleans(),
    )
    | st.builds(partial(Limit, each=True), st.integers(1, 9), st.integers(1, 500), st.sampled_from(Period)),
    max_size=6,
    unique_by=lambda limit: limit.id,
).map(tuple)


@given(limit=st.integers(1, 10**9), person=st.none() | st.integers(1, 10**12).map(PersonId))
def test_a_key_says_which_limit_and_whose_spends(limit: int, person: PersonId | None) -> None:
    assert read_tally_key(tally_key(limit, person)) == (limit, person)


@settings(max_examples=40)
@given(limits=LIMITS, person=PEOPLE, boost=st.booleans())
def test_a_spend_counts_for_its_person_and_for_all(
    limits: tuple[Limit, ...], person: PersonId | None, *, boost: bool
) -> None:
    counted = LimitRules(limits).tallies(person, boost=boost)
    found = {read_tally_key(tally.key): (currency, tally) for currency, tallies in counted for tally in tallies}
    expected = {
        (limit.id, person if limit.each else limit.person): limit
        for limit in limits
        if boost or not limit.boosts
        if (limit.each and person is not None) or (not limit.each and limit.person in {None, person})
    }
    assert found.keys() == expected.keys()
    for key, limit in expected.items():
        currency, tally = found[key]
        assert (currency, PERIODS[tally.period]) == (limit.currency, limit.period)


@settings(max_examples=40)
@given(limits=LIMITS, person=PEOPLE, boost=st.booleans())
def test_they_are_worked_out_once(limits: tuple[Limit, ...], person: PersonId | None, *, boost: bool) -> None:
    rules = LimitRules(limits)
    assert rules.tallies(person, boost=boost) is rules.tallies(person, boost=boost)
    assert rules == LimitRules(limits)
    assert hash(rules) == hash(LimitRules(limits))


@pytest.mark.parametrize(("amount", "near"), [(1, 1), (2, 2), (3, 3), (5, 4), (10, 8), (99, 80), (100, 80), (101, 81)])
def test_near_is_four_fifths_rounded_up(amount: int, near: int) -> None:
    ((_, (tally,)),) = LimitRules((Limit(1, amount, Period.WEEK),)).tallies(None, boost=False)
    assert tally.near == near


WEEKLY: Final = Limit(1, 100, Period.WEEK, PersonId(7))


@pytest.mark.parametrize(
    ("changed", "alike"),
    [
        (WEEKLY, True),
        (replace(WEEKLY, amount=50), True),
        (replace(WEEKLY, act=Act.BLOCK), True),
        (replace(WEEKLY, id=2), False),
        (replace(WEEKLY, period=Period.DAY), False),
        (replace(WEEKLY, person=PersonId(8)), False),
        (replace(WEEKLY, person=None), False),
        (replace(WEEKLY, person=None, each=True), False),
        (replace(WEEKLY, currency="USD"), False),
        (replace(WEEKLY, boosts=True), False),
    ],
)
def test_what_was_spent_is_counted_anew_only_if_something_else_counts(changed: Limit, *, alike: bool) -> None:
    before, after = (Settings(team=TeamSettings(limits=(limit,))) for limit in (WEEKLY, changed))
    assert counted_alike(before, after) is alike
    assert counted_alike(after, before) is alike
    assert not counted_alike(before, replace(after, zone="Europe/Kyiv"))


def test_settings_without_limits_have_none_and_others_begin_with_nothing_spent() -> None:
    assert limits_of(Settings()) is None
    lift = Lift(1, NOW, 5)
    limits = limits_of(Settings(zone="Asia/Kolkata", team=TeamSettings(limits=(WEEKLY,), lifts=(lift,))))
    assert limits is not None
    assert (limits.zone, limits.rules.every, limits.lifts) == ("Asia/Kolkata", (WEEKLY,), (lift,))
    assert (limits.at, dict(limits.spent), limits.near) == (None, {}, False)
    assert limits.terms == limits._replace(spent={tally_key(1, None): 3}, at=NOW, near=True).terms
