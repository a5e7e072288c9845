"""Exponential back-off, capped."""

from __future__ import annotations

from datetime import timedelta
from typing import Final, TypeVar

Span = TypeVar("Span", float, timedelta)
MOST_DOUBLINGS: Final = 20
"""No cap is a million times its first wait, so more doublings could only overflow."""


def backed_off(first: Span, retries: int, cap: Span) -> Span:
    """The wait before the next attempt: `first`, doubled for each earlier retry, up to `cap`."""
    return min(first * (1 << min(retries, MOST_DOUBLINGS)), cap)
