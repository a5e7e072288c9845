"""Plain words about the settings of a group: "post bookings here", "show members money", "friday summary off"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.reading.lines import line_of
from bot.reading.parser import words_of
from core.shared.names import folded

if TYPE_CHECKING:
    from bot.command.declaration import Command

THE: Final = "(?:the |our |all |all the |every |each )?"
BOOKED: Final = f"{THE}(?:bookings?|entry|entries|changes?|what is booked|what we book|feed)"
HERE: Final = "(?:here|in here|in this (?:channel|topic|thread|group|chat))"
MEMBERS: Final = "(?:the |our |all )?(?:members|everyone|everybody)"
MONEY: Final = "(?:the )?(?:money|costs|prices)"
SUMMARY: Final = f"{THE}(?:friday(?:'s)?|weekly) summary"
LINES: Final = tuple(
    (re.compile(pattern), line)
    for pattern, line in (
        (f"(?:post|show|put|send|write|share) {BOOKED}(?: to)? {HERE}", "feed=here"),
        (f"{THE}feed (?:on |to )?{HERE}", "feed=here"),
        (f"(?:stop|end|switch off|turn off|no) {THE}feed|{THE}feed off", "feed=off"),
        (f"(?:stop|do not|don't) (?:post|show|send|writ|shar)(?:e|ing|ting)? {BOOKED}(?: {HERE})?", "feed=off"),
        (f"(?:show|let) {MEMBERS} (?:see )?{MONEY}|show {MONEY} to {MEMBERS}", "money=on"),
        (f"{MEMBERS} (?:may|can|should) see {MONEY}", "money=on"),
        (f"hide {MONEY} from {MEMBERS}|(?:do not|don't) show {MEMBERS} {MONEY}", "money=off"),
        (f"{MEMBERS} (?:may not|must not|cannot|can't|can not|should not|shouldn't) see {MONEY}", "money=off"),
        (f"{SUMMARY} on|(?:send|start|switch on|turn on)(?: us)?(?: an?)? {SUMMARY}", "weekly=on"),
        (f"{SUMMARY} off|(?:stop|no|end|switch off|turn off) {SUMMARY}", "weekly=off"),
    )
)


def team_settings_line(typed: str) -> str | None:
    """The line that is meant by words about what a group shares; None if they are about something else."""
    text = " ".join(folded(typed).replace("\u2019", "'").rstrip("?!. ").removesuffix(" please").split())
    text = text.removeprefix("please ")
    return next((f"settings {line}" for pattern, line in LINES if pattern.fullmatch(text)), None)


def settings_line(command: Command, typed: str) -> str:
    """The line that is meant by what somebody typed after /settings."""
    return team_settings_line(typed) or line_of(command.name, words_of(command, typed, typed=True))
