"""Cuts a line into tokens: figures, links, days, the words that have a meaning in a spend, and other words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from bot.reading.days import AGE, AGO, CERTAIN, LIKELY, NO_DAYS, NTH, TODAY, TWO_DIGITS, is_day_and_month
from bot.reading.lines import QUOTED
from core.shared.names import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Sort(Enum):
    """What a token is."""

    LINK = auto()
    FIGURE = auto()
    MONEY = auto()
    TIMES = auto()
    DAY = auto()
    TODAY = auto()
    AGE = auto()
    PAIR = auto()
    QUOTED = auto()
    BOOST = auto()
    BOOSTED = auto()
    UNBOOSTED = auto()
    AGAIN = auto()
    BID = auto()
    TOTAL = auto()
    PLUS = auto()
    JOIN = auto()
    GLUE = auto()
    PUNCTUATION = auto()
    WORD = auto()


TEXT: Final = frozenset({Sort.WORD, Sort.QUOTED})
"""What can be nothing but a part of a title."""
LABELS: Final = frozenset({Sort.BOOST, Sort.BOOSTED, Sort.BID})
GLUING: Final = frozenset({Sort.GLUE, Sort.PUNCTUATION, Sort.JOIN, Sort.PLUS, Sort.TOTAL})
SMALL: Final = frozenset({Sort.GLUE, Sort.PUNCTUATION})


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a line, and where it stands. Of a figure: its value, its sign, and whether it is called Connects."""

    sort: Sort
    text: str
    start: int
    end: int
    value: int = 0
    sign: str = ""
    unit: bool = False


END: Final = r"(?=[\s,;:!?)\]&+/|=]|\.(?:\s|$)|boost|$)"
CURRENCY: Final = r"(?:usd|eur|gbp|uah|inr|dollars?|bucks|euros?|cents?)"
SYMBOL: Final = "[$\u20ac\u00a3\u20b4\u20b9\u00a5\u20bd\u20a6]"
BLANK: Final = "\u00a0\u202f\u2009"
CROSS: Final = "[x\u00d7*]"
SPECIAL: Final = re.compile(
    rf"""
    (?P<QUOTED>{QUOTED})
  | (?P<PAIR>\w+=(?:{QUOTED}|\S+))
  | (?P<LINK>[<(\[]?[^\s<(\[]{{0,40}}?(?:https?://|upwork\.com/|(?:~|%7[Ee])0[12][0-9a-f]{{6}})\S*)
  | (?P<AGE>{AGE}){END}
  | (?P<AGO>{AGO}){END}
  | (?P<TODAY>{TODAY}){END}
  | (?P<DAY>{CERTAIN}){END}
  | (?P<LIKELY>{LIKELY}){END}
  | (?P<MONEY>{SYMBOL}\s?\d[\d.,]*\S*|\d[\d.,]*\s?(?:{SYMBOL}(?!\d)\S*|{CURRENCY}{END}))
  | (?P<TIMES>{CROSS}\s?\d{{1,3}}{END}|\d{{1,3}}\s?{CROSS}\s?\d{{1,3}}{END}|(?:twice|thrice|each|apiece){END}
        |(?:\d{{1,3}}|two|three|four|five)\s(?:times|bids|proposals|applications|jobs){END})
  | (?P<UNBOOSTED>(?:(?:no|not|without|w/o|non|zero|never)[\s-]+|un)boost(?:ed|ing)?){END}
  | (?P<STUCK>(?:boost(?:ed)?|bid)(?=[:=]?\+?\d))
  | (?P<sign>[+\-\u2212\u2013\u2014])?(?P<hash>\#)?
        (?P<FIGURE>\d{{1,3}}(?:[,'\u2019{BLANK}]\d{{3}})+(?!\d)|\d{{1,3}}(?:\ 000)+(?!\d)|\d{{1,9}})
        (?P<unit>\s?(?:connects?|conn|credits?|tokens?){END}|c{END}|\s(?-i:c)(?=\s*(?:$|[,;+&])))?{END}
""",
    re.VERBOSE | re.IGNORECASE,
)
WORD: Final = re.compile(r"[,;()\[\]=]|\+|&|[^\s,;()\[\]]+")
SMALL_WORDS: Final = """
for with w/ by of on ok okay thanks thx a an the at to in as my is was were are it i we us our just another more
extra also about around approx only spent used paid sent cost costs please pls connects connect from this that
job them those which
"""
MEANINGS: Final = {
    Sort.BOOST: {"boost", "boosts", "boosting"},
    Sort.BOOSTED: {"boosted"},
    Sort.BID: {"bid", "bids", "bidding", "proposal", "base", "application", "applied", "apply", "applying"},
    Sort.TOTAL: {"total", "altogether", "incl", "including", "included", "inclusive", "includes", "overall"},
    Sort.PLUS: {"+", "plus"},
    Sort.JOIN: {"and", "or", "&", "/", "|", ",", ";", "=", "then"},
    Sort.PUNCTUATION: {"", "(", ")", "[", "]"},
    Sort.GLUE: set(SMALL_WORDS.split()),
}
SORT_OF: Final = {word: sort for sort, words in MEANINGS.items() for word in words}
PERSONS: Final = frozenset({"I", "We", "I've", "My", "Our"})
SIGNS: Final = {"+": "+", **dict.fromkeys("-\u2212\u2013\u2014", "-")}
FIRST_YEAR, LAST_YEAR = 1900, 2100
LONGEST_SIDE: Final = 50
MOST_NUMBERED: Final = 9


