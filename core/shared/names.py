"""When two names are the same name: one fold for codes, tags, choices, and the names of commands and assessments."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

SOMEONE: Final = "\x1a"
"""Stands in texts for the name of a person who has none any more. Readers see the word "someone" in their language."""
WORD: Final = re.compile(r"\w+")
DOT_ABOVE: Final = "\u0307"  # what is left of a Turkish capital I with a dot, once it is in lower case
DOTLESS: Final = "\u0131"
# Unicode's Default_Ignorable_Code_Point, as far as it is not in category Cf: joiners, fillers, variation selectors.
UNSEEN: Final = frozenset(
    map(
        chr,
        (0x34F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0, *range(0x180B, 0x1810), *range(0xFE00, 0xFE10)),
    )
)
UNSEEN_PLANE: Final = range(0xE0000, 0xE1000)


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """The form in which names are compared. It is never shown; what somebody wrote is kept as they wrote it.

    Case, spacing, width, the encoding of accents and marks that cannot be seen make no difference, and neither does the
    dot on a Turkish i. This is Unicode's NFKC_Casefold, apart from that dot and from blanks.
    """
    same = _visible(name)
    for _ in range(2):  # after one round a letter may decompose once more, such as the Greek iota below
        same = unicodedata.normalize("NFKC", unicodedata.normalize("NFD", same).casefold())
    plain = unicodedata.normalize("NFD", same).replace(f"i{DOT_ABOVE}", "i").replace(DOTLESS, "i")
    return " ".join(unicodedata.normalize("NFKC", _visible(plain)).split())


@lru_cache(maxsize=4096)
def unpunctuated(title: str) -> str:
    """The form in which titles of jobs are compared: folded, and without punctuation, which a job's link leaves out."""
    same = folded(title)
    return " ".join(WORD.findall(same)) or same


def _visible(name: str) -> str:
    return "".join(letter for letter in name if not _is_unseen(letter))


def _is_unseen(letter: str) -> bool:
    return unicodedata.category(letter) == "Cf" or letter in UNSEEN or ord(letter) in UNSEEN_PLANE
