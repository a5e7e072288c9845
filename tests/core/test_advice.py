"""The one thing worth doing next: what is found, how far it is certain, and which comes first."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from core.forecast.advice import (
    Advice,
    Boosts,
    Certainty,
    Grounds,
    LooseEnds,
    NoticeFacts,
    Topic,
    advice_in,
    advised,
    as_facts,
    unwanted,
    without_advice,
)
from core.forecast.burn_rate import BurnRate
from core.forecast.monthly_lots import Due, MonthlyLots
from core.forecast.running_out import Means
from core.ledger import rulebook
from core.ledger.model import Budget, Lot, Source
from core.shared.calendar import beginning
from core.shared.money import UNKNOWN, Price
from core.wallets.settings import Alerts, Settings

DAY = timedelta(days=1)
NOW = datetime(2026, 3, 22, tzinfo=UTC)
RULES = rulebook.default()
STEADY, VARIED = BurnRate(2000, 2000, 2000), BurnRate(2000, 0, 5000)
BUDGET = Budget(100, "UTC", beginning(date(2026, 3, 1), "UTC"), 90)


def lot(left: int, days: int, price: Price | None = None, number: int = 1) -> Lot:
    return Lot(number, Source.PURCHASE, NOW - (99 - number) * DAY, NOW + days * DAY, left, left, price, price)


def grounds(*lots: Lot, rate: BurnRate | None = STEADY) -> Grounds:
    return Grounds(Means(lots or (lot(200, 300),), (), "UTC", RULES, NOW), rate)


def only(given: Grounds) -> Advice:
    (found,) = advised(given)
    return found


def test_there_may_be_nothing_to_do() -> None:
    assert advised(grounds()) == ()
    assert advised(grounds(rate=None)) == ()


class TestBuying:
    def test_what_will_be_lacking_within_two_weeks_is_at_stake(self) -> None:
        found = only(grounds(lot(20, 300)))
        assert found == Advice(Topic.BUY, Certainty.LIKELY, 8, {"buy": 60, "day": "2026-04-01", "left": 20})

    def test_it_is_only_possible_if_it_may_last_longer(self) -> None:
        assert only(grounds(lot(20, 300), rate=VARIED)).sure is Certainty.POSSIBLE

    def test_it_is_certain_with_none_left(self) -> None:
        found = only(grounds(lot(0, 300)))
        assert (found.sure, found.facts["day"]) == (Certainty.CERTAIN, "2026-03-22")

    def test_there_is_time_if_it_lasts_for_two_weeks(self) -> None:
        assert advised(grounds(lot(28, 300))) == ()


class TestUsing:
    def test_what_will_expire_unspent_is_at_stake_with_its_money(self) -> None:
        lots = lot(30, 10, Price(450, 90, "USD")), lot(200, 300, number=2)
        facts: NoticeFacts = {
            "connects": 10,
            "day": "2026-04-01",
            "pace": "usual",
            "net": 150,
            "tax": 30,
            "currency": "USD",
        }
        assert only(grounds(*lots)) == Advice(Topic.USE, Certainty.LIKELY, 10, facts)

    def test_it_is_only_possible_if_a_fast_week_would_use_it(self) -> None:
        assert only(grounds(lot(30, 10), lot(200, 300, number=2), rate=VARIED)).sure is Certainty.POSSIBLE

    @pytest.mark.parametrize("prices", [(UNKNOWN, None), (Price(450, 0, "USD"), Price(90, 0, "EUR"))])
    def test_money_is_left_out_where_it_is_not_one_known_amount(self, prices: tuple[Price | None, ...]) -> None:
        lots = [lot(40, 5 * number, price, number) for number, price in enumerate(prices, 1)]
        found = next(one for one in advised(grounds(*lots, lot(90, 300, number=3))) if one.topic is Topic.USE)
        assert "net" not in found.facts

    def test_what_expires_later_than_in_a_month_can_wait(self) -> None:
        assert advised(grounds(lot(100, 31), lot(200, 300, number=2))) == ()

    def test_who_spends_nothing_will_spend_none_of_it(self) -> None:
        given = grounds(lot(30, 10), lot(20, 40, number=2), rate=None)._replace(idle=True)
        assert only(given) == Advice(
            Topic.USE, Certainty.LIKELY, 30, {"connects": 30, "day": "2026-04-01", "pace": "none"}
        )


class TestOtherAdvice:
    def test_a_history_that_is_old_is_imported_again(self) -> None:
        given = grounds(lot(20, 300))._replace(known=date(2026, 3, 9))
        first, second = advised(given)
        assert first == Advice(Topic.IMPORT, Certainty.CERTAIN, 24, {"day": "2026-03-09"})
        assert (second.topic, second.sure) == (Topic.BUY, Certainty.POSSIBLE)

    def test_closed_jobs_are_asked_for_what_they_owe(self) -> None:
        found = only(grounds()._replace(ends=LooseEnds(2, 24)))
        assert found == Advice(Topic.REFUNDS, Certainty.CERTAIN, 24, {"jobs": 2, "owed": 24})

    def test_the_latest_monthly_lot_that_was_missed_is_looked_for(self) -> None:
        missed = tuple(Due(date(2026, month, 3), 10, NOW) for month in (1, 2, 3))
        found = only(grounds()._replace(monthly=MonthlyLots(missed)))
        assert found == Advice(Topic.MISSED, Certainty.LIKELY, 10, {"due": "2026-03-03", "came": 10})
        assert advised(grounds()._replace(monthly=MonthlyLots(missed[:1]))) == ()

    def test_a_budget_is_minded_before_it_is_passed(self) -> None:
        found = only(grounds()._replace(budget=BUDGET))
        facts: NoticeFacts = {"limit": 100, "expected": 110, "day": "2026-03-27"}
        assert found == Advice(Topic.BUDGET, Certainty.LIKELY, 10, facts)
        assert only(grounds(rate=VARIED)._replace(budget=BUDGET)).sure is Certainty.POSSIBLE
        assert advised(grounds()._replace(budget=BUDGET._replace(spent=101))) == ()

    def test_boosts_that_brought_nothing_are_advised_against(self) -> None:
        found = only(grounds()._replace(ends=LooseEnds(boosts=Boosts(24, 0, 90))))
        assert found == Advice(Topic.BOOST, Certainty.POSSIBLE, 30, {"bids": 24, "replies": 0, "boost": 90})
        fewer = Boosts(24, 1, 90, fewer=True)
        assert only(grounds()._replace(ends=LooseEnds(boosts=fewer))).sure is Certainty.LIKELY

    def test_what_somebody_could_tell_comes_last(self) -> None:
        given = grounds(lot(200, 300, UNKNOWN))._replace(ends=LooseEnds(1, 24, silent=9, bid=90))
        assert [(one.topic, one.connects) for one in advised(given)] == [
            (Topic.REFUNDS, 24),
            (Topic.COST, 200),
            (Topic.NEWS, 90),
        ]


def test_the_most_certain_of_two_comes_first_if_as_much_is_at_stake() -> None:
    given = grounds(rate=VARIED)._replace(budget=BUDGET, ends=LooseEnds(1, 10))
    assert [one.topic for one in advised(given)] == [Topic.REFUNDS, Topic.BUDGET]


def test_nobody_is_told_what_they_have_switched_off() -> None:
    off = Settings(alerts=Alerts(expiring=(), runway=None, monthly=False, stale=False, unfed=None))
    assert unwanted(Settings()) == frozenset()
    assert unwanted(off) == {Topic.USE, Topic.BUY, Topic.MISSED, Topic.NEWS, Topic.IMPORT}
    assert advised(grounds(lot(20, 300))._replace(unwanted=unwanted(off))) == ()
    assert unwanted(replace(off, alerts=replace(off.alerts, runway=7))) == unwanted(off) - {Topic.BUY}


def test_advice_travels_in_the_facts_of_a_notice() -> None:
    for advice in advised(grounds(lot(20, 300))._replace(budget=BUDGET, ends=LooseEnds(2, 24))):
        assert advice_in({"connects": 1, **as_facts(advice)}) == advice
    assert advice_in(as_facts(None)) is None
    assert advice_in({"connects": 1}) is None
    assert without_advice({"connects": 1, **as_facts(None)}) == {"connects": 1}
