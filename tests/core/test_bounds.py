"""Where figures end that every database can hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from core.ledger import rulebook
from core.promotions import qualify
from core.promotions.model import Conditions, Terms
from core.shared.bounds import MOST, MOST_DAYS, MOST_MONEY
from core.shared.refusals import OutOfRange
from core.wallets import settings
from core.wallets.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

NOW = datetime(2026, 1, 10, 9, tzinfo=UTC)
TERMS = Terms("Bonus", "For all", 20, NOW, NOW + timedelta(days=3))
BOOK = replace(rulebook.default(), grant_limit=1000)


@pytest.mark.parametrize(
    ("what", "low", "high", "of"),
    [
        ("gives", 1, 1000, lambda figure: replace(TERMS, gives=figure)),
        ("supply", 0, MOST, lambda figure: replace(TERMS, supply=figure)),
        ("lasts", 1, MOST_DAYS, lambda figure: replace(TERMS, expires_days=figure)),
        ("winners", 0, MOST, lambda figure: replace(TERMS, winners=figure)),
        ("new", 0, MOST_DAYS, lambda figure: replace(TERMS, conditions=Conditions(new_days=figure))),
        ("feedback", 0, MOST, lambda figure: replace(TERMS, conditions=Conditions(feedback=figure))),
        ("assessments", 0, MOST, lambda figure: replace(TERMS, conditions=Conditions(assessments=figure))),
        ("interviews", 0, MOST, lambda figure: replace(TERMS, conditions=Conditions(interviews=figure))),
    ],
)
def test_terms_are_bounded(what: str, low: int, high: int, of: Callable[[int], Terms]) -> None:
    for figure in (low, high):
        assert qualify.beyond_bounds(of(figure), BOOK) is None
    for figure in (low - 1, high + 1):
        assert qualify.beyond_bounds(of(figure), BOOK) == OutOfRange(what, figure, low, high)


@pytest.mark.parametrize(
    ("what", "of"),
    [
        ("threshold", lambda figure: Settings(threshold=figure)),
        ("budget", lambda figure: Settings(budget=figure)),
    ],
)
def test_settings_are_bounded(what: str, of: Callable[[int], Settings]) -> None:
    for figure in (0, MOST):
        assert settings.beyond_bounds(of(figure)) is None
    for figure in (-1, MOST + 1):
        assert settings.beyond_bounds(of(figure)) == OutOfRange(what, figure, 0, MOST)


@pytest.mark.parametrize(("most", "size"), [(MOST, 4), (MOST_MONEY, 8)])
def test_the_largest_figures_just_fit_into_the_columns(most: int, size: int) -> None:
    assert int.from_bytes(most.to_bytes(size, signed=True), signed=True) == most
    with pytest.raises(OverflowError):
        (most + 1).to_bytes(size, signed=True)


def test_the_longest_time_is_a_hundred_years() -> None:
    assert timedelta(days=MOST_DAYS) == 100 * timedelta(days=365)


def test_what_is_not_set_has_no_bounds() -> None:
    assert settings.beyond_bounds(Settings()) is None
    assert qualify.beyond_bounds(TERMS, BOOK) is None
