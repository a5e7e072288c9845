"""The kinds of options that say when something is told: on which days before it, in which hours not, or never."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar, Final

from typing_extensions import override

from bot.kind import Kind, UnfitError
from bot.night import NONE, hours_of
from bot.options import Whole
from bot.reply import say
from core.people import FARTHEST_MARK

MOST_MARKS: Final = 10
USUAL: Final = ("usual", "default")


@dataclass(frozen=True, slots=True)
class OrOff(Whole):
    """A whole number, or "off", which is as good as 0."""

    @override
    def read(self, words: str) -> int:
        return 0 if words.strip().casefold() == NONE else Whole.read(self, words)


@dataclass(frozen=True, slots=True)
class DaysBefore(Kind):
    """Days before something, such as "30,7,1", the longest first; "off" is none."""

    high: ClassVar[int] = FARTHEST_MARK

    @override
    def read(self, words: str) -> tuple[int, ...]:
        text = words.strip().casefold()
        if text == NONE:
            return ()
        days = set(re.split(r"[,;\s]+", text))
        if not all(re.fullmatch(r"\d{1,2}", day) and 0 < int(day) <= self.high for day in days):
            raise UnfitError(say("unfit-days", words=words[:40], high=self.high))
        if len(days) > MOST_MARKS:
            raise UnfitError(say("unfit-days-many", most=MOST_MARKS))
        return tuple(sorted({int(day) for day in days}, reverse=True))


@dataclass(frozen=True, slots=True)
class QuietHours(Kind):
    """Hours in which nothing is told, such as "22-8"; "off" is none, and "usual" the night as it is for everybody."""

    @override
    def read(self, words: str) -> str:
        text = words.strip().casefold()
        if text in USUAL:
            return ""
        try:
            hours = hours_of(text)
        except ValueError:
            raise UnfitError(say("unfit-quiet", words=words[:40])) from None
        return NONE if hours is None else str(hours)
