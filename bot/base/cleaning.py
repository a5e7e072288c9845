"""Cleans words once, where they come in, so that every store can keep them and every screen shows what they say."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LINE_ENDS: Final = re.compile("\r\n?|[\u0085\u2028\u2029]")
CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
BLANKS: Final = re.compile("[\x0b\x0c\x1c-\x1f]")
JOINERS: Final = "\u200c\u200d"
JOINED: Final = frozenset({"Lo", "Lm", "Mn", "Mc", "So", "Sk"})
"""What a joiner may follow: letters of scripts without capitals, such as Persian and Hindi, and emoji."""
FLAG: Final = "\U0001f3f4"  # tags after it spell whose flag it is
TAGS: Final = range(0xE0020, 0xE0080)


def cleaned(text: str) -> str:
    """A text without control characters, halves of characters, and marks that only steer or hide what is shown.

    Line breaks and tabs stay. So do joiners where they belong: in emoji, and in scripts that need them.
    """
    if text.isascii() and text.isprintable():
        return text
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    lines = BLANKS.sub(" ", CONTROLS.sub("", LINE_ENDS.sub("\n", whole)))
    kept: list[str] = []
    for letter in lines:
        if unicodedata.category(letter) != "Cf" or _belongs(letter, kept):
            kept.append(letter)
    return "".join(kept)


def cleaned_line(text: str) -> str:
    """The same for a name or a title, on one line."""
    return " ".join(cleaned(text).split())


def _belongs(mark: str, before: list[str]) -> bool:
    """Whether a mark that cannot be seen makes a difference after what stands before it."""
    if not before:
        return False
    if mark in JOINERS:
        return unicodedata.category(before[-1]) in JOINED
    return ord(mark) in TAGS and (before[-1] == FLAG or ord(before[-1]) in TAGS)
