"""A wording and a title that some copies write on one line, with nothing between them."""

from __future__ import annotations

from typing import Final

from core.imports.wordings import WORDINGS
from core.proposals.wordings import plain

UNCLEAR: Final = plain("Refunded Connects for Connects Award")
"""Upwork uses it, but nobody knows what it means."""
KNOWN: Final = sorted((*WORDINGS, UNCLEAR), key=len, reverse=True)


def parted(line: str) -> tuple[str, str]:
    """The wording with which a line begins, and the rest. A wording that is not known is the whole line."""
    lower = line.replace("\u2019", "'").casefold()
    if len(lower) == len(line):  # else a letter has no lower case of the same length, and no wording has such a letter
        for wording in KNOWN:
            if lower.startswith(wording):
                end = len(wording) + (line[len(wording) : len(wording) + 1] == ".")
                return line[:end], line[end:].strip()
    return line, ""
