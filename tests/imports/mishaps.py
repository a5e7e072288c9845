"""What happens to a copied page on its way to the bot."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from tests.imports.renderings import MONTHS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from random import Random

LONGEST: Final = 4096
DAY: Final = re.compile(rf"(?m)^(?:Today|Yesterday|(?:{'|'.join(MONTHS)}) \d+, \d+)(?=\t|$)")
LOSS: Final = re.compile(r"(?m)^-(?=\d+(?: Connects?)?$)|(?<=\t)-(?=\d+ {3})")
LARGE: Final = re.compile(r"(?m)(?:^[+-]?|(?<=Spent )|(?<=Added )|(?<=\t[+-]))\d{4,}(?=(?: Connects?)?$| {3})")


def messages(text: str, longest: int = LONGEST) -> list[str]:
    """The messages into which a client cuts a paste, in the middle of a row or of a word."""
    return [text[start : start + longest] for start in range(0, len(text), longest)]


def windows_line_ends(text: str) -> str:
    """As some editors save it."""
    return text.replace("\n", "\r\n")


def unbreakable(text: str) -> str:
    """Blanks as some browsers copy them."""
    return text.replace(" ", "\u00a0")


def true_minus(text: str) -> str:
    """With the typographic minus before amounts."""
    return LOSS.sub("\u2212", text)


def thousands(text: str) -> str:
    """With a comma in large numbers."""
    return LARGE.sub(lambda amount: re.sub(r"\d(?=(?:\d{3})+$)", r"\g<0>,", amount[0]), text)


def lower_days(text: str) -> str:
    """As a keyboard changes it."""
    return DAY.sub(lambda day: day[0].lower(), text)


def trimmed(text: str) -> str:
    """As clients trim what they send: no tab at the end of a line, no blank at its beginning."""
    return "\n".join(line.strip() for line in text.split("\n")).strip()


def twice(text: str) -> str:
    """Pasted twice into one message."""
    return text + text


HARMLESS: Final[Mapping[str, Callable[[str], str]]] = {
    each.__name__: each for each in (windows_line_ends, unbreakable, true_minus, thousands, lower_days, trimmed, twice)
}
"""What changes nothing of what a text says."""


def part(text: str, dice: Random) -> str:
    """Some of the text: it begins and ends inside a row."""
    start, end = sorted((dice.randrange(len(text)), dice.randrange(len(text))))
    return text[start:end]
