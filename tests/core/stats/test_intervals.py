"""The intervals of rates and of differences, to the figures that are known of them."""

from __future__ import annotations

from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.stats.intervals import Z_POWER, Z, needed, newcombe, wilson

COUNTS = st.integers(0, 5000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(0, 20, 0.0, 16.1), (1, 20, 0.9, 23.6), (4, 20, 8.1, 41.6), (19, 100, 12.5, 27.8), (20, 20, 83.9, 100.0)],
)
def test_a_rate(hits: int, of: int, low: float, high: float) -> None:
    assert [round(100 * end, 1) for end in wilson(hits, of)] == [low, high]


def test_the_quantiles() -> None:
    assert pytest.approx(NormalDist().inv_cdf(0.975)) == Z
    assert pytest.approx(NormalDist().inv_cdf(0.8)) == Z_POWER


def test_a_difference() -> None:
    assert [round(100 * end) for end in newcombe(8, 20, 4, 20)] == [-8, 44]
    assert 0 not in newcombe(80, 200, 40, 200)


@pytest.mark.parametrize(("rate", "other", "each"), [(0.15, 0.30, 120), (0.19, 0.38, 87), (0.19, 0.236, 1263)])
def test_how_many_of_each_tell_two_rates_apart(rate: float, other: float, each: int) -> None:
    assert needed(rate, other) == needed(other, rate) == pytest.approx(each, rel=0.02)


def test_equal_rates_are_never_told_apart() -> None:
    with pytest.raises(ValueError, match="equal"):
        needed(0.2, 0.2)


def test_the_ends_belong_to_an_interval() -> None:
    assert 0 in wilson(0, 20)
    assert 1 in wilson(20, 20)
    assert wilson(4, 20).low in wilson(4, 20)


def test_of_nothing_nothing_is_known() -> None:
    assert wilson(0, 0) == (0, 1)
    assert newcombe(0, 0, 3, 10) == newcombe(3, 10, 0, 0) == (-1, 1)


@given(COUNTS)
def test_the_interval_of_a_rate_contains_it(counts: tuple[int, int]) -> None:
    hits, of = counts
    low, high = wilson(hits, of)
    assert 0 <= low <= (hits / of if of else 0) <= high <= 1
    assert (low == 0) == (hits == 0)
    mirrored = wilson(of - hits, of)
    assert mirrored == pytest.approx((1 - high, 1 - low), abs=1e-9)


@given(COUNTS)
def test_the_interval_of_a_rate_narrows_with_more_of_the_same(counts: tuple[int, int]) -> None:
    hits, of = counts
    few, many = wilson(hits, of), wilson(10 * hits, 10 * of)
    assert many.high - many.low <= few.high - few.low


@given(COUNTS, COUNTS)
def test_the_interval_of_a_difference_contains_it_and_has_two_sides(one: tuple[int, int], two: tuple[int, int]) -> None:
    low, high = newcombe(*one, *two)
    assert newcombe(*two, *one) == pytest.approx((-high, -low), abs=1e-9)
    if one[1] and two[1]:
        assert -1 <= low <= one[0] / one[1] - two[0] / two[1] <= high <= 1
