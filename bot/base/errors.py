"""Internal errors get an id for the person and the log. Their text is not logged, because it may be private."""

from __future__ import annotations

import secrets
import traceback
from typing import Final

import structlog

log = structlog.get_logger()
MOST: Final = 5


class NotedError(Exception):
    """An internal error that is already in the log, under an id."""

    def __init__(self, number: str) -> None:
        """Carry the id `number`."""
        super().__init__(number)
        self.number = number


def noted(error: Exception, platform: str) -> str:
    """Log the kind and the place of an error once, and return its id."""
    if isinstance(error, NotedError):
        return error.number
    number = secrets.token_hex(4)
    log.error("fault", id=number, kind=type(error).__name__, where=_frames(error), platform=platform)
    if isinstance(error, ExceptionGroup):
        for one in error.exceptions[:MOST]:
            about = getattr(one, "__notes__", ())
            log.error("part of a fault", id=number, kind=type(one).__name__, where=_frames(one), about=list(about))
    return number


def _frames(error: Exception) -> list[str]:
    return [f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)[-8:]]
