"""Where in a line a figure stands. It may be several words ("1 000", "minus 3"), and is found whole or not at all."""

from __future__ import annotations

import re
from typing import Final

from bot.options.currencies import currency_of
from bot.options.figures import SPACER, is_bare, money_in, percent_in, plain, whole_number

TOKEN: Final = rf"(?:\S|{SPACER})+"
MOST_BOUGHT: Final = 10_000
"""What follows a currency and is more is a price, not a number of Connects: "60 Rp 145.000"."""
MOST_TOKENS: Final = 5  # of one figure: "minus 1 000 000 connects"


def tokens_of(line: str) -> list[str]:
    """The words of a line. Groups of digits that typesetting keeps together are one word."""
    return re.findall(TOKEN, line)


def whole_span(tokens: list[str], *, trails: bool, signed: bool, priced: bool) -> slice | None:
    """Where a line has its whole number: at its beginning or, if it `trails`, at its end.

    signed: it may be negative, so that a dash before it belongs to it. priced: a price may stand in the line too, and a
    figure with a currency after it is that price, if there is another figure.
    """
    count = len(tokens)
    lengths = range(min(MOST_TOKENS, count), 0, -1)
    first = next((slice(0, length) for length in lengths if _is_one(tokens[:length])), None)
    ends = (slice(count - length, count) for length in lengths)
    last = next((span for span in ends if _ends_whole(tokens[span], signed=signed)), None) if trails else None
    if first is None or whole_number(" ".join(tokens[first])) is None:
        return last
    return last if priced and last is not None and _is_price(tokens, first, last) else first


def _is_price(tokens: list[str], first: slice, last: slice) -> bool:
    """Whether the first figure is a price and the last one the Connects: "9 EUR 60", but not "60 Connects EUR 9"."""
    if last.start < first.stop or not tokens[first.stop - 1][-1].isdecimal() or currency_of(tokens[first.stop]) is None:
        return False
    return (whole_number(" ".join(tokens[last])) or 0) < MOST_BOUGHT


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
    for span in (slice(at, at + length) for length in lengths for at in range(len(tokens) - length + 1)):
        amount = money_in(" ".join(tokens[span]))
        if amount is not None and (amount.currency is not None or amount.each):
            return span
    return next((slice(0, length) for length in lengths if is_bare(" ".join(tokens[:length]))), None)


def percent_span(tokens: list[str]) -> slice | None:
    """Where a line has a percentage."""
    spans = (slice(at, at + length) for length in (2, 1) for at in range(len(tokens) - length + 1))
    return next((span for span in spans if percent_in(" ".join(tokens[span])) is not None), None)
