"""What passes between the bot and the process that draws: a pickled chart one way, and its outcome the other way.

The process reads nothing but its parent's pipe, so that a pickle is as safe there as a call. The bot itself unpickles
nothing: it gets a picture, or a text.
"""

from __future__ import annotations

from enum import IntEnum
from struct import Struct
from typing import Final

REQUEST: Final = Struct(">I")
"""How many bytes follow: a pickled chart."""
ANSWER: Final = Struct(">BI")
"""An outcome, and how many bytes follow."""


class DrawingOutcome(IntEnum):
    """What became of a request."""

    DRAWN = 0
    """A PNG follows."""
    FAILED = 1
    """The kind and the place of an error follow."""
