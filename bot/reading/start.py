"""Reads what follows /start: a link to the bot can carry what to start with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.reading.lines import line_of
from bot.reading.parser import words_of

if TYPE_CHECKING:
    from bot.command.declaration import Command

CLAIM: Final = re.compile(r"claim_([A-Za-z0-9_-]{1,58})", re.IGNORECASE)


def read_start(given: Command, rest: str) -> str:
    """The claim that a link asks for, as in t.me/BOT?start=claim_7; or /start alone. DoubtError as for any line."""
    if (claimed := CLAIM.fullmatch(rest.strip())) is not None:
        return line_of("claim", {"what": claimed[1], "started": "yes"})
    words_of(given, rest, typed=True)
    return given.name
