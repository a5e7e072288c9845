"""A fault of the program: an id for the person and the log. The error's text stays out, it may hold private words."""

from __future__ import annotations

import secrets
import traceback

import structlog

log = structlog.get_logger()


def noted(error: Exception, platform: str) -> str:
    """Log what kind of fault it was and where; gives its id."""
    number = secrets.token_hex(4)
    frames = [f"{frame.name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)[-8:]]
    log.error("fault", id=number, kind=type(error).__name__, where=frames, platform=platform)
    return number
