"""Reads which picture somebody wants: "/chart balance", "picture of my spending in october", "graph replies year"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.command.declaration import DoubtError
from bot.options.choice import Choice
from bot.options.times.period import Period
from bot.pictures.kinds import Picture
from bot.reading.leftovers import COURTESY, POLITE
from bot.reading.lines import line_of
from bot.reading.pairs import fits, pairs_in
from bot.reading.proposals.asked import period_at_end
from bot.reading.unknown import refuse_unknown
from bot.reply.parts import Button, say
from core.shared.names import folded

if TYPE_CHECKING:
    from bot.command.declaration import Command
    from bot.options.choice import Synonyms

CALLED: Final[Synonyms] = (
    (Picture.BALANCE, ("connects", "my connects", "lots", "connects over time", "forecast")),
    (Picture.FUNNEL, ("proposals", "rates", "bids", "hires", "what became of proposals")),
    (Picture.SPEND, ("spent", "spends", "costs", "what i spent", "where it went")),
    (Picture.TEAM, ("members", "member", "people", "who spent what", "team spending")),
    (Picture.REPLIES, ("reply", "reply cost", "cost of a reply", "what a reply cost")),
)
"""What else people call a picture."""
PICTURE: Final = Choice(of=Picture, also=CALLED, labels="picture")
PERIOD: Final = Period(alone=True)
IN_MONEY: Final = frozenset({"money", "dollars", "usd", "$"})
SMALL_WORDS: Final = "the my our a an show draw me us of for in on with chart picture graph plot"
ADDS_NOTHING: Final = POLITE | frozenset(SMALL_WORDS.split())


def chart_line(given: Command, text: str) -> str:
    """The line that the bot itself would print for what was written after `/chart`. DoubtError about other words."""
    refuse_unknown(given, text)
    named, rest = pairs_in(given, text)
    words, found = COURTESY.sub("", rest).rstrip("?!. ").split(), dict[str, str]()
    words, found["what"] = _picture(words)
    if found["what"] and any(folded(word) in IN_MONEY for word in words):
        words, found["money"] = [word for word in words if folded(word) not in IN_MONEY], "on"
    words, found["period"] = period_at_end([word for word in words if folded(word) not in ADDS_NOTHING], PERIOD)
    line = {name: said for name, said in found.items() if said} | named
    if words:
        pictures = [found["what"]] if found["what"] else [picture.value for picture in Picture]
        readings = (Button(say(f"picture-{what}"), line_of(given.name, {**line, "what": what})) for what in pictures)
        raise DoubtError(say("doubt-chart", words=" ".join(words)[:60]), *readings)
    return line_of(given.name, line)


def _picture(words: list[str]) -> tuple[list[str], str]:
    """The picture by its longest name, wherever that stands."""
    for count in range(len(words), 0, -1):
        for at in range(len(words) - count + 1):
            said = " ".join(words[at : at + count])
            if fits(PICTURE, said) and folded(said) not in ADDS_NOTHING:
                return [*words[:at], *words[at + count :]], str(PICTURE.read(said))
    return words, ""
