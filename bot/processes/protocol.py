"""What passes between the bot and a process of its own: frames, each with its kind and how many bytes follow.

The process reads nothing but its parent's pipe, so that a pickle is as safe there as a call. The bot itself unpickles
nothing: it gets numbers, bytes, or a text.
"""

from __future__ import annotations

from enum import IntEnum
from struct import Struct
from typing import Final

FRAME: Final = Struct(">BQ")
"""A kind, and how many bytes follow."""
DONE: Final = Struct(">d")
"""How much is done, from 0 to 1."""
MOST_TEXT: Final = 1_000
"""The bytes of the longest text of an error."""


class Request(IntEnum):
    """What comes from the bot."""

    PART = 0
    """A pickled part of what is to be done. There may be many."""
    END = 1
    """That was all of it."""


class Answer(IntEnum):
    """What comes from the process."""

    PROGRESS = 0
    """How much is done. Others follow."""
    PART = 1
    """A part of what was made. Others follow."""
    END = 2
    """That was all of it."""
    FAILED = 3
    """The kind and the place of an error."""
