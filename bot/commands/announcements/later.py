"""When an announcement that is sent later is sent."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.command.declaration import DoubtError, UnfitError
from bot.options.times.days import Time, When
from bot.reading.lines import line_of
from bot.reply.parts import Button, Hour, say

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

NOW: Final = When()
FARTHEST: Final = timedelta(days=366)
BEFORE_COLON: Final = re.compile(r"\s*([^\n]{2,40}?):\s+(\S.*)", re.DOTALL)


def moment_of(at: When, now: datetime, zone: str) -> datetime:
    """The time that is meant, by the clocks of `zone`. UnfitError if it has passed, or is more than a year ahead."""
    found = at.of(now, zone)
    if found <= now:
        raise UnfitError(say("announce-passed", at=Hour(found, zone)))
    if found > now + FARTHEST:
        raise UnfitError(say("announce-far", at=Hour(found, zone)))
    return found


def refuse_time(text: str, words: Mapping[str, str]) -> None:
    """Raise DoubtError if a text begins with a time and a colon: it may say when to send the rest.

    `words`: those of the other options.
    """
    found = BEFORE_COLON.fullmatch(text)
    if found is None:
        return
    try:
        Time().read(found[1])
    except UnfitError:
        return
    others = {name: value for name, value in words.items() if value}
    raise DoubtError(
        say("doubt-announce-at", words=found[1]),
        Button(say("button-at", words=found[1]), line_of("announce", {**others, "at": found[1], "text": found[2]})),
        Button(say("button-as-text", words=found[1]), line_of("announce", {**others, "text": text})),
    )
