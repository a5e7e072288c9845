"""What will expire unspent at the present pace: first in, first out, each lot until it expires."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from math import floor

from hypothesis import given
from hypothesis import strategies as st

from core.forecast.burn_rate import BurnRate
from core.forecast.unspent import Estimate, Loss, Unspent, unspent
from core.ledger import rulebook
from core.ledger.model import Lot, Source
from core.shared.money import UNKNOWN, Price

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)
RULES = rulebook.default()
STEADY = BurnRate(2000, 2000, 2000)


def lot(number: int, left: int, days: float | None, price: Price | None = None) -> Lot:
    """A lot of `left` Connects that expires in so many days (None: never)."""
    expires = None if days is None else NOW + days * DAY
    return Lot(number, Source.PURCHASE, NOW - (99 - number) * DAY, expires, left, left, price, price)


def found(*lots: Lot, rate: BurnRate = STEADY) -> Unspent:
    outcome = unspent(lots, rate, NOW, RULES)
    assert outcome is not None
    return outcome


def per_lot(outcome: Unspent) -> dict[int, Estimate]:
    return {one.lot.number: one.connects for one in outcome.lots}


def test_nothing_is_claimed_where_the_pace_is_not_known() -> None:
    assert unspent([lot(1, 60, 1)], None, NOW, RULES) is None


def test_what_is_not_drawn_before_a_lot_expires_is_left_over() -> None:
    assert per_lot(found(lot(1, 20, 10), lot(2, 60, 20), lot(3, 60, 100))) == {2: Estimate(40, 40, 40)}
    assert per_lot(found(lot(1, 20, 9))) == {1: Estimate(2, 2, 2)}


def test_a_lot_waits_for_those_before_it() -> None:
    """The second lot expires while the first one is still drawn from."""
    assert per_lot(found(lot(1, 60, 40), lot(2, 10, 30))) == {2: Estimate(10, 10, 10)}


def test_what_never_expires_is_not_left_over_but_drawn_first() -> None:
    assert per_lot(found(lot(1, 20, None), lot(2, 10, 12))) == {2: Estimate(6, 6, 6)}


def test_what_has_expired_or_is_used_up_does_not_count() -> None:
    assert found(lot(1, 20, 0), lot(2, 0, 5), lot(3, 10, 5)).lots == ()


def test_the_range_is_that_of_the_weeks() -> None:
    outcome = found(lot(1, 60, 10), rate=BurnRate(2000, 0, 5000))
    assert per_lot(outcome) == {1: Estimate(40, 10, 60)}
    assert (outcome.usual.connects, outcome.least.connects, outcome.most.connects) == (40, 10, 60)


def test_the_money_is_counted_in_each_currency_and_what_is_unknown_apart() -> None:
    lots = (
        *(lot(1, 30, 5, Price(450, 90, "USD")), lot(2, 20, 10, Price(200, 0, "EUR")), lot(3, 10, 10, UNKNOWN)),
        *(lot(4, 10, 10), lot(5, 10, 10, Price(150, 0, "USD"))),
    )
    outcome = found(*lots)
    assert outcome.usual == Loss(60, (Price(100, 0, "EUR"), Price(450, 60, "USD")), 10)
    assert [one.cost for one in outcome.lots] == [
        *(Price(300, 60, "USD"), Price(100, 0, "EUR"), None, None, Price(150, 0, "USD")),
    ]


lots_in_order = st.lists(
    st.tuples(st.integers(0, 200), st.one_of(st.none(), st.integers(1, 400 * 24).map(lambda hours: hours / 24))),
    max_size=8,
).map(lambda pairs: [lot(number, left, days) for number, (left, days) in enumerate(pairs, 1)])


def slowly(lots: list[Lot], pace: int) -> dict[int, int]:
    """The same, reckoned with fractions along the days."""
    at, over = Fraction(0), dict[int, int]()
    for one in lots:
        lasts = Fraction(one.left * 1000, pace)
        if one.expires is None:
            at += lasts
            continue
        ends = Fraction((one.expires - NOW) // timedelta.resolution, DAY // timedelta.resolution)
        until = max(at, min(ends, at + lasts))
        over[one.number] = one.left - floor((until - at) * pace / 1000)
        at = until
    return {number: left for number, left in over.items() if left}


@given(lots_in_order, st.integers(1, 30_000))
def test_it_is_what_a_slow_reckoning_gives(lots: list[Lot], pace: int) -> None:
    outcome = found(*reversed(lots), rate=BurnRate(pace, pace, pace))
    assert {number: estimate.usual for number, estimate in per_lot(outcome).items()} == slowly(lots, pace)


@given(lots_in_order, st.integers(1, 9000), st.integers(0, 9000), st.integers(0, 9000))
def test_a_faster_pace_never_leaves_more(lots: list[Lot], usual: int, less: int, more: int) -> None:
    outcome = found(*lots, rate=BurnRate(usual, max(usual - less, 0), usual + more))
    for one in (*per_lot(outcome).values(), Estimate(*(loss.connects for loss in outcome[1:]))):
        assert 0 <= one.least <= one.usual <= one.most
    assert outcome.most.connects <= sum(one.left for one in lots if one.expires is not None)
