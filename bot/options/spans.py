"""Where in a line a figure stands. It may be several words ("1 000", "minus 3"), and is found whole or not at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.options.figures import SPACER, is_bare, money_in, percent_in, plain, whole_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TOKEN: Final = rf"(?:\S|{SPACER})+"
MOST_TOKENS: Final = 5  # of one figure: "minus 1 000 000 connects"


def tokens_of(line: str) -> list[str]:
    """The words of a line. Groups of digits that typesetting keeps together are one word."""
    return re.findall(TOKEN, line)


def whole_span(tokens: list[str], *, trails: bool, signed: bool) -> slice | None:
    """Where a line has its whole number: at its beginning or, if it `trails`, at its end.

    signed: it may be negative, so that a dash before it belongs to it.
    """
    count = len(tokens)
    lengths = range(min(MOST_TOKENS, count), 0, -1)
    first = next((slice(0, length) for length in lengths if _is_one(tokens[:length])), None)
    if first is not None and whole_number(" ".join(tokens[first])) is not None:
        return first
    ends = (slice(count - length, count) for length in lengths if trails)
    return next((span for span in ends if _ends_whole(tokens[span], signed=signed)), None)


def _is_one(tokens: list[str]) -> bool:
    """Whether these words are one figure, whole or not, beyond doubt."""
    words = " ".join(tokens)
    return whole_number(words) is not None or is_bare(words)


def _ends_whole(tokens: list[str], *, signed: bool) -> bool:
    dash = plain(tokens[0]) == "-"  # as in "Logo - 16"
    return whole_number(" ".join(tokens)) is not None and (signed or not dash)


def money_span(tokens: list[str]) -> slice | None:
    """Where a line has an amount: wherever a currency or a single Connect is named, or else at its beginning."""
    lengths = range(min(MOST_TOKENS, len(tokens)), 0, -1)
    for span in _spans(tokens, lengths):
        amount = money_in(" ".join(tokens[span]))
        if amount is not None and (amount.currency or amount.each or amount.sign):
            return span
    return next((slice(0, length) for length in lengths if is_bare(" ".join(tokens[:length]))), None)


def percent_span(tokens: list[str]) -> slice | None:
    """Where a line has a percentage."""
    return next((span for span in _spans(tokens, (2, 1)) if percent_in(" ".join(tokens[span])) is not None), None)


def _spans(tokens: list[str], lengths: Iterable[int]) -> Iterator[slice]:
    """All spans of these lengths, one length after the other."""
    return (slice(at, at + length) for length in lengths for at in range(len(tokens) - length + 1))
