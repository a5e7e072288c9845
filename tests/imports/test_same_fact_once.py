"""Drops of an account in any order and form end with what was shown: nothing doubled, nothing lost in silence."""

from __future__ import annotations

import os
import sys
from collections import Counter
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from core.imports.matching import State, match
from core.imports.merging import merged
from core.imports.model import Answers, Page
from tests.imports.fake_book import FakeBook
from tests.imports.rows import bid, copy
from tests.imports.sample_windows import NAMES, sample_window
from tests.imports.trial import tried
from tests.imports.windows import FORMS, page

if TYPE_CHECKING:
    from types import FrameType
    from typing import Any

ACCOUNTS = int(os.environ.get("IMPORTED_ACCOUNTS", "10"))
"""So many accounts are tried; a long run asks for more."""


@settings(max_examples=ACCOUNTS, derandomize=True)
@given(seed=st.integers(0, 100_000))
def test_nothing_is_doubled_and_nothing_is_lost_in_silence(seed: int) -> None:
    outcome = tried(seed, smallest=15)
    assert outcome.shown
    assert not outcome.doubled
    assert not outcome.silent
    assert not outcome.again
    assert not any(outcome.badges.values())


def test_the_forms_of_a_sample_are_the_same_rows() -> None:
    for name in NAMES:
        shown = sample_window(name)
        for first in FORMS:
            book = FakeBook()
            book.take(page(shown, first))
            facts = Counter(book.facts)
            assert facts.total() == len(shown.rows)
            for form in FORMS:
                assert {verdict.state for verdict in book.take(page(shown, form))} == {State.KNOWN}
            assert Counter(book.facts) == facts


def test_the_work_grows_with_the_rows() -> None:
    for same in (True, False):
        assert steps(1000, same=same) < 2.5 * steps(500, same=same)


def steps(rows: int, *, same: bool) -> int:
    """The lines that run to merge and match a day of many rows in two parts, of which the upper is known."""
    day = [bid(11, "a" if same else f"job {at}") for at in range(rows)]
    upper, lower = day[: rows // 2], day[rows // 3 :]
    book = FakeBook()
    for title in ("a", "b"):
        book.type(-16, title, book.now)
    book.take(copy(12, bid(12, "x"), *upper))
    pages = (copy(12, *lower, bid(10, "y"), balance=None, top_cut=True), copy(12, bid(12, "x"), *upper))
    return counted(pages, book)


def counted(pages: tuple[Page, ...], book: FakeBook) -> int:
    lines = 0

    def count(_frame: FrameType, event: str, _arg: Any) -> Any:
        nonlocal lines
        lines += event == "line"
        return count

    record = book.record
    before = sys.gettrace()
    sys.settrace(count)
    try:
        match(merged(pages), record, Answers())
    finally:
        sys.settrace(before)
    return lines
