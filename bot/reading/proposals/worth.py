"""Reads what a hire is worth, beside what became of a proposal: "hired for $500", "#12 hired, worth 2k"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.options.proposals import THOUSANDS, WORTH
from bot.reading.pairs import fits
from bot.reading.tokens import Sort, Token

if TYPE_CHECKING:
    from collections.abc import Sequence

BEFORE_WORTH: Final = frozenset({"worth", "for", "at"})
CERTAINLY_BEFORE: Final = "worth"
BEHIND: Final = re.compile(r"(?P<before>.*\S)\s+(?:for|worth)\s+(?P<money>\S*\d.*)", re.IGNORECASE | re.DOTALL)
HOURLY: Final = re.compile(r".*/\s?h(?:(?:ou)?r)?\.?", re.IGNORECASE)


def worth_in(tokens: Sequence[Token], *, named: bool) -> list[Token]:
    """The tokens, in which a plain figure is money if it can be nothing else, as in "worth 500".

    Beside a link a figure may be the Connects of a bid. Beside the number of a proposal (`named`) it hardly is.
    """
    return [
        replace(token, sort=Sort.MONEY) if _is_worth(tokens, at, named) else token for at, token in enumerate(tokens)
    ]


def _is_worth(tokens: Sequence[Token], at: int, named: bool) -> bool:  # noqa: FBT001 - a fact of the line
    token, before = tokens[at], tokens[at - 1].text.casefold() if at else ""
    if THOUSANDS.fullmatch(token.text):
        return before in BEFORE_WORTH
    plain = token.sort is Sort.FIGURE and not token.sign and not token.unit
    figures = sum(one.sort is Sort.FIGURE for one in tokens)
    return plain and (before == CERTAINLY_BEFORE or (named and figures == 1))


def worth_behind(text: str, *, named: bool) -> tuple[str, str] | None:
    """What stands before "for" and an amount of money at the end, and that amount, as in "hired for 100 JPY"."""
    found = BEHIND.fullmatch(text.rstrip(" .!"))
    if found is None or not fits(WORTH, found["money"]) or (not named and found["money"].isdecimal()):
        return None
    return found["before"], found["money"]


def amount_of(money: str) -> str:
    """The amount of money in words. What is paid by the hour says nothing of the whole."""
    return "" if HOURLY.fullmatch(money) else money.rstrip(".,;)!")
