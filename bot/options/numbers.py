"""Whole numbers."""

from __future__ import annotations

import re
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
STAR: Final = "\u2b50\ufe0f"
"""The emoji of a star, and what may follow it."""
STARS: Final = re.compile(
    r"(?P<stars>[1-5])(?:[.,](?P<part>\d{1,2}))?(?:(?:\s*-\s*|\s*)(?:stars?|\u2605|\u2b50\ufe0f?|/\s?5))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Whole(Kind):
    """A whole number from `low` to `high`, such as "16" or "16 connects".

    trails: in a line it may also be the last word; otherwise only the first.
    ruled: the rulebook refuses numbers that are too large, so the bounds only apply to native forms.
    """

    low: int = 1
    high: int = 5000
    trails: bool = True
    ruled: bool = False
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
        return whole_span(tokens, trails=self.trails, signed=self.low < 0)


@dataclass(frozen=True, slots=True)
class EntryNumber(Whole):
    """The number of an entry, such as "12" or "#12"; "12 Connects" is none."""

    high: int = MOST_NUMBER

    @override
    def read(self, words: str) -> int:
        number = whole_number(words)
        if (number is None and not is_link(words)) or (number is not None and words.rstrip(" .")[-1:].isalpha()):
            raise UnfitError(say("unfit-entry", words=words[:40]))
        return super(EntryNumber, self).read(words)


@dataclass(frozen=True, slots=True)
class Rated(Whole):
    """A whole number that may be one of stars, such as "5.0", "5 stars" or "5-star"."""

    @override
    def read(self, words: str) -> int:
        found = STARS.fullmatch(words.strip())
        if found is not None and found["part"] and found["part"].strip("0"):
            raise UnfitError(say("unfit-stars", words=words[:40]))
        if words.strip() and not words.strip().strip(STAR):
            return Whole.read(self, str(words.count(STAR[0])))
        return Whole.read(self, words if found is None else found["stars"])

    @override
    def find(self, tokens: list[str]) -> slice | None:
        stars = bool(tokens) and (STARS.fullmatch(tokens[0]) is not None or not tokens[0].strip(STAR))
        return slice(0, 1) if stars else Whole.find(self, tokens)
