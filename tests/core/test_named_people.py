"""Whom settings name, so that nobody in them is overlooked when two become one or somebody is forgotten."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Final

import pytest

from core.shared.ids import PersonId
from core.wallets.named import people_in
from core.wallets.settings import Alerts, Settings
from core.wallets.team import Lift, Limit, Period, Role, Target, TeamSettings

ANN, BEA = PersonId(1), PersonId(2)
AT: Final = datetime(2026, 1, 10, tzinfo=UTC)
NAMING: Final = {
    "roles": TeamSettings(roles=((ANN, Role.MEMBER),)),
    "limits": TeamSettings(limits=(Limit(1, 5, Period.DAY, ANN), Limit(2, 5, Period.DAY, each=True))),
    "lifts": TeamSettings(lifts=(Lift(1, AT, 5, ANN), Lift(2, AT, 5))),
    "targets": TeamSettings(targets=(Target(1, 5, date(2026, 1, 1), date(2026, 1, 2), ANN),)),
}


def test_nobody_is_named_by_default() -> None:
    assert people_in(Settings()) == frozenset()


@pytest.mark.parametrize("name", sorted(NAMING))
def test_whoever_has_something_of_their_own_is_named(name: str) -> None:
    assert people_in(Settings(team=NAMING[name])) == {ANN}


def test_whoever_gets_the_alerts_is_named() -> None:
    assert people_in(Settings(alerts=Alerts(person=ANN))) == {ANN}


def test_both_of_whom_it_is_known_that_they_are_one_are_named() -> None:
    assert people_in(Settings(team=TeamSettings(same=((BEA, ANN),)))) == {ANN, BEA}


def test_no_part_of_a_team_that_may_name_somebody_is_left_out() -> None:
    """A new field is either one of these, or added to `people_in`."""
    nobody = {"money", "weekly", "feed", "made"}
    assert {field.name for field in fields(TeamSettings)} == {*NAMING, "same"} | nobody
