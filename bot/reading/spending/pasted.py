"""What people copy from Upwork's own pages: what a proposal costs, and the balance beside it.

The wordings are those of the box above a proposal, such as "Required Connects to submit a proposal: 16" and
"Available Connects: 171". What else was copied with them is left out.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from bot.reading.days import AGE, AGO
from bot.reading.tokens import Sort, tokens_in
from core.shared.job_links import is_link

FIGURE: Final = r"(\d{1,3}(?:,\d{3})+|\d{1,6})"
UNIT: Final = r"connects?"
LINKING: Final = r"\s*(?:[:=\u2013\u2014-]|is|are|for)?\s*:?\s*"


def _patterns(*wordings: str) -> tuple[re.Pattern[str], ...]:
    """The wordings as whole words, in any case."""
    return tuple(re.compile(rf"(?<![\w.,]){wording}(?![\w])", re.IGNORECASE) for wording in wordings)


COST: Final = _patterns(
    rf"required\s+{UNIT}(?:\s+to\s+(?:submit|send)(?:\s+(?:a|this|your))?\s+proposal)?{LINKING}{FIGURE}(?:\s+{UNIT})?",
    rf"(?:send|submit)\s+(?:a|this|your)\s+proposal(?:\s+for)?{LINKING}{FIGURE}\s+{UNIT}",
    rf"{UNIT}\s+(?:required|needed)(?:\s+to\s+\w+(?:\s+\w+){{0,3}}?)?{LINKING}{FIGURE}(?:\s+{UNIT})?",
    rf"{FIGURE}\s+{UNIT}\s+(?:are\s+|is\s+)?(?:required|needed)",
    rf"(?:requires?|required)\s*:?\s*{FIGURE}\s+{UNIT}",
    rf"{UNIT}\s+to\s+(?:submit|send|apply)(?:\s+(?:a|this|your))?(?:\s+proposal)?{LINKING}{FIGURE}",
    rf"(?:proposal|application)\s+(?:cost|price){LINKING}{FIGURE}(?:\s+{UNIT})?",
)
BEFORE: Final = _patterns(
    rf"available\s+{UNIT}{LINKING}{FIGURE}",
    rf"{UNIT}\s+available{LINKING}{FIGURE}",
    rf"{FIGURE}\s+(?:available\s+{UNIT}|{UNIT}\s+available)",
    rf"(?:my\s+|your\s+)?(?:connects\s+)?balance{LINKING}{FIGURE}(?:\s+{UNIT})?",
    rf"available{LINKING}{FIGURE}(?:\s+{UNIT})?",
    rf"you\s+(?:currently\s+)?have\s+{FIGURE}\s+{UNIT}",
)
AFTER: Final = _patterns(
    rf"(?:you(?:['\u2019]ll|\s+will)\s+have\s+){FIGURE}\s+{UNIT}(?:\s+(?:remaining|left))?",
    rf"{UNIT}\s+(?:remaining|left)(?:\s+after\s+\w+(?:\s+\w+){{0,3}}?)?{LINKING}{FIGURE}",
    rf"remaining\s+{UNIT}{LINKING}{FIGURE}",
    rf"{FIGURE}\s+(?:{UNIT}\s+)?(?:remaining|left)(?:\s+{UNIT})?",
)
BOOST: Final = _patterns(
    rf"boost(?:ed)?(?:\s+(?:bid|amount|cost|your\s+proposal|with|by|of))?\s*[:=+]?\s*{FIGURE}(?:\s+{UNIT})?",
    rf"{FIGURE}\s+(?:{UNIT}\s+)?(?:for\s+(?:the\s+)?|to\s+)?boost(?:ed|ing)?",
    rf"your\s+(?:boost\s+)?bid{LINKING}{FIGURE}\s+{UNIT}",
)
PLACE: Final = re.compile(rf"(?:1st|2nd|3rd|4th)(?:\s+place)?\b[^\n]*?{FIGURE}\s+{UNIT}", re.IGNORECASE)
OTHERS: Final = re.compile(rf"(?<![\w.,]){FIGURE}\s+{UNIT}\b", re.IGNORECASE)

AGES: Final = re.compile(rf"{AGE}|{AGO}", re.IGNORECASE | re.VERBOSE)
LONGEST_TITLE: Final = 100
BUTTONS: Final = frozenset(
    {
        *("apply now", "save job", "submit proposal", "submit a proposal", "send a proposal", "buy connects"),
        *("job details", "about the client", "flag as inappropriate", "upgrade your membership", "spend", "/spend"),
    }
)


class Pasted(NamedTuple):
    """What a copied text says: the cost, the boost, the balance before the bid, other amounts, links, and a title."""

    connects: int
    boost: int | None
    shown: int | None
    others: tuple[int, ...]
    links: tuple[str, ...]
    title: str


def pasted_in(text: str) -> Pasted | None:
    """What a text that was copied from a page of Upwork says; None if it names no cost of a proposal."""
    after, left = _taken(text, AFTER)
    before, left = _taken(left, BEFORE)
    costs, left = _taken(left, COST)
    if not costs:
        return None
    boosts, left = _taken(left, BOOST)
    beside = [_bare(line) for line in left.splitlines()]
    named = map(_number, OTHERS.findall(PLACE.sub(" ", left)))
    others = tuple(dict.fromkeys((*named, *(figure for figure in beside if figure is not None))))
    total = costs[0] + sum(boosts[:1])
    shown = before[0] if before else after[0] + total if after else None
    links = tuple(dict.fromkeys(word.rstrip(".,;)") for word in text.split() if is_link(word)))
    more = tuple(figure for figure in (*dict.fromkeys(costs), *others) if figure != costs[0])
    return Pasted(costs[0], boosts[0] if boosts else None, shown, more, links, _title(PLACE.sub(" ", left)))


def _taken(text: str, wordings: tuple[re.Pattern[str], ...]) -> tuple[list[int], str]:
    """The figures under these wordings, and the text without them."""
    found: list[int] = []
    for pattern in wordings:
        if figures := [_number(match[1]) for match in pattern.finditer(text)]:
            found += figures
            text = pattern.sub("\n", text)
    return found, text


def _bare(line: str) -> int | None:
    """The figure of a line that holds nothing else but a link: somebody has added it to the page."""
    words = [word for word in line.split() if not is_link(word)]
    found = re.fullmatch(rf"\+?{FIGURE}", words[0]) if len(words) == 1 else None
    return None if found is None else _number(found[1])


def _title(left: str) -> str:
    """The one line that may be a job's title; empty if there are none or several, because a page has many lines."""
    lines = [" ".join(word for word in AGES.sub(" ", line).split() if not is_link(word)) for line in left.splitlines()]
    titles = [line for line in lines if any(letter.isalpha() for letter in line) and line.casefold() not in BUTTONS]
    only = titles[0].strip(" .,;:-") if len(titles) == 1 else ""
    titled = any(token.sort is Sort.WORD for token in tokens_in(only)) and not any(map(str.isdigit, only))
    return only if titled and len(only) <= LONGEST_TITLE else ""


def _number(figure: str) -> int:
    return int(figure.replace(",", ""))
