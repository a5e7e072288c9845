"""The draw of a contest, which anyone can check."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def commitment(seed: str) -> str:
    """What is published of a contest's seed before the draw: its SHA-256, in hexadecimal digits."""
    return hashlib.sha256(seed.encode()).hexdigest()


def draw(seed: str, entries: Iterable[int], winners: int) -> tuple[int, ...]:
    """The numbers of the entries that win, the first winner first.

    An entry's lot is the SHA-256 of "SEED:NUMBER", and the smallest win: anyone who is told the seed can check it.
    """
    return tuple(sorted(entries, key=lambda number: (commitment(f"{seed}:{number}"), number))[:winners])
