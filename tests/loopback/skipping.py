"""Time of the event loop that a test lets go by at once, for what a library itself waits out."""

from __future__ import annotations

import asyncio


def skip(seconds: float) -> None:
    """Let whatever waits for so long in this loop be due; the loop and its time end with the test."""
    loop = asyncio.get_running_loop()
    real = loop.time
    loop.time = lambda: real() + seconds  # type: ignore[method-assign]  # a loop offers no other way to own its time
