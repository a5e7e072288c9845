"""Lines that wait become one message: as facts, whole and in their order, as long as they are few."""

from __future__ import annotations

from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from core.delivery.gathering import LINES, MOST_LINES, gathered, in_lines, lines_in

NAMES: Final = ("what", "by", "1", "lines", "a.b", "title")
LINE: Final = st.integers(0, 2 ** len(NAMES) - 1).map(
    lambda bits: {name: bits if at % 2 else f"{name} {bits}" for at, name in enumerate(NAMES) if bits >> at & 1}
)
"""Some of the names, with a figure or a text."""
FEW: Final = st.lists(LINE, max_size=MOST_LINES + 2)


@settings(max_examples=40)
@given(lines=FEW)
def test_facts_give_back_their_lines(lines: list[dict[str, str | int]]) -> None:
    facts = in_lines(lines)
    assert facts[LINES] == len(lines)
    assert list(lines_in(facts)) == lines


@settings(max_examples=40)
@given(waiting=FEW, more=FEW)
def test_all_lines_are_there_once_and_in_order_or_nothing_is_gathered(
    waiting: list[dict[str, str | int]], more: list[dict[str, str | int]]
) -> None:
    facts = gathered(in_lines(waiting), in_lines(more))
    if len(waiting) + len(more) > MOST_LINES:
        assert facts is None
    else:
        assert facts is not None
        assert list(lines_in(facts)) == [*waiting, *more]


@settings(max_examples=40)
@given(some=st.lists(LINE, max_size=3), more=st.lists(LINE, max_size=3), last=st.lists(LINE, max_size=3))
def test_it_makes_no_difference_which_are_gathered_first(
    some: list[dict[str, str | int]], more: list[dict[str, str | int]], last: list[dict[str, str | int]]
) -> None:
    first, second, third = (in_lines(lines) for lines in (some, more, last))
    left, right = gathered(first, second), gathered(second, third)
    assert left is not None
    assert right is not None
    assert gathered(left, third) == gathered(first, right)


def test_a_tenth_line_is_not_taken_for_the_first() -> None:
    lines = [{"what": f"line {place}"} for place in range(1, MOST_LINES + 1)]
    assert [line["what"] for line in lines_in(in_lines(lines))] == [f"line {place}" for place in range(1, 11)]
