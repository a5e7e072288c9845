"""How far proposals got and what each step cost, from cards alone."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.proposals.model import NetCost, ProposalKind
from core.shared.money import Price
from core.stats.funnel import funnel_of, invitations_of, sample_of, shared
from core.stats.model import Expense, Funnel, Invitations, Step, UnitCost, Verdict
from tests.core.stats.cards import BID, RECENT, S, bid, bids, mixed, sample

if TYPE_CHECKING:
    from core.proposals.card_groups import CardGroup

HAND = {"hand": {"view": 19, "reply": 15, "interview": 10, "hire": 5}}
FREE = NetCost(free=10)


def funnel(*cards: CardGroup) -> Funnel:
    return funnel_of(sample_of(cards, RECENT))


def counts(found: Funnel) -> list[int]:
    return [one.rate.hits for one in found.steps]


def test_each_step_implies_those_before_it() -> None:
    found = funnel(bid(), bid(S.VIEWED), bid(S.REPLIED), bid(S.INTERVIEW), bid(S.OFFERED), bid(S.HIRED))
    assert counts(found) == [6, 5, 4, 3, 1]
    assert [one.step for one in found.steps] == list(Step)


def test_a_view_that_only_a_page_shows_counts() -> None:
    assert counts(funnel(bid(viewed=True), bid(S.REPLIED, viewed=True), bid())) == [3, 2, 1, 0, 0]


def test_what_ended_without_a_reply_counts_as_a_proposal() -> None:
    assert counts(funnel(bid(end=S.DECLINED), bid(S.REPLIED, end=S.ARCHIVED))) == [2, 1, 1, 0, 0]


def test_what_is_too_young_waits_and_counts_in_nothing() -> None:
    moment = timedelta.resolution
    found = funnel(bid(sent=RECENT), bid(sent=RECENT + moment), bid(S.REPLIED, sent=RECENT + moment))
    assert (found.proposals, found.waiting, found.early, counts(found)) == (1, 2, 1, [1, 0, 0, 0, 0])
    assert found.expense.connects == 10


def test_what_nobody_said_anything_about_is_counted() -> None:
    assert funnel(bid(heard=False), bid(heard=False, end=S.CLOSED), bid()).unreported == 1


def test_all_proposals_are_paid_for_by_those_that_got_so_far() -> None:
    found = funnel(*bids(3), bid(S.HIRED))
    assert found.expense == Expense(40, (Price(600, 0, "USD"),))
    assert found.at(Step.PROPOSAL).unit_cost == UnitCost(100, (Price(150, 0, "USD"),))
    assert found.at(Step.HIRE).unit_cost == UnitCost(400, (Price(600, 0, "USD"),))


def test_what_nobody_reached_costs_nothing_that_can_be_named() -> None:
    assert funnel(bid()).at(Step.REPLY).unit_cost is None
    assert [one.unit_cost for one in funnel().steps] == [None] * 5


def test_an_unknown_cost_is_counted_apart() -> None:
    unknown = NetCost(paid=4, unknown=6, money=(Price(60, 0, "USD"),))
    found = funnel(*bids(2, S.REPLIED), bid(S.REPLIED, net=unknown), bid(S.REPLIED, net=unknown))
    assert found.expense == Expense(40, (Price(300, 0, "USD"),), unknown=2, unknown_connects=12)
    assert found.at(Step.REPLY).unit_cost == UnitCost(100, (Price(150, 0, "USD"),))


def test_a_reply_of_unknown_cost_alone_costs_no_money_that_is_known() -> None:
    found = funnel(bid(), bid(S.REPLIED, net=NetCost(unknown=10)))
    assert found.at(Step.REPLY).unit_cost == UnitCost(200, None)


def test_what_only_a_page_shows_has_no_price() -> None:
    found = funnel(bid(S.REPLIED), bid(S.REPLIED, booked=False, base=0, net=NetCost()))
    assert (found.expense.connects, found.expense.unpriced, found.expense.unknown) == (10, 1, 1)
    assert found.at(Step.REPLY).unit_cost == UnitCost(100, (Price(150, 0, "USD"),))
    assert funnel(bid(S.REPLIED, booked=False, base=0, net=NetCost())).at(Step.REPLY).unit_cost == UnitCost(None, None)


def test_a_bid_of_which_only_the_boost_is_booked_has_no_price() -> None:
    assert funnel(bid(base=0, boosted=True)).expense.unpriced == 1


def test_what_was_free_or_came_back_costs_nothing() -> None:
    assert funnel(bid(S.REPLIED, net=FREE)).at(Step.REPLY).unit_cost == UnitCost(100, ())
    assert funnel(bid(S.REPLIED, net=NetCost())).at(Step.REPLY).unit_cost == UnitCost(0, ())


def test_what_was_free_beside_an_unknown_cost_is_not_all_free() -> None:
    found = funnel(bid(S.REPLIED, net=FREE), bid(net=NetCost(unknown=10)))
    assert found.at(Step.REPLY).unit_cost == UnitCost(200, None)


def test_each_currency_has_its_own_cost() -> None:
    euros = NetCost(paid=10, money=(Price(100, 20, "EUR"),))
    found = funnel(bid(S.REPLIED), bid(net=euros), bid(S.REPLIED, net=euros))
    assert found.expense.money == (Price(200, 40, "EUR"), Price(150, 0, "USD"))
    assert found.at(Step.REPLY).unit_cost == UnitCost(150, (Price(100, 20, "EUR"), Price(75, 0, "USD")))


def test_what_may_be_anothers_makes_it_rough() -> None:
    assert funnel(bid(unclear=True), bid()).expense.about == 1


def test_invitations_are_apart() -> None:
    invited = BID._replace(kind=ProposalKind.INVITATION, booked=False, base=0, net=NetCost())
    cards = [invited._replace(stage=stage) for stage in (S.INVITED, S.SENT, S.REPLIED, S.HIRED)]
    assert invitations_of(mixed(cards, bids(3))) == Invitations(4, 3, 2, 1)
    assert funnel(*cards).proposals == 0


@pytest.mark.parametrize(
    ("replies", "of", "verdict"),
    [(0, 19, None), (0, 20, "inconclusive"), (0, 25, "below"), (3, 20, "inconclusive"), (8, 20, "above")],
)
def test_a_verdict_needs_twenty_proposals_and_an_interval_without_the_yardstick(
    replies: int, of: int, verdict: str | None
) -> None:
    replied = sample(mixed(bids(replies, S.REPLIED), bids(of - replies)))
    beside = funnel_of(replied, HAND).at(Step.REPLY).comparisons
    assert [(one.yardstick, one.percent, one.verdict) for one in beside] == ([("hand", 15, verdict)] if verdict else [])


@pytest.mark.parametrize(
    ("percent", "verdict"), [(12, "above"), (13, "inconclusive"), (27, "inconclusive"), (28, "below")]
)
def test_a_verdict_is_exact_to_the_percent(percent: int, verdict: str) -> None:
    replied = sample(mixed(bids(19, S.REPLIED), bids(81)))  # 12.5 to 27.8 percent
    (one,) = funnel_of(replied, {"hand": {"reply": percent}}).at(Step.REPLY).comparisons
    assert one.verdict == verdict


def test_of_nothing_there_is_nothing() -> None:
    assert funnel().expense == Expense() == (0, (), 0, 0, 0, 0)
    assert invitations_of([bid()]) == Invitations()
    assert funnel().at(Step.REPLY).rate.share == 0


def test_views_are_never_too_few() -> None:
    found = funnel_of(sample(bids(100)), HAND)
    assert found.at(Step.VIEW).comparisons[0].verdict is Verdict.INCONCLUSIVE
    assert found.at(Step.HIRE).comparisons[0].verdict is Verdict.BELOW


def test_a_yardstick_of_nothing_is_none() -> None:
    found = funnel_of(sample(bids(30)), {"volume": {"reply": 5, "interview": 0}})
    assert [len(one.comparisons) for one in found.steps] == [0, 0, 1, 0, 0]


@given(st.integers(0, 10**9), st.integers(1, 10**4))
def test_shares_are_rounded_to_the_nearest(total: int, among: int) -> None:
    assert abs(2 * (shared(total, among) * among - total)) <= among


@given(st.lists(st.tuples(st.sampled_from(sorted(S)), st.integers(0, 500), st.integers(0, 90)), max_size=30))
def test_no_cent_and_no_connect_is_lost(some: list[tuple[S, int, int]]) -> None:
    cards = [
        bid(stage, base=1, net=NetCost(paid=connects, money=(Price(cents, 0, "USD"),) if cents else ()))
        for stage, connects, cents in some
    ]
    found = funnel(*cards)
    assert found.expense.connects == sum(connects for _, connects, _ in some)
    assert sum(price.total for price in found.expense.money) == sum(cents for _, _, cents in some)
    assert counts(found) == sorted(counts(found), reverse=True)
    for one in found.steps:
        if one.unit_cost is not None and one.unit_cost.money:
            (money,) = one.unit_cost.money
            assert 2 * abs(money.total * one.rate.hits - sum(cents for _, _, cents in some)) <= one.rate.hits
