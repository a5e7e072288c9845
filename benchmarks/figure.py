"""A figure beside its target. Benchmarks report; they never fail a build."""

from __future__ import annotations

import os
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

WHOLE_FROM = 100
QUICK = bool(os.environ.get("QUICK"))


@dataclass(frozen=True, slots=True)
class Figure:
    """`aim` is the least value that is wanted, or with `at_most` the greatest. None: there is no target."""

    name: str
    value: float
    aim: float | None = None
    at_most: bool = False

    def __str__(self) -> str:
        shown = f"{self.name}: {_short(self.value)}"
        if self.aim is None:
            return shown
        met = self.value <= self.aim if self.at_most else self.value >= self.aim
        sign = "at most " if self.at_most else ""
        return f"{shown} (aim {sign}{_short(self.aim)}) {'ok' if met else 'short'}"


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= WHOLE_FROM else f"{value:.2f}"


def ratio(values: Iterable[float], bases: Iterable[float]) -> float:
    """The median of the ratios of rounds that ran side by side."""
    return median(value / base for value, base in zip(values, bases, strict=True))
