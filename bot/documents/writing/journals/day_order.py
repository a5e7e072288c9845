"""Puts the lines of a day into an order in which no lot runs short, as programs that match lots want them."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date, datetime

    from core.statements.model import BookLine


def in_order(lines: Iterable[BookLine], day_of: Callable[[datetime], date]) -> Iterator[BookLine]:
    """Lines in the order in which they happened, unless a lot would be drawn from before its Connects are there.

    Of what was booked later only the day is known. Where the times that the books give it do not do for a day, what
    comes in on it is first.
    """
    left: Counter[int] = Counter()
    for _, group in groupby(lines, key=lambda line: day_of(line.when)):
        of_day = [*group]
        yield from sorted(of_day, key=_comes_first) if _runs_short(left, of_day) else of_day
        for line in of_day:
            for move in line.moves:
                left[move.lot] += move.connects


def _runs_short(left: Mapping[int, int], lines: Iterable[BookLine]) -> bool:
    """Whether a lot has fewer Connects at some moment than are drawn from it."""
    now: dict[int, int] = {}
    for line in lines:
        for move in line.moves:
            now[move.lot] = now.get(move.lot, left[move.lot]) + move.connects
        if any(now[move.lot] < 0 for move in line.moves):
            return True
    return False


def _comes_first(line: BookLine) -> int:
    """What only comes in is first, what only goes out is last."""
    comes = any(move.connects > 0 for move in line.moves)
    goes = any(move.connects < 0 for move in line.moves)
    return 2 if goes and not comes else int(goes)
