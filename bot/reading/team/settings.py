"""Plain words about the settings of a group: "post bookings here", "show members money", "friday summary off"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.command.declaration import DoubtError
from bot.reading.lines import line_of
from bot.reading.parser import words_of
from bot.reply.parts import Button, say
from core.shared.names import folded

if TYPE_CHECKING:
    from bot.command.declaration import Command

THE: Final = "(?:the |our |all |all the |every |each )?"
BOOKED: Final = f"{THE}(?:bookings?|entry|entries|changes?|what is booked|what we book|feed)"
HERE: Final = "(?:here|in here|(?:in|to) (?:this|the) (?:channel|topic|thread|group|chat))"
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
        (f"show {MONEY} {HERE}", "money=on"),
        (f"hide {MONEY}(?: from {MEMBERS}| {HERE})?|no {MONEY} {HERE}", "money=off"),
        (f"(?:do not|don't) show (?:{MEMBERS} )?{MONEY}(?: {HERE})?", "money=off"),
        (f"{MEMBERS} (?:may not|must not|cannot|can't|can not|should not|shouldn't) see {MONEY}", "money=off"),
        (f"{SUMMARY} on|(?:send|start|switch on|turn on)(?: us)?(?: an?)? {SUMMARY}", "weekly=on"),
        ("(?:send )?(?:us )?(?:an? |the )?summary (?:every|each|on) fridays?", "weekly=on"),
        ("friday(?:'s)? summary", "weekly=?"),
        (f"{SUMMARY} off|(?:stop|no|end|switch off|turn off) {SUMMARY}", "weekly=off"),
    )
)


ELSEWHERE: Final = re.compile(
    f"(?:post|show|put|send|write|share) {BOOKED} (?:in|to|on) (?:#.+|(?:an)?other .+|.+ (?:channel|topic|thread))"
)
OTHER_DAY: Final = re.compile(
    "(?:send )?(?:us )?(?:an? |the )?(?:weekly |team )?summary (?:every|each|on)"
    " (?:mon|tues|wednes|thurs|satur|sun)?days?(?: .*)?"
)
BARE: Final = frozenset({"money", "feed", "weekly"})
"""Settings that are named, and asked about."""


def team_settings_line(typed: str) -> str | None:
    """The line that is meant by words about what a group shares; None if they are about something else."""
    text = " ".join(folded(typed).replace("\u2019", "'").rstrip("?!. ").removesuffix(" please").split())
    text = text.removeprefix("please ")
    found = next((f"settings {line}" for pattern, line in LINES if pattern.fullmatch(text)), None)
    if found is None and ELSEWHERE.fullmatch(text):
        raise DoubtError(say("doubt-feed-elsewhere"), Button(say("button-feed-here"), "settings feed=here"))
    if found is None and OTHER_DAY.fullmatch(text):
        raise DoubtError(say("doubt-weekly-day"), Button(say("button-weekly-on"), "settings weekly=on"))
    return found


def settings_line(command: Command, typed: str) -> str:
    """The line that is meant by what somebody typed after /settings."""
    bare = folded(typed)
    if bare in BARE:
        return f"settings {bare}=?"
    return team_settings_line(typed) or line_of(command.name, words_of(command, typed, typed=True))