def tokens_in(line: str) -> list[Token]:
    """The tokens of a line; what could be a day or a figure is decided by its neighbours."""
    found = _unnumbered(list(_scanned(line)), line)
    figures = sum(token.sort is Sort.FIGURE for token in found)
    settled: list[Token] = []
    for place, token in enumerate(found):
        settled += _settled(token, found[:place], found[place + 1 :], figures) if token.sort is Sort.DAY else [token]
    return [_counted(_aged(token, settled), settled) for token in settled]


def _unnumbered(found: list[Token], line: str) -> list[Token]:
    """The tokens of a line of a list without its number, as in "1. LINK 16"."""
    if not found or found[0].sort is not Sort.FIGURE or found[0].value > MOST_NUMBERED:
        return found
    others = any(token.sort is Sort.FIGURE for token in found[1:])
    if not others or line[found[0].end : found[0].end + 2] not in {". ", ") "}:
        return found
    return [replace(found[0], sort=Sort.PUNCTUATION), *found[1:]]


def _scanned(line: str) -> Iterator[Token]:
    at = 0
    while at < len(line):
        if line[at].isspace():
            at += 1
            continue
        special = SPECIAL.match(line, at)
        token = _word(line, at) if special is None else _special(special)
        yield token
        at = max(token.end, at + 1)


def _special(found: re.Match[str]) -> Token:
    kind, text, (start, end) = found.lastgroup, found[0], found.span()
    if found["FIGURE"] is not None:
        value = int(re.sub(r"\D", "", found["FIGURE"]))
        unit = found["unit"] is not None
        if found["hash"] or (FIRST_YEAR <= value <= LAST_YEAR and not unit):
            return Token(Sort.WORD, text, start, end)
        return Token(Sort.FIGURE, text, start, end, value, SIGNS.get(found["sign"], ""), unit)
    if kind == "STUCK":
        return Token(Sort.BID if text[:3].casefold() == "bid" else Sort.BOOST, text, start, end)
    if kind == "LINK":
        stripped = text.lstrip("<([").rstrip(">)],;:.!?")
        return Token(Sort.LINK, stripped, start, end)
    if kind == "TIMES" and _is_size(text):
        return Token(Sort.WORD, text, start, end)
    sort = Sort.DAY if kind in {"AGO", "LIKELY"} else Sort[kind or "WORD"]
    return Token(sort, text, start, end, sign=kind or "" if sort is Sort.DAY else "")


