"""A fault of the program: an id for the person and the log. The error's text stays out, it may hold private words."""

from __future__ import annotations

import secrets
import traceback
from typing import Final

import structlog

log = structlog.get_logger()
MOST: Final = 5


class NotedError(Exception):
    """A fault that is in the log already, under an id."""

    def __init__(self, number: str) -> None:
        """Keep the id."""
        super().__init__(number)
        self.number = number


def noted(error: Exception, platform: str) -> str:
    """Log what kind of fault it was and where, once; gives its id."""
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
