"""What counts for which limit, for whom, and in which period."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from core.ledger import rulebook, rules
from core.ledger.entry_builder import Intent
from core.ledger.limits import span_of, usages
from core.ledger.model import Purpose
from core.ledger.ports import Key, Scope
from core.shared.money import CostState
from core.wallets.team import Lift, Limit, Period
from tests.core.freelancer import booked, dollars
from tests.core.limits.team import BOUGHT, spends

if TYPE_CHECKING:
    from core.ledger.model import Change, Snapshot
    from core.shared.refusals import Refusal
    from tests.core.limits.team import Team

WEEK, MONTH = Limit(1, 100, Period.WEEK), Limit(2, 400, Period.MONTH)


async def test_each_spend_counts_for_who_booked_it_and_for_all(team: Team) -> None:
    ann, ben = team.ann.person, team.ben.person
    await team.set_limits(WEEK, Limit(3, 50, Period.DAY, person=ann), Limit(4, 60, Period.MONTH, each=True))
    booked(await team.ann.spend(30))
    booked(await team.ben.spend_all([5, 6]))
    stands = [(one.limit.id, one.person, one.spent, one.left) for one in await team.usages()]
    assert stands == [(1, None, 41, 59), (3, ann, 30, 20), (4, ann, 30, 30), (4, ben, 11, 49)]
    own = [(one.limit.id, one.person, one.left) for one in await team.usages(team.cyd)]
    assert own == [(1, None, 59), (4, team.cyd.person, 60)]


async def test_what_comes_back_counts_for_who_spent_it_whoever_books_that(team: Team) -> None:
    each = Limit(5, 100, Period.WEEK, each=True)
    await team.set_limits(each)
    spent = booked(await team.ann.spend(30)).entry.number
    booked(await team.ben.give_back(spent, 10))
    assert [(one.person, one.spent) for one in await team.usages()] == [(team.ann.person, 20)]
    booked(await team.cyd.undo(spent + 1))
    assert await team.spent() == {5: 30}
    booked(await team.cyd.undo(spent))
    assert await team.spent() == {}


async def test_what_comes_back_of_last_weeks_spend_makes_no_room_in_this_week(team: Team) -> None:
    await team.set_limits(WEEK, MONTH)
    spent = booked(await team.ann.spend(30)).entry.number
    team.ann.clock.pass_(days=3)
    booked(await team.ann.spend(12))
    back = booked(await team.ann.give_back(spent)).entry.number
    assert await team.spent() == {1: 12, 2: 12}
    booked(await team.ann.undo(back))
    assert await team.spent() == {1: 12, 2: 42}


async def test_periods_are_those_of_the_zone_and_end_by_themselves(team: Team) -> None:
    await team.books.change_settings(team.ann.wallet, lambda kept: kept.__class__("Pacific/Auckland", team=kept.team))
    day = Limit(3, 50, Period.DAY)
    await team.set_limits(day, WEEK, MONTH)
    booked(await team.ann.spend(20))  # it is 22:00 there
    (one,) = usages(await team.limits(), team.ann.clock.at + timedelta(hours=1))[2:]
    assert one.until == datetime(2026, 1, 10, 11, tzinfo=UTC)
    team.ann.clock.pass_(hours=2)
    assert await team.spent() == {1: 20, 2: 20, 3: 0}
    team.ann.clock.pass_(hours=24)  # it is Monday there
    assert await team.spent() == {1: 0, 2: 20, 3: 0}
    booked(await team.ann.buy(1))
    assert await team.spent() == {1: 0, 2: 20, 3: 0}
    team.ann.clock.pass_(days=31)
    assert await team.spent() == {1: 0, 2: 0, 3: 0}


@pytest.mark.parametrize(
    ("period", "at", "zone", "since", "until"),
    [
        (Period.DAY, "2026-03-29T12:00", "Europe/Berlin", "2026-03-28T23:00", "2026-03-29T22:00"),
        (Period.DAY, "2026-11-01T06:30", "America/New_York", "2026-11-01T04:00", "2026-11-02T05:00"),
        (Period.WEEK, "2026-03-29T21:59", "Europe/Berlin", "2026-03-22T23:00", "2026-03-29T22:00"),
        (Period.WEEK, "2026-01-01T00:00", "UTC", "2025-12-29T00:00", "2026-01-05T00:00"),
        (Period.MONTH, "2028-02-29T23:59", "UTC", "2028-02-01T00:00", "2028-03-01T00:00"),
        (Period.MONTH, "2026-12-31T18:20", "Asia/Kathmandu", "2026-12-31T18:15", "2027-01-31T18:15"),
    ],
)
def test_the_calendar_is_that_of_the_zone(period: Period, at: str, zone: str, since: str, until: str) -> None:
    times = [datetime.fromisoformat(one).replace(tzinfo=UTC) for one in (at, since, until)]
    assert span_of(period, times[0], zone) == tuple(times[1:])


async def test_a_clock_that_steps_back_over_midnight_counts_in_the_day_of_the_last_entry(team: Team) -> None:
    await team.set_limits(Limit(1, 50, Period.DAY))
    team.ann.clock.pass_(hours=16)
    booked(await team.ann.spend(10))
    team.ann.clock.pass_(hours=-3)
    booked(await team.ann.spend(5))
    assert await team.spent() == {1: 15}


async def test_boosts_can_have_a_limit_of_their_own(team: Team) -> None:
    await team.set_limits(
        WEEK, Limit(6, 40, Period.WEEK, boosts=True), Limit(7, 900, Period.WEEK, boosts=True, currency="USD")
    )
    booked(await spends(team.ann, 10))
    booked(await spends(team.ann, 7, purpose=Purpose.BOOST))
    assert await team.spent() == {1: 17, 6: 7, 7: 7 * 18}


async def test_money_is_the_cost_with_tax_in_the_currency_as_far_as_it_is_known(team: Team) -> None:
    dollar, euro = Limit(8, 5000, Period.MONTH, currency="USD"), Limit(9, 5000, Period.MONTH, currency="EUR")
    booked(await team.ann.adjust(50))
    booked(await team.ann.spend_all([400, 400, 200]))
    await team.set_limits(dollar, euro)
    assert await team.spent() == {8: BOUGHT * 18, 9: 0}
    spent = booked(await team.ben.spend(20)).entry.number
    assert (await team.spent())[8] == BOUGHT * 18
    booked(await team.ann.price(50, dollars(500, tax=100)))
    assert (await team.spent())[8] == BOUGHT * 18 + 240
    booked(await team.ben.give_back(spent, 10))
    assert (await team.spent())[8] == BOUGHT * 18 + 120


async def test_adjustments_expiries_and_costs_are_not_spending(team: Team) -> None:
    await team.set_limits(WEEK, MONTH)
    booked(await team.ann.adjust(-20))
    booked(await team.ann.adjust(20))
    booked(await team.ann.value(CostState.FREE))
    team.ann.clock.pass_(days=366)
    booked(await team.ann.buy(10))
    assert await team.spent() == {1: 0, 2: 0}


async def test_a_spend_of_an_earlier_day_counts_in_its_own_period(team: Team) -> None:
    await team.set_limits(WEEK, MONTH)
    team.ann.clock.pass_(days=5)
    booked(await spends(team.ann, 8, on=team.ann.clock.at - timedelta(days=4)))
    assert await team.spent() == {1: 0, 2: 8}
    booked(await spends(team.ann, 9, on=team.ann.clock.at - timedelta(days=1)))
    assert await team.spent() == {1: 9, 2: 17}


async def test_what_is_allowed_beyond_a_limit_is_so_in_its_period_only(team: Team) -> None:
    each = Limit(1, 100, Period.WEEK, each=True)
    await team.set_limits(each)
    (stands,) = await team.usages(team.ann)
    await team.lift(Lift(1, stands.since, 25, team.ann.person))
    (ann,), (ben,) = await team.usages(team.ann), await team.usages(team.ben)
    assert (ann.amount, ann.lifted, ann.left, ben.amount) == (125, 25, 125, 100)
    await team.books.change_settings(team.ann.wallet, lambda kept: kept.__class__("Asia/Tokyo", team=kept.team))
    assert (await team.usages(team.ann))[0].amount == 125
    team.ann.clock.pass_(days=7)
    assert (await team.usages(team.ann))[0].amount == 100


async def test_a_wallet_without_limits_has_none(team: Team) -> None:
    assert await team.usages() == ()


async def test_what_refers_to_a_spend_that_was_not_read_is_not_booked(team: Team) -> None:
    await team.set_limits(WEEK)
    spent = booked(await team.ann.spend(30)).entry.number
    back = booked(await team.ann.give_back(spent)).entry.number

    def decide(before: Snapshot) -> Change | Refusal:
        intent = Intent(Key("k", "b"), team.ann.clock.at)
        return rules.undo(before, intent, back, rulebook.default())

    with pytest.raises(ValueError, match="a spend that was not read"):
        await team.books.store.ledger.write(Scope(team.ann.wallet, (back,)), Key("k", "b"), decide)
