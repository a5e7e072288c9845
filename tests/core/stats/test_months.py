"""What a reply cost, month by month."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from core.proposals.model import NetCost, ProposalKind
from core.stats.model import Rate, UnitCost
from core.stats.months import month_edges, months_of
from tests.core.stats.cards import BID, S, bid, bids, mixed

JANUARY, FEBRUARY = datetime(2026, 1, 31, 23, 30, tzinfo=UTC), datetime(2026, 2, 10, tzinfo=UTC)
MARCH = datetime(2026, 3, 1, tzinfo=UTC)


def test_a_month_counts_what_is_old_enough_and_is_open_until_all_is() -> None:
    january, february = date(2026, 1, 1), date(2026, 2, 1)
    cards = [bid(sent=JANUARY), bid(sent=FEBRUARY), bid(sent=MARCH)]
    for recent, months in (
        (JANUARY, [(january, True)]),
        (MARCH - timedelta.resolution, [(january, False), (february, True)]),
        (MARCH, [(january, False), (february, False), (MARCH.date(), True)]),
    ):
        assert [(one.first, one.open) for one in months_of(cards, recent, "UTC")] == months


def test_a_period_is_parted_where_months_begin_in_the_zone() -> None:
    first, last = datetime(2026, 1, 31, 23, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)
    march, april = datetime(2026, 2, 28, 22, tzinfo=UTC), datetime(2026, 3, 31, 21, tzinfo=UTC)
    assert month_edges(first, last, "Europe/Kyiv") == (first, march, april, last)
    assert month_edges(march, april, "Europe/Kyiv") == (march, april)


def test_months_are_those_of_the_zone() -> None:
    assert [one.first for one in months_of([bid(sent=JANUARY)], MARCH, "Europe/Kyiv")] == [date(2026, 2, 1)]


def test_what_a_reply_cost() -> None:
    cards = mixed(bids(4, S.REPLIED, sent=FEBRUARY), bids(16, sent=FEBRUARY))
    (month,) = months_of(cards, MARCH, "UTC")
    assert (month.replies, month.unit_cost and month.unit_cost.tenths) == (Rate(4, 20), 500)


def test_without_a_reply_there_is_no_cost_of_one() -> None:
    (month,) = months_of(bids(20, sent=FEBRUARY), MARCH, "UTC")
    assert month.unit_cost is None


def test_without_a_price_nothing_is_known_of_it() -> None:
    shown = bid(S.REPLIED, sent=FEBRUARY, booked=False, base=0, net=NetCost())
    (month,) = months_of([shown, BID._replace(kind=ProposalKind.INVITATION, sent=FEBRUARY)], MARCH, "UTC")
    assert (month.replies, month.unit_cost) == (Rate(1, 1), UnitCost(None, None))
