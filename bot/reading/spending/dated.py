"""A spend with a day in it: booked on that day if nothing else can be meant, and asked about otherwise."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.command.declaration import DoubtError, UnfitError
from bot.options.times.past import Past
from bot.reading.dating import ON, is_certain, on_day, span_of
from bot.reading.spending.doubts import distinct, readings_of, titled
from bot.reply.parts import say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.command.declaration import Command
    from bot.reading.spending.bids import Bid
    from bot.reading.spending.line import Line

    Read = Callable[[Command, str], Bid | str]

BOTH: Final = re.compile(r"(\d{1,2})\s+([a-z]+)\.?\s+(\d{1,2})", re.IGNORECASE)


def dated(read: Read, line: Line, amounts: Sequence[int]) -> Bid | str:
    """What a line with a day says; `read` reads the line in which the day is an option. DoubtError if it is unclear."""
    span = span_of(line.tokens)
    if span is None or ON in line.named:
        raise DoubtError(say("unfit-days-two"), *distinct(*titled(line, amounts)))
    first, last = span
    words = line.text[line.tokens[first].start : line.tokens[last].end]
    both = BOTH.fullmatch(words)
    if both is not None and not amounts:
        raise _about_both(read, line, span, both)
    left, titles = line.without(first, last), titled(line, amounts)
    try:
        Past().read(words)
    except UnfitError as error:
        days = [on_day(left, day.words) for day in error.answers]
        readings = readings_of(read, line.given, *(days or [on_day(left, "today")]))
        raise DoubtError(error.sentence, *distinct(*readings, *titles)) from error
    if "title" in line.named or is_certain(line.tokens, first, last):
        return read(line.given, on_day(left, words))
    readings = readings_of(read, line.given, on_day(left, words))
    raise DoubtError(say("doubt-day", words=words), *distinct(*readings, *titles))


def _about_both(read: Read, line: Line, span: tuple[int, int], both: re.Match[str]) -> DoubtError:
    """Words such as "16 Nov 28", in which either figure may be the day and the other one the amount."""
    low, month, high = both.groups()
    ways = ((low, f"{high} {month}"), (high, f"{low} {month}"))
    texts = [on_day(line.without(*span, connects), day) for connects, day in ways]
    return DoubtError(say("doubt-day-or-amount", words=both[0]), *distinct(*readings_of(read, line.given, *texts)))
