"""Days that have passed, numbers of days, and hours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from typing_extensions import override

from bot.base.quiet_hours import NONE, hours_of
from bot.command.declaration import Kind, UnfitError
from bot.options.figures import plain
from bot.options.numbers import Whole
from bot.reply.parts import say
from core.wallets.settings import FARTHEST_EXPIRY_DAY


@dataclass(frozen=True, slots=True)
class Day(Kind):
    """A day, such as "2026-01-11"; `first` and `last` are the years it may be in."""

    first: int = 2000
    last: int = 2099

    @override
    def read(self, words: str) -> date:
        try:
            day = date.fromisoformat(plain(words))
        except ValueError:
            raise UnfitError(say("unfit-day", words=words[:40])) from None
        if not self.first <= day.year <= self.last:
            raise UnfitError(say("unfit-day-far", day=words[:40], first=str(self.first), last=str(self.last)))
        return day


MOST_DAYS: Final = 10
USUAL: Final = ("usual", "default")
OFF: Final = frozenset({NONE, "none", "no", "never"})


@dataclass(frozen=True, slots=True)
class OrOff(Whole):
    """A whole number, or "off" for 0."""

    @override
    def read(self, words: str) -> int:
        return 0 if words.strip().casefold() in OFF else Whole.read(self, words)


@dataclass(frozen=True, slots=True)
class DaysBefore(Kind):
    """Days before something, such as "30,7,1", sorted from the longest; "off" for none."""

    high: ClassVar[int] = FARTHEST_EXPIRY_DAY

    @override
    def read(self, words: str) -> tuple[int, ...]:
        text = plain(words).casefold()
        if text in OFF:
            return ()
        days = set(re.split(r"[,;\s]+", text))
        if not all(re.fullmatch(r"\d{1,2}", day) and 0 < int(day) <= self.high for day in days):
            raise UnfitError(say("unfit-days", words=words[:40], high=self.high))
        if len(days) > MOST_DAYS:
            raise UnfitError(say("unfit-days-many", most=MOST_DAYS))
        return tuple(sorted({int(day) for day in days}, reverse=True))


@dataclass(frozen=True, slots=True)
class QuietHours(Kind):
    """Hours in which no notice is sent, such as "22-8"; "off" for none, "usual" for the default night."""

    @override
    def read(self, words: str) -> str:
        text = plain(words).casefold()
        if text in USUAL:
            return ""
        try:
            hours = hours_of(text)
        except ValueError:
            raise UnfitError(say("unfit-quiet", words=words[:40])) from None
        return NONE if hours is None else str(hours)
