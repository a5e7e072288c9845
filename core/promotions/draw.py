"""The draw of a contest, which anyone can verify (commit and reveal)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def commitment(seed: str) -> str:
    """The hash that is published before the draw, to commit to the seed: its SHA-256, in hexadecimal digits."""
    return hashlib.sha256(seed.encode()).hexdigest()


def draw(seed: str, entries: Iterable[int], winners: int) -> tuple[int, ...]:
    """The numbers of the winning entries, in the order of the draw.

    The entries with the smallest SHA-256 of "SEED:NUMBER" win, so that anyone can verify the draw once the seed is
    published.
    """
    return tuple(sorted(entries, key=lambda number: (commitment(f"{seed}:{number}"), number))[:winners])
