"""Reads which report on a team somebody wants: "/team last month", "ivan in october", "what ivan spent this week"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.command.declaration import UnfitError
from bot.options.times.period import Period
from bot.reading.leftovers import COURTESY, POLITE
from bot.reading.lines import line_of
from bot.reading.pairs import pairs_in
from bot.reading.parser import ASK_ME
from bot.reading.proposals.asked import period_at_end
from bot.reading.unknown import refuse_unknown
from bot.reply.parts import say
from core.shared.names import folded

if TYPE_CHECKING:
    from bot.command.declaration import Command

PERIOD: Final = Period(alone=True)
SMALL_WORDS: Final = """
the our show list us of for in on at with about by from during report team members member everyone everybody all people
who what how much did has have was spent spend spends spending connects most each only just figures stats
"""
ADDS_NOTHING: Final = POLITE | frozenset(SMALL_WORDS.split())


def team_line(given: Command, text: str) -> str:
    """The line that the bot itself would print for what was written after `/team`: a period, and a member."""
    refuse_unknown(given, text)
    named, rest = pairs_in(given, text)
    words, found = COURTESY.sub("", rest).rstrip("?!. ").split(), dict[str, str]()
    if "period" not in named:
        words, found["period"] = period_at_end(words, PERIOD)
    words = [word for word in words if folded(word) not in ADDS_NOTHING]
    if "period" not in named and not found["period"]:
        words, found["period"] = period_at_end(words, PERIOD)
    if words and named.get("period") == ASK_ME:  # they answer that question
        raise UnfitError(say("unfit-period", words=" ".join(words)[:60]))
    found["member"] = " ".join(words)
    return line_of(given.name, {name: said for name, said in found.items() if said} | named)
