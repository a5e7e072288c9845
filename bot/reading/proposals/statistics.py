"""Reads which statistics somebody wants: "/stats last month by tag", "boosted in october", "by Ann", "tag design"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.command.declaration import DoubtError, UnfitError
from bot.options.times.period import LEADING, Period
from bot.reading.leftovers import COURTESY, POLITE
from bot.reading.lines import line_button, line_of
from bot.reading.pairs import pairs_in
from bot.reading.parser import ASK_ME
from bot.reading.proposals.asked import period_at_end
from bot.reading.proposals.bands import banded
from bot.reading.unknown import refuse_unknown
from bot.reply.parts import Button, say
from core.shared.names import folded
from core.stats.model import Facet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.command.declaration import Command
    from bot.options.choice import Synonyms

FACETS: Final[Synonyms] = (
    (Facet.PROFILE, ("profiles", "specialized profile")),
    (Facet.MEMBER, ("members", "person", "people", "freelancer", "team", "who")),
    (Facet.TAG, ("tags", "topic", "category", "niche")),
    (Facet.PRICE, ("prices", "cost", "price band", "connects")),
    (Facet.AGE, ("job age", "age of the job", "age of job", "freshness")),
    (Facet.BOOST, ("boosts", "boosted", "boosted or plain")),
)
"""By what proposals are divided, each with what else people call it."""
DIVIDING: Final = {words: str(facet) for facet, also in FACETS for words in (str(facet), *also)}
MOST_FACET: Final = 4
LASTLY: Final = frozenset({"last", "past", "recent"})
MOST_DAYS: Final = 366
BOOSTED: Final = {"boosted": "on", "plain": "off", "unboosted": "off"}
CHOOSING: Final = {"tag": "tag", "tagged": "tag", "profile": "profile", "member": "member"}
VERSUS: Final = re.compile(
    r"\bboost(?:ed|s|ing)? (?:vs\.?|versus|or|and|against|compared (?:to|with)) (?:plain|not|no|unboosted|without)\b"
    r"(?: (?:boost(?:ed|s)?|bids|ones))*",
    re.IGNORECASE,
)
"""The two beside each other."""
BY_TIME: Final = re.compile(
    r"\b(?:by|per|each) (?:day|week|month|quarter|year)s?\b|\b(?:dai|week|month)ly\b", re.IGNORECASE
)
MINE: Final = re.compile(r"^(?:for )?me$|\b(?:my own|mine|myself|(?:only|just) (?:me|mine))\b", re.IGNORECASE)
SMALL_WORDS: Final = """
the my our show me us of for in on at with about proposals proposal bids bid jobs job sent only and statistics stats
figures
"""
ADDS_NOTHING: Final = POLITE | frozenset(SMALL_WORDS.split())
PERIOD: Final = Period(alone=True)
BEFORE: Final = re.compile(rf"(?:{LEADING.pattern})*(?:(?:last|past) (?=\d))?", re.IGNORECASE)
"""What adds nothing before a period: "for the last 30 days" is "30 days"."""


def stats_line(given: Command, text: str) -> str:
    """The line that the bot itself would print for what was written after `/stats`. DoubtError about other words."""
    refuse_unknown(given, text)
    named, rest = pairs_in(given, text)
    if BY_TIME.search(rest):
        readings = (Button(say(f"picture-{what}"), line_of("chart", {"what": what})) for what in ("spend", "replies"))
        raise DoubtError(say("doubt-stats-time"), *readings)
    rest = MINE.sub("member me", VERSUS.sub("by boost", rest))
    words, found = COURTESY.sub("", rest).rstrip("?!. ").split(), dict[str, str]()
    words = banded(words, found)
    for _ in range(2):  # what one of them leaves is at the end for another
        if not found.get("period"):
            words, said = period_at_end(words, PERIOD)
            found["period"] = BEFORE.sub("", said)
        for take in (_facet, _boosted, _choosing):
            words = take(words, found)
    read = {name: said for name, said in found.items() if said} | named
    line = line_of(given.name, read)
    left = [word for word in words if folded(word) not in ADDS_NOTHING]
    if left and read.get("period") == ASK_ME:  # they answer that question
        raise UnfitError(say("unfit-period", words=" ".join(left)[:60]))
    if left:
        meant = _meant(left, read)
        lines = dict.fromkeys((*([line_of(given.name, {**read, **meant})] if meant else []), line))
        readings = (line_button(reading, f"/{reading}") for reading in lines)
        raise DoubtError(say("doubt-stats", words=" ".join(left)[:60]), *readings)
    return line


def _meant(left: Sequence[str], read: Mapping[str, str]) -> dict[str, str]:
    """What a word that is not understood may be: so many days, or a tag."""
    *before, word = map(folded, left)
    if word.isdecimal():
        days = "period" not in read and {*before} <= LASTLY and 0 < int(word) <= MOST_DAYS
        return {"period": f"{word} days"} if days else {}
    return {"tag": word} if not before and "tag" not in read else {}


def _facet(words: list[str], found: dict[str, str]) -> list[str]:
    """By what they are divided, as in "by tag"."""
    for at, word in enumerate(words):
        if folded(word) not in {"by", "per", "each"}:
            continue
        for count in range(MOST_FACET, 0, -1):
            facet = DIVIDING.get(folded(" ".join(words[at + 1 : at + 1 + count])))
            if facet is not None and len(words) > at + count:
                found["by"] = facet
                return [*words[:at], *words[at + 1 + count :]]
    return words


def _boosted(words: list[str], found: dict[str, str]) -> list[str]:
    """Whether only boosted ones are meant, or only plain ones."""
    at = next((at for at, word in enumerate(words) if folded(word) in BOOSTED), None)
    if at is None:
        return words
    found["boosted"] = BOOSTED[folded(words[at])]
    before = at - 1 if at and folded(words[at - 1]) in {"not", "without"} else at
    if before != at:
        found["boosted"] = "off"
    return [*words[:before], *words[at + 1 :]]


def _choosing(words: list[str], found: dict[str, str]) -> list[str]:
    """A tag, a profile or a member by its name, which is what follows: of a tag one word, of others all."""
    for at, word in enumerate(words):
        said = folded(word)
        if word.startswith("#") and len(word) > 1:
            found["tag"] = word[1:]
            return [*words[:at], *words[at + 1 :]]
        option = CHOOSING.get(said) or ("member" if said == "by" else None)
        if option is None or at + 1 == len(words):
            continue
        end = at + 2 if option == "tag" else len(words)
        found[option] = " ".join(words[at + 1 : end])
        return [*words[:at], *words[end:]]
    return words
