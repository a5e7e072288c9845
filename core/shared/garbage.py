"""Keeps the garbage collector from holding everything up while a large plan is made."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

NEVER: Final = 1_000_000_000
_lock: Final = Lock()
_held: Final[list[tuple[int, int, int]]] = []
"""The thresholds to go back to, once for each caller."""


@contextmanager
def young_garbage_only() -> Iterator[None]:
    """Collect only what is young meanwhile, in all threads.

    No other thread runs during a collection. One of everything that a plan of ten thousand rows made takes a tenth of a
    second and more. Nearly all of it is freed by its reference counts when the plan is done.
    """
    with _lock:
        _held.append(_held[-1] if _held else gc.get_threshold())
        gc.set_threshold(_held[-1][0], NEVER, NEVER)
    try:
        yield
    finally:
        with _lock:
            thresholds = _held.pop()
            if not _held:
                gc.set_threshold(*thresholds)
