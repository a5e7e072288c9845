"""How far a target is, and what is needed from now on."""

from __future__ import annotations

from datetime import date
from typing import Final

import pytest

from core.team.targets import progress_of
from core.wallets.team import Target

TARGET: Final = Target(1, 100, date(2026, 1, 5), date(2026, 1, 15))


@pytest.mark.parametrize(
    ("bids", "today", "missing", "days", "each"),
    [
        (62, date(2026, 1, 8), 38, 8, 5),
        (62, date(2026, 1, 15), 38, 1, 38),
        (0, date(2026, 1, 1), 100, 11, 10),
        (99, date(2026, 1, 8), 1, 8, 1),
        (100, date(2026, 1, 8), 0, 8, 0),
        (130, date(2026, 1, 8), 0, 8, 0),
        (62, date(2026, 1, 16), 38, 0, 38),
    ],
)
def test_how_many_a_day_are_needed(bids: int, today: date, missing: int, days: int, each: int) -> None:
    found = progress_of(TARGET, bids, today)
    assert (found.missing, found.days, found.each_day) == (missing, days, each)
    assert found.reached is (bids >= 100)
    assert found.over is (today > TARGET.last)
