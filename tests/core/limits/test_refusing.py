"""A limit that blocks keeps out what would pass it, unless it was spent already."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from core.ledger.requests import Spend
from core.shared.refusals import OverLimit, RefusedError
from core.wallets.team import Act, Lift, Limit, Period
from tests.core.freelancer import booked
from tests.core.limits.team import spends

if TYPE_CHECKING:
    from tests.core.limits.team import Team

WEEK = Limit(1, 100, Period.WEEK, act=Act.BLOCK)
MONDAY, NEXT = datetime(2026, 1, 5, tzinfo=UTC), datetime(2026, 1, 12, tzinfo=UTC)


async def test_exactly_all_of_it_may_be_spent(team: Team) -> None:
    await team.set_limits(WEEK)
    booked(await team.ann.spend(60))
    booked(await team.ben.spend(40))
    refused = await team.cyd.spend(1)
    assert refused == OverLimit(1, None, False, 100, "", "week", False, 100, 0, 0, 1, MONDAY, NEXT)  # noqa: FBT003 - as the fields come


async def test_several_spends_are_booked_all_or_none(team: Team) -> None:
    await team.set_limits(WEEK)
    refused = await team.ann.spend_all([50, 51])
    assert isinstance(refused, OverLimit)
    assert (refused.asked, refused.left) == (101, 100)
    assert await team.spent() == {1: 0}


async def test_what_was_spent_already_is_booked_and_is_the_same_request(team: Team) -> None:
    await team.set_limits(WEEK)
    request = team.ann.new_request
    with pytest.raises(RefusedError):
        await team.books.spend_all(request, [Spend(130)])
    over = replace(request, over_limits=True)
    first = await team.books.spend_all(over, [Spend(130)])
    again = await team.books.spend_all(request, [Spend(130)])
    assert (again.replayed, again.entry) == (True, first.entry)
    (stands,) = await team.usages()
    assert (stands.left, stands.over, stands.percent) == (-30, True, 130)
    refused = await team.ben.spend(1)
    assert isinstance(refused, OverLimit)
    assert refused.left == -30


async def test_the_tightest_is_named(team: Team) -> None:
    day = Limit(2, 30, Period.DAY, each=True, act=Act.BLOCK)
    cents = Limit(3, 900, Period.MONTH, currency="USD", act=Act.BLOCK)
    await team.set_limits(WEEK, day, cents)
    for connects, limit in ((200, 2), (60, 2)):
        refused = await team.ann.spend(connects)
        assert isinstance(refused, OverLimit)
        assert (refused.limit, refused.person, refused.each) == (limit, team.ann.person, True)
    booked(await team.ann.spend(30))
    refused = await team.ben.spend(25)
    assert isinstance(refused, OverLimit)
    assert (refused.limit, refused.currency, refused.asked, refused.left) == (3, "USD", 25 * 18, 900 - 30 * 18)


async def test_of_two_that_are_as_tight_the_one_that_is_whole_last_is_named(team: Team) -> None:
    await team.set_limits(replace(WEEK, amount=20), Limit(2, 20, Period.MONTH, act=Act.BLOCK))
    refused = await team.ann.spend(21)
    assert isinstance(refused, OverLimit)
    assert refused.limit == 2


async def test_a_limit_that_warns_refuses_nothing(team: Team) -> None:
    await team.set_limits(replace(WEEK, act=Act.WARN))
    booked(await team.ann.spend(130))


async def test_what_is_allowed_beyond_it_makes_room(team: Team) -> None:
    await team.set_limits(WEEK)
    await team.lift(Lift(1, MONDAY, 50))
    booked(await team.ann.spend(150))
    refused = await team.ann.spend(1)
    assert isinstance(refused, OverLimit)
    assert (refused.amount, refused.lifted) == (150, 50)


async def test_what_comes_back_makes_room(team: Team) -> None:
    await team.set_limits(WEEK)
    spent = booked(await team.ann.spend(100)).entry.number
    booked(await team.ben.give_back(spent, 40))
    booked(await team.ben.spend(40))


async def test_taking_back_what_came_back_is_no_spend(team: Team) -> None:
    await team.set_limits(WEEK)
    spent = booked(await team.ann.spend(100)).entry.number
    booked(await team.ann.give_back(spent, 40))
    booked(await team.ann.spend(40))
    booked(await team.ann.undo(spent + 1))
    assert await team.spent() == {1: 140}


async def test_a_spend_of_an_earlier_week_is_held_against_that_week(team: Team) -> None:
    await team.set_limits(WEEK)
    booked(await team.ann.spend(90))
    team.ann.clock.pass_(days=5)
    sunday = team.ann.clock.at - timedelta(days=4)
    refused = await spends(team.ben, 11, on=sunday)
    assert isinstance(refused, OverLimit)
    assert (refused.spent, refused.left, refused.whole) == (90, 10, NEXT)
    booked(await spends(team.ben, 10, on=sunday))
    booked(await spends(team.ben, 5, on=sunday, over=True))
    booked(await team.ben.spend(100))


async def test_nobody_is_kept_from_spending_by_the_limit_of_another(team: Team) -> None:
    await team.set_limits(replace(WEEK, person=team.ann.person))
    booked(await team.ben.spend(300))
    assert isinstance(await team.ann.spend(101), OverLimit)
