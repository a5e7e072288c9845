"""What a spend is asked about: each doubt with the likely readings as buttons."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from bot.command.declaration import DoubtError, UnfitError
from bot.options.figures import money_in
from bot.reading.dating import ON
from bot.reading.lines import line_of
from bot.reading.proposals.told import Told
from bot.reading.proposals.wording import outcome_in
from bot.reading.spending.amounts import followed_by_text, is_compact, swallowed
from bot.reading.spending.bids import MOST_BIDS, Bid, button_for, button_for_all, on_a_day, short
from bot.reading.tokens import Sort
from bot.reply.parts import Button, say
from core.ledger.model import Purpose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bot.command.declaration import Command
    from bot.reading.spending.line import Line

LIKELY_EACH: Final = (0.03, 1)
"""What a Connect may cost, in any currency, for a price to be likely."""
COINS: Final = re.compile(r"(\S+)\s*(dollars?|bucks|euros?)", re.IGNORECASE)
SYMBOL_OF: Final = {"d": "$", "b": "$", "e": "\u20ac"}
TIMES: Final = {"two": 2, "three": 3, "four": 4, "five": 5, "twice": 2, "thrice": 3}
TRAILING_COUNT: Final = re.compile(r"\d\s+[x\u00d7*]\d")
EACH: Final = frozenset({"each", "apiece"})
TWO: Final = 2
THREE: Final = 3


def readings_of(read: Callable[[Command, str], Bid | str], given: Command, *texts: str) -> tuple[Button, ...]:
    """The buttons for what lines say: one each, or those of what they may say."""
    found: list[Button] = []
    for text in texts:
        try:
            said = read(given, text)
        except DoubtError as doubt:
            found += doubt.readings
        except UnfitError:
            continue
        else:
            found.append(button_for(said) if isinstance(said, Bid) else Button(say("reading-rest"), said))
    return tuple(found)


def distinct(*buttons: Button | None) -> tuple[Button, ...]:
    """The buttons without those that do the same as one before."""
    found: dict[str, Button] = {}
    for button in filter(None, buttons):
        found.setdefault(button.line, button)
    return tuple(found.values())


def titled(line: Line, amounts: Sequence[int]) -> list[Button]:
    """The readings in which all but one amount is a title."""
    if "title" in line.named:
        return []
    if amounts:
        last = () if is_compact(line.tokens, amounts) else amounts[-1:]
        ends: Iterable[int | None] = dict.fromkeys((*amounts[:1], *last))
    else:
        ends = (None,) if line.has(Sort.WORD, Sort.QUOTED) else ()
    bids = [_titled(line, place) for place in ends]
    return [button_for(bid) for bid in bids if bid.title]


def _titled(line: Line, place: int | None) -> Bid:
    used = () if place is None else (place,)
    connects = None if place is None else line.tokens[place].value
    return line.bid(connects, used).titled(line.title(used, whole=True))


def about_figures(line: Line, amounts: Sequence[int], paired: Bid | None = None) -> DoubtError:
    """Several figures, none of which says what it is."""
    used = swallowed(line.tokens, amounts)
    each = [line.bid(line.tokens[place].value, used) for place in amounts]
    compact, counts = is_compact(line.tokens, amounts), followed_by_text(line.tokens, amounts[-1])
    several = button_for_all(each) if len(each) <= MOST_BIDS and compact else _in_parts(line, amounts)
    several = None if line.job else several
    joined = replace(each[0], connects=sum(bid.connects or 0 for bid in each)) if compact else None
    together: Button | None = None if paired is None else button_for(paired)
    sum_of_all = None if joined is None or line.has(Sort.TOTAL) else button_for(joined)
    titles = titled(line, amounts)
    if any(line.tokens[place].sign == "-" for place in amounts):
        together = several = sum_of_all = None
    figures = ", ".join(line.tokens[place].text for place in amounts)
    if (whole := _sum_and_parts(each)) is not None:
        return DoubtError(say("doubt-figures", figures=figures), *distinct(button_for(whole), *titles))
    if line.has(Sort.TOTAL) and paired is not None and paired.boost is not None:
        within = _within(paired)
        return DoubtError(say("doubt-figures", figures=figures), *distinct(within, together, *titles))
    if not compact:
        order = (several, *titles, together)
    elif counts:
        order = (*titles, together, several)
    else:
        order = (together, several, sum_of_all, *titles)
    return DoubtError(say("doubt-figures", figures=figures), *distinct(*order))


def _in_parts(line: Line, amounts: Sequence[int]) -> Button | None:
    """Several bids with titles of their own, as in "16 Logo, 8 Shop"."""
    if len(amounts) > MOST_BIDS or not any(line.is_joined(place) for place in amounts[1:]):
        return None
    first = not any(token.sort is Sort.WORD for token in line.tokens[: amounts[0]])
    cuts = (
        [0, *amounts[1:], len(line.tokens)] if first else [0, *(place + 1 for place in amounts[:-1]), len(line.tokens)]
    )
    everything = set(range(len(line.tokens)))
    bids = [
        line.bid(line.tokens[place].value, (everything - set(range(begin, end))) | {place})
        for place, (begin, end) in zip(amounts, pairwise(cuts), strict=True)
    ]
    return button_for_all(bids) if all(bid.title for bid in bids) else None


def _sum_and_parts(each: Sequence[Bid]) -> Bid | None:
    """A total with the bid and the boost that it consists of, as in "33 (20+13)"."""
    amounts = [bid.connects or 0 for bid in each]
    if len(amounts) != THREE or 2 * max(amounts) != sum(amounts):
        return None
    bid, boost = (amount for place, amount in enumerate(amounts) if place != amounts.index(max(amounts)))
    return replace(each[0], connects=bid, boost=boost)


def _within(bid: Bid) -> Button | None:
    """A boost that is a part of the total, as in "33 total with 13 boost"."""
    total, boost = bid.connects or 0, bid.boost or 0
    return button_for(replace(bid, connects=total - boost)) if total > boost else None


def about_plus(bid: Bid) -> DoubtError:
    """A figure with a plus, and nothing that it is added to."""
    boost = replace(bid, purpose=Purpose.BOOST.value)
    return DoubtError(say("doubt-plus", figure=f"+{bid.connects}"), button_for(boost), button_for(bid))


def about_flag(flagged: Bid, whole: Bid) -> DoubtError:
    """The word "boosted" beside a title, to which it may belong."""
    return DoubtError(say("doubt-word", word="boosted"), button_for(flagged), button_for(whole))


def about_word(word: str, bid: Bid, purposed: Bid) -> DoubtError:
    """A word that may say what it was spent on, or begin the title."""
    return DoubtError(say("doubt-word", word=word), button_for(bid), button_for(purposed))


def about_outcome(bid: Bid, *, returned: bool) -> DoubtError:
    """An amount with what became of a bid."""
    which = f"{bid.job} {bid.connects}" if bid.job else f"{bid.connects} connects"
    back = on_a_day(say("reading-return", connects=bid.connects or 0), bid.day)
    line = line_of(f"return {which}", {ON: bid.day} if bid.day else {})
    first = [Button(back, line)] if returned else _became(bid)
    return DoubtError(
        say("doubt-outcome", words=short(bid.title)), *distinct(*first, button_for(bid.titled("")), button_for(bid))
    )


def _became(bid: Bid) -> list[Button]:
    """The buttons that book what the words beside a job say, and no bid."""
    outcome = outcome_in(bid.title.split()) if bid.job else None
    return [] if outcome is None else [Told(bid.job, outcome, bid.day).button(state) for state in outcome.states]


def about_money(line: Line, amounts: Sequence[int]) -> DoubtError:
    """Money in a spend: probably a purchase, if the price is likely."""
    written = next(token.text.rstrip(",;:.)") for token in line.tokens if token.sort is Sort.MONEY)
    money = COINS.sub(lambda coin: f"{SYMBOL_OF[coin[2][:1].casefold()]}{coin[1]}", written)
    price = money_in(money)
    titles = titled(line, amounts)
    if price is None or price.currency is None:
        return DoubtError(say("doubt-money", money=money), *distinct(*titles))
    if not amounts:
        bought = Button(say("reading-bought-for", money=money), line_of("buy", {"price": money} | line.dated))
        return DoubtError(say("doubt-money", money=money), *distinct(bought, *titles))
    asked, connects = say("doubt-money", money=money), line.tokens[amounts[0]].value
    if any(token.text.casefold() in EACH for token in line.tokens):
        price = price._replace(figure=price.figure * connects)
        money = f"{price.figure} {price.currency}"
    words = {"connects": str(connects), "price": money} | line.dated
    bought = Button(say("reading-bought", connects=connects, money=money), line_of("buy", words))
    likely = LIKELY_EACH[0] <= price.figure / max(connects, 1) <= LIKELY_EACH[1]
    likely = likely and not line.job and not line.divides(Sort.MONEY)
    return DoubtError(asked, *(distinct(bought, *titles) if likely else distinct(*titles, bought)))


def about_times(line: Line, amounts: Sequence[int]) -> DoubtError:
    """Words such as "8 x2": that many bids, one of the product, or a title."""
    places = [place for place, token in enumerate(line.tokens) if token.sort is Sort.TIMES]
    place = next((place for place in places if line.tokens[place].text.casefold() not in EACH), places[0])
    words = line.tokens[place].text.casefold()
    figures = [int(figure) for figure in re.findall(r"\d+", words)]
    figures += [TIMES[word] for word in re.findall(r"[a-z]+", words) if word in TIMES]
    used = {*places, *swallowed(line.tokens, amounts)}
    if amounts and len(amounts) == 1 and len(figures) == 1:
        ways = [(figures[0], line.tokens[amounts[0]].value)]
    elif not amounts and len(figures) == TWO:
        ways = [(figures[0], figures[1]), (figures[1], figures[0])]
        ways = ways[::-1] if TRAILING_COUNT.search(words) else ways
    else:
        ways = []
    buttons = [_repeated(line, used, count, each) for count, each in dict.fromkeys(ways)]
    product = [button_for(line.bid(count * each, used)) for count, each in ways[:1]]
    alone = [button_for(line.bid(figure, used)) for figure in figures] if not amounts and len(figures) == 1 else []
    figures_alone = _titled_times(line, place, figures) if not amounts else []
    if amounts and line.has(Sort.WORD, Sort.QUOTED):
        figures_alone = titled(line, amounts)
    elif amounts and not buttons:
        figures_alone = [button_for(line.bid(line.tokens[amounts[0]].value, used))]
    return DoubtError(say("doubt-times", words=words), *distinct(*buttons, *product, *alone, *figures_alone))


def _titled_times(line: Line, place: int, figures: Sequence[int]) -> list[Button]:
    """Words such as "2 proposals template" as 2 Connects for "proposals template"."""
    rest = " ".join(word for word in line.tokens[place].text.split() if not word.isdecimal())
    title = line.title(()) if len(figures) != 1 else f"{rest} {line.title((place,), whole=True)}".strip()
    bids: Iterable[Bid] = (line.bid(figure, ()).titled(title) for figure in figures[:1])
    return [button_for(bid) for bid in bids if len(figures) == 1 and bid.title]


def _repeated(line: Line, used: Iterable[int], count: int, each: int) -> Button | None:
    if not 1 < count <= MOST_BIDS:
        return None
    return button_for_all([line.bid(each, tuple(used))] * count)