def _is_size(text: str) -> bool:
    """Whether "300x250" is the size of a picture."""
    sides = [int(side) for side in re.findall(r"\d+", text)]
    return len(sides) > 1 and min(sides) > LONGEST_SIDE


def _word(line: str, at: int) -> Token:
    found = WORD.match(line, at)
    text = line[at] if found is None else found[0]
    plain = (
        text.casefold() if text in {"w/", "/", "|"} else folded(text).strip(".:!?-\u2013\u2014'\u2019*\u2022>=\u00b7")
    )
    sort = SORT_OF.get(plain, Sort.WORD)
    if sort in {Sort.GLUE, Sort.TOTAL} and at and text != text.lower() and text not in PERSONS:
        sort = Sort.WORD  # "Design a Logo, Part A"
    return Token(sort, text, at, at + len(text))


def _settled(token: Token, before: Sequence[Token], after: Sequence[Token], figures: int) -> list[Token]:
    """A token that may be a day: a day, or the figures and words that it is otherwise."""
    if token.sign != "LIKELY":
        return [token]
    words = token.text.split()
    if not is_day_and_month(token.text) and figures:
        return [replace(token, sort=Sort.WORD)]
    if token.text[0].isdigit() and not figures:
        alone = not any(one.sort in TEXT for one in (*before, *after))
        return _as_figures(token, words, Sort.DAY if alone else Sort.WORD)
    inside = any(one.sort in TEXT for one in before) and any(one.sort in TEXT for one in after)
    follows = bool(before) and folded(before[-1].text) in NO_DAYS
    named = NTH.fullmatch(token.text) is not None and _goes_on(after)
    if (inside and not TWO_DIGITS.fullmatch(token.text)) or follows or named:
        return [replace(token, sort=Sort.WORD)]
    return [token]


def _goes_on(after: Sequence[Token]) -> bool:
    """Whether a title goes on, as in "3rd party"."""
    return bool(after) and after[0].sort in TEXT


def _as_figures(token: Token, words: Sequence[str], month: Sort) -> list[Token]:
    """Read "16/8" as two figures, "16 May" as a figure and a `month`; "3.11" and "3rd" are words."""
    if "/" in token.text and len(words) == 1:
        low, _, high = token.text.partition("/")
        middle = token.start + len(low)
        return [
            Token(Sort.FIGURE, low, token.start, middle, int(low)),
            Token(Sort.JOIN, "/", middle, middle + 1),
            Token(Sort.FIGURE, high, middle + 1, token.end, int(high)),
        ]
    if len(words) > 1 and words[0].isdigit():
        end = token.start + len(words[0])
        rest = token.text[len(words[0]) :]
        return [
            Token(Sort.FIGURE, words[0], token.start, end, int(words[0])),
            Token(month, rest.strip(), token.end - len(rest.lstrip()), token.end),
        ]
    return [replace(token, sort=Sort.WORD)]


def _counted(token: Token, others: Sequence[Token]) -> Token:
    """Take "5 proposals" beside a link and an amount of Connects for what the page says."""
    if token.sort is not Sort.TIMES or not token.text.casefold().endswith(("proposals", "jobs")):
        return token
    paged = any(one.sort is Sort.LINK for one in others) and any(one.unit for one in others)
    return replace(token, sort=Sort.AGE) if paged else token


def _aged(token: Token, others: Sequence[Token]) -> Token:
    """Take "4 hours ago" beside a link for the age of the post."""
    if token.sign != "AGO" or token.sort is not Sort.DAY:
        return token
    near = any(
        {one.sort, other.sort} == {Sort.LINK, Sort.DAY} and token in {one, other} for one, other in pairwise(others)
    )
    brief = any(one.sort is Sort.LINK for one in others) and re.search(
        r"\b(?:h|min|m|sec|s)", token.text, re.IGNORECASE
    )
    return replace(token, sort=Sort.AGE) if near or brief else token
