"""Whole numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from typing_extensions import override

from bot.command.declaration import Kind, UnfitError
from bot.options.figures import whole_number
from bot.options.spans import whole_span
from bot.reply.parts import say
from core.shared.job_links import is_link

MOST_CONNECTS: Final = 1_000_000
"""The largest figure that native forms take; the rulebook has its own, lower bounds."""
MOST_NUMBER: Final = 999_999_999
"""The largest number of an entry, a wallet, a promotion or a series that can be asked for."""


@dataclass(frozen=True, slots=True)
class Whole(Kind):
    """A whole number from `low` to `high`, such as "16" or "16 connects".

    trails: in a line it may also be the last word; otherwise only the first.
    ruled: the rulebook refuses numbers that are too large, so the bounds only apply to native forms.
    priced: a price stands in the line too, so that a figure with a currency may be that.
    """

    low: int = 1
    high: int = 5000
    trails: bool = True
    ruled: bool = False
    priced: bool = False
    longest: ClassVar[bool] = True

    @override
    def read(self, words: str) -> int:
        number = whole_number(words)
        if number is None:
            raise UnfitError(say("unfit-link") if is_link(words) else say("unfit-number", words=words[:40]))
        if not self.ruled and not self.low <= number <= self.high:
            raise UnfitError(say("unfit-range", value=number, low=self.low, high=self.high))
        return number

    @override
    def find(self, tokens: list[str]) -> slice | None:
        return whole_span(tokens, trails=self.trails, signed=self.low < 0, priced=self.priced)
