from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.shared.backoff import backed_off

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


def test_it_doubles_up_to_its_cap() -> None:
    assert [backed_off(SECOND * 5, retries, MINUTE) / SECOND for retries in range(6)] == [5, 10, 20, 40, 60, 60]
    assert [backed_off(0.5, retries, 60.0) for retries in range(3)] == [0.5, 1.0, 2.0]


@given(st.timedeltas(SECOND, MINUTE), st.timedeltas(MINUTE, timedelta(days=7)), st.integers(0, 10**6))
def test_it_never_shrinks_and_never_exceeds_its_cap(first: timedelta, cap: timedelta, retries: int) -> None:
    assert first <= backed_off(first, retries, cap) <= backed_off(first, retries + 1, cap) <= cap
