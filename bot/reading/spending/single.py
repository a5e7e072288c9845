"""Reads one line of a spend as people write it: an amount or several, a boost, a link and a title."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.command.declaration import UnfitError
from bot.reading.dating import ON
from bot.reading.lines import line_of
from bot.reading.parser import ASK_ME
from bot.reading.proposals.told import linked_line, named_line
from bot.reading.proposals.wording import is_outcome, is_return
from bot.reading.spending import doubts
from bot.reading.spending.amounts import amounts_in, paired, swallowed
from bot.reading.spending.dated import dated
from bot.reading.spending.line import Line, purpose_kind
from bot.reading.tokens import LABELS, TEXT, Sort
from bot.reading.unknown import refuse_unknown
from bot.reply.parts import say
from core.ledger.model import Purpose
from core.shared.job_links import job_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.command.declaration import Command, DoubtError
    from bot.reading.spending.bids import Bid

ARTICLES: Final = frozenset({"the", "a", "an", "my", "our"})
TWO: Final = 2
MOST_FIGURES: Final = 40


def understood(given: Command, text: str) -> Bid | str:
    """What one line after `/spend` says: a bid, or a line of another command; DoubtError if it may say several things.

    A line in which nothing is an amount is given back unchanged: its options will say what is missing.
    """
    refuse_unknown(given, text)
    line = Line.of(given, text)
    figures = sum(token.sort is Sort.FIGURE for token in line.tokens)
    if figures > MOST_FIGURES:
        raise UnfitError(say("unfit-figures-many", count=figures, most=MOST_FIGURES))
    unfit = ASK_ME in line.named.values() or not line.named.get("boost", "0").isdecimal()
    if unfit or any(job_in(link) is None for link in line.links):
        return line.unchanged
    amounts = amounts_in(line.tokens)
    if (told := _told(line, amounts)) is not None:
        return told
    if line.has(Sort.DAY):
        return dated(understood, line, amounts)
    for sort, ask in ((Sort.MONEY, _money), (Sort.TIMES, _times)):
        if line.has(sort):
            raise ask(line, amounts)
    if not amounts:
        return _without_amount(line)
    if len(amounts) == 1:
        return _single(line, amounts[0])
    if len(amounts) == TWO and "boost" not in line.named:
        return _double(line, amounts)
    raise doubts.about_figures(line, amounts)


def _told(line: Line, amounts: Sequence[int]) -> str | None:
    """The line for what became of the bid on a job, or of the proposal of a number; None if it says nothing of that."""
    if not line.links and not line.named and not amounts:
        return named_line(line.text)  # "/bid #12 hired"
    if len(line.links) != 1 or not line.named.keys() <= {ON}:
        return None
    said = linked_line(line.job, line.tokens, line.text)
    return said if said is None or not line.dated else f"{said}{line_of('', line.dated)}"


def _without_amount(line: Line) -> Bid | str:
    """A link without an amount may come with a boost."""
    if not line.job or line.has(Sort.FIGURE):
        return line.unchanged
    labels = [place for place, token in enumerate(line.tokens) if token.sort in {Sort.BOOST, Sort.BOOSTED}]
    if labels and not line.title(labels):
        return replace(line.bid(None, labels), flagged=True)
    return line.unchanged if line.title(()) else line.bid(None, ())


def _single(line: Line, place: int) -> Bid | str:
    token = line.tokens[place]
    bid = line.bid(token.value, {place})
    if token.sign == "+" and bid.boost is None:
        raise doubts.about_plus(bid)
    if token.sign and token.sign != "+":
        return line.unchanged
    words = line.words(place)
    if line.title({place}) and is_outcome(words):
        raise doubts.about_outcome(bid, returned=is_return(words))
    flags = _flags(line, place)
    if flags and bid.boost is None and not bid.purpose:
        flagged = replace(line.bid(token.value, {place, *flags}), flagged=True)
        if not flagged.title:
            return flagged
        raise doubts.about_flag(flagged, bid)
    return _purposed(line, bid)


def _flags(line: Line, place: int) -> set[int]:
    """The words that say that a boost is in the amount, but not how much, as in "16 boosted" and "16 with boost"."""
    found: set[int] = set()
    for at, token in enumerate(line.tokens):
        before = line.tokens[at - 1] if at else None
        joined = before is not None and before.text.casefold() in {
            "with",
            "w/",
            "+",
            "and",
            "&",
            "plus",
            "incl",
            "incl.",
        }
        joined = joined or (before is not None and before.sort is Sort.TOTAL)
        if token.sort is Sort.BOOSTED and not line.is_inside(at, place):
            found.add(at)
        elif token.sort is Sort.BOOST and joined and not line.is_inside(at, place):
            found |= {at - 1, at}
    return found


def _purposed(line: Line, bid: Bid) -> Bid:
    """The bid with what it was spent on, where a word at the beginning of the title says so."""
    words = bid.title.split()
    first = next((token.sort for token in line.tokens if token.sort in TEXT | LABELS), None)
    titled = "title" in line.named or first is Sort.QUOTED
    if not words or titled or bid.purpose or bid.boost is not None:
        return bid
    kind = purpose_kind(line.given)
    if words[0] in ARTICLES and kind.find(words[1:]) == slice(0, len(words) - 1):
        words = words[1:]
    span = kind.find(words)
    if span is None:
        if re.fullmatch("boost(?:ing)?", words[-1]):
            raise doubts.about_word(words[-1], bid, replace(bid, purpose=Purpose.BOOST, title=" ".join(words[:-1])))
        return bid
    said, rest = " ".join(words[span]), words[span.stop :]
    purpose = Purpose(kind.read(said))
    plain = purpose is Purpose.PROPOSAL
    purposed = replace(bid, purpose="" if plain else purpose.value, title=" ".join(rest))
    if not rest or not rest[0].islower():  # "boost Logo", where "boost logo" may be a title
        return purposed
    if plain:
        return bid
    raise doubts.about_word(said, bid, purposed)


def _double(line: Line, amounts: list[int]) -> Bid:
    pair = paired(line.tokens, amounts)
    used = swallowed(line.tokens, amounts)
    bid = line.bid(line.tokens[pair.bid].value, used, boost=line.tokens[pair.boost].value)
    bid = bid if bid.boost else replace(bid, boost=None)
    if pair.sure and not bid.purpose and not (bid.title and is_outcome(bid.title.split())):
        return bid
    raise doubts.about_figures(line, amounts, bid)


def _money(line: Line, amounts: list[int]) -> DoubtError:
    return doubts.about_money(line, amounts)


def _times(line: Line, amounts: list[int]) -> DoubtError:
    return doubts.about_times(line, amounts)
