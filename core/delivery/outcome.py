"""What a platform says became of a delivery."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from datetime import timedelta


class Sent(NamedTuple):
    """It is there, as the message with this id."""

    message: str


class Gone(NamedTuple):
    """The chat can no longer be written to: blocked, removed, deleted."""

    why: str


class Moved(NamedTuple):
    """The chat has another id from now on; it was not sent."""

    chat: str


class Later(NamedTuple):
    """It was not sent, and may be tried again after a time; `all` chats must wait, or this one alone.

    With `fault` something failed, and nobody said for how long: each time it is waited longer for this delivery.
    """

    wait: timedelta
    all: bool = False
    fault: bool = False


class PutOff(NamedTuple):
    """It was not tried: the night, the pace or the books stood in its way, and do so for a time."""

    wait: timedelta


class Over(NamedTuple):
    """It was not sent, because it is no longer so."""

    why: str = "over"


class Failed(NamedTuple):
    """It was not sent and never will be; `why` is a class of reasons, never the error's text."""

    why: str


class Unknown(NamedTuple):
    """Nobody can tell whether it was sent: the answer was lost."""

    why: str


Outcome: TypeAlias = Sent | Gone | Moved | Later | PutOff | Over | Failed | Unknown
