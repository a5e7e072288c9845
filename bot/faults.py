"""A fault of the program: an id for the person and the log. The error's text stays out, it may hold private words."""

from __future__ import annotations

import secrets
import traceback

import structlog

log = structlog.get_logger()


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
    frames = [f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)[-8:]]
    log.error("fault", id=number, kind=type(error).__name__, where=frames, platform=platform)
    return number
