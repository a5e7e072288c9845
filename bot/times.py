"""The kind of option that is a time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from typing_extensions import override

from bot.kind import Kind, UnfitError
from bot.reply import say

SPAN: Final = re.compile(r"(\d{1,3}) (minute|hour|day|week)s?")
MOST_SPAN: Final = 366
FIRST_YEAR, LAST_YEAR = 2000, 2099


class When(NamedTuple):
    """A time by the clocks of a place, or a span from now."""

    at: datetime | None
    span: timedelta | None

    def of(self, now: datetime, zone: str) -> datetime:
        """The time in UTC."""
        if self.at is not None:
            return self.at.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
        return now + (self.span or timedelta())


@dataclass(frozen=True, slots=True)
class Time(Kind):
    """A time: "now", "3 days", "12 hours", "2026-12-01", "2026-12-01 09:00"."""

    @override
    def read(self, words: str) -> When:
        text = " ".join(words.casefold().removeprefix("in ").split())
        if text == "now":
            return When(None, timedelta())
        if (span := SPAN.fullmatch(text)) is not None and int(span[1]) <= MOST_SPAN:
            return When(None, timedelta(**{f"{span[2]}s": int(span[1])}))
        try:
            at = datetime.fromisoformat(text.upper())
        except ValueError:
            raise UnfitError(say("unfit-time", words=words[:40])) from None
        if at.tzinfo is not None or not FIRST_YEAR <= at.year <= LAST_YEAR:
            raise UnfitError(say("unfit-time", words=words[:40]))
        return When(at, None)
