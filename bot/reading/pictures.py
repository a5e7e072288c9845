"""Reads which picture somebody wants: "/chart balance", "picture of my spending in october", "graph replies year"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.command.declaration import UnfitError
from bot.options.choice import Choice
from bot.options.times.period import Period
from bot.pictures.kinds import Picture
from bot.reading.leftovers import COURTESY, POLITE
from bot.reading.lines import line_of
from bot.reading.pairs import fits, pairs_in
from bot.reading.proposals.asked import period_at_end
from bot.reading.unknown import refuse_unknown
from bot.reply.parts import say
from core.shared.names import folded

if TYPE_CHECKING:
    from bot.command.declaration import Command
    from bot.options.choice import Synonyms

CALLED: Final[Synonyms] = (
    (Picture.BALANCE, ("connects", "my connects", "lots", "connects over time", "forecast")),
    (Picture.FUNNEL, ("proposals", "rates", "bids", "hires", "what became of proposals")),
    (Picture.SPEND, ("spent", "spends", "costs", "what i spent", "where it went")),
    (Picture.REPLIES, ("reply", "reply cost", "cost of a reply", "what a reply cost")),
)
"""What else people call a picture."""
PICTURE: Final = Choice(of=Picture, also=CALLED, labels="picture")
PERIOD: Final = Period(alone=True)
IN_MONEY: Final = ("in", "money")
SMALL_WORDS: Final = "the my our a an show draw me us of for in on with chart picture graph plot"
ADDS_NOTHING: Final = POLITE | frozenset(SMALL_WORDS.split())


def chart_line(given: Command, text: str) -> str:
    """The line that the bot itself would print for what was written after `/chart`. UnfitError for unknown words."""
    refuse_unknown(given, text)
    named, rest = pairs_in(given, text)
    words, found = COURTESY.sub("", rest).rstrip("?!. ").split(), dict[str, str]()
    if tuple(map(folded, words[-2:])) == IN_MONEY:
        words, found["money"] = words[:-2], "on"
    words, found["what"] = _picture(words)
    words, found["period"] = period_at_end([word for word in words if folded(word) not in ADDS_NOTHING], PERIOD)
    if words:
        raise UnfitError(say("unfit-leftover", words=" ".join(words)[:60], command=given.name))
    return line_of(given.name, {name: said for name, said in found.items() if said} | named)


def _picture(words: list[str]) -> tuple[list[str], str]:
    """The picture by its longest name, wherever that stands."""
    for count in range(len(words), 0, -1):
        for at in range(len(words) - count + 1):
            said = " ".join(words[at : at + count])
            if fits(PICTURE, said) and folded(said) not in ADDS_NOTHING:
                return [*words[:at], *words[at + count :]], str(PICTURE.read(said))
    return words, ""
