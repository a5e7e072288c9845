"""Reads which proposals somebody wants to see: "/proposals logo", "viewed in november", "by Ann last month", "#12"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.options.times.period import Period
from bot.reading.leftovers import COURTESY, POLITE
from bot.reading.lines import line_of
from bot.reading.pairs import fits, pairs_in
from bot.reading.proposals.told import named_line
from bot.reading.unknown import refuse_unknown
from core.proposals.model import Shown
from core.shared.names import folded

if TYPE_CHECKING:
    from bot.command.declaration import Command
    from bot.options.choice import Synonyms

SHOWN: Final[Synonyms] = (
    (Shown.ALL, ("everything",)),
    (Shown.OPEN, ("waiting", "pending", "active")),
    (Shown.VIEWED, ("seen", "viewed by client")),
    (Shown.ANSWERED, ("answers", "replied", "replied to", "replies", "reply", "offered", "offers", "offer")),
    (Shown.INTERVIEW, ("interviews", "interviewing", "interviewed")),
    (Shown.HIRED, ("won", "hires", "contracts")),
    (
        Shown.UNANSWERED,
        tuple(
            """
        no answer/no answers/no reply/no response/without answer/without an answer/not answered/ignored/ghosted
        """.strip().split("/")
        ),
    ),
    (Shown.ENDED, ("closed", "declined", "lost", "archived", "expired", "withdrawn", "over", "rejected")),
    (Shown.INVITATIONS, ("invitation", "invites", "invite", "invited")),
    (Shown.UNCLEAR, ("doubtful", "unsure")),
)
"""The states by which proposals are listed, each with what else people call it."""
STATES: Final = {words: state for state, also in SHOWN for words in (str(state), *also)}
PERIOD: Final = Period()
MOST_STATE: Final = 3
MOST_PERIOD: Final = 9
SMALL_WORDS: Final = """
proposal proposals sent my our who the show list for about with titled all bids bid job jobs that are were which
"""
ADDS_NOTHING: Final = POLITE | frozenset(SMALL_WORDS.split())


def proposals_line(given: Command, text: str) -> str:
    """The line that the bot itself would print for what was written after `/proposals`."""
    refuse_unknown(given, text)
    named, rest = pairs_in(given, text)
    if not named and (told := named_line(rest)) is not None:
        return told
    words, found = COURTESY.sub("", rest).rstrip("?!. ").split(), dict.fromkeys(("member", "state", "period"), "")
    for name, take in (("state", _state), ("period", period_at_end), ("state", _state), ("member", _member)):
        if name not in named and not found[name]:
            words, found[name] = take(words)
    found["what"] = " ".join(word for word in words if folded(word) not in ADDS_NOTHING)
    return line_of(given.name, {name: said for name, said in found.items() if said} | named)


def _member(words: list[str]) -> tuple[list[str], str]:
    """Who sent them, as in "by Ann", at the end of a line."""
    if words[-1:] == ["mine"]:
        return words[:-1], "me"
    at = next((at for at, word in enumerate(words) if folded(word) == "by"), None)
    return (words, "") if at is None else (words[:at], " ".join(words[at + 1 :]))


def _state(words: list[str]) -> tuple[list[str], str]:
    """The state at either end. What has a capital letter is a title."""
    for count in range(min(MOST_STATE, len(words)), 0, -1):
        for span in (slice(0, count), *_end(words, count)):
            said = " ".join(words[span])
            if said in STATES:
                return [*words[: span.start], *words[span.stop :]], STATES[said]
    return words, ""


def period_at_end(words: list[str], period: Period = PERIOD) -> tuple[list[str], str]:
    """The period at either end, the longest that there is. A year alone may be a title's, where there are titles."""
    for count in range(min(MOST_PERIOD, len(words)), 0, -1):
        for span in (*_end(words, count), slice(0, count)):
            said = " ".join(words[span])
            if (period.alone or not said.isdecimal()) and not said.startswith("#") and fits(period, said):
                return [*words[: span.start], *words[span.stop :]], said
    return words, ""


def _end(words: list[str], count: int) -> tuple[slice, ...]:
    """The last words, unless they are somebody's name, as in "by May"."""
    start = len(words) - count
    return () if start and folded(words[start - 1]) == "by" else (slice(start, len(words)),)
