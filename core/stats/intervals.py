"""What a count can show: the 95 % interval of a rate, that of a difference, and the sample that a difference needs."""

from __future__ import annotations

from math import ceil, sqrt
from typing import Final, NamedTuple

Z: Final = 1.959963984540054
"""The quantile of the normal distribution for 95 %, two-sided."""
Z_POWER: Final = 0.8416212335729143
"""That for a power of 80 %."""


class Interval(NamedTuple):
    """From `low` to `high`, both included: shares from 0 to 1, or differences of shares from -1 to 1."""

    low: float
    high: float

    def __contains__(self, value: object) -> bool:
        """Whether a value lies within it, the ends included."""
        return isinstance(value, int | float) and self.low <= value <= self.high


def wilson(hits: int, of: int) -> Interval:
    """The 95 % interval of a rate by Wilson's score. Of nothing, nothing is known: 0 to 1."""
    if of == 0:
        return Interval(0.0, 1.0)
    rate, square = hits / of, Z * Z
    middle = (rate + square / (2 * of)) / (1 + square / of)
    half = Z * sqrt(rate * (1 - rate) / of + square / (4 * of * of)) / (1 + square / of)
    low = 0.0 if hits == 0 else max(0.0, middle - half)  # these ends are exact, whatever is lost in rounding
    high = 1.0 if hits == of else min(1.0, middle + half)
    return Interval(low, high)


def newcombe(hits: int, of: int, other_hits: int, other_of: int) -> Interval:
    """The 95 % interval of a difference of two independent rates, the first less the other: Newcombe's tenth method.

    Of nothing, nothing is known: -1 to 1.
    """
    if of == 0 or other_of == 0:
        return Interval(-1.0, 1.0)
    rate, other = hits / of, other_hits / other_of
    own, others = wilson(hits, of), wilson(other_hits, other_of)
    below = sqrt((rate - own.low) ** 2 + (others.high - other) ** 2)
    above = sqrt((own.high - rate) ** 2 + (other - others.low) ** 2)
    return Interval(max(-1.0, rate - other - below), min(1.0, rate - other + above))


def needed(rate: float, other: float) -> int:
    """How many of each it takes to tell two rates apart, 95 % certain, in four of five cases (a power of 80 %).

    ValueError for equal rates, which no number tells apart.
    """
    if rate == other:
        raise ValueError("equal rates cannot be told apart")
    mean = (rate + other) / 2
    certain = Z * sqrt(2 * mean * (1 - mean))
    powerful = Z_POWER * sqrt(rate * (1 - rate) + other * (1 - other))
    return ceil(((certain + powerful) / (rate - other)) ** 2)
