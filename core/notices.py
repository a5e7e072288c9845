"""What is to be told to a chat, and its way there. A notice commits with what causes it; its key makes it once.

A delivery is a notice on its way to one chat. `sending` is written before the call, so that a crash leaves a trace of
what may or may not have been sent.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime, timedelta

    from core.audience import Audience
    from core.model import PersonId, WalletId


class Target(NamedTuple):
    """Where a delivery goes: a chat, or with `direct` the private chat with a user of the platform.

    `place` is where in the chat, as the platform names it: a topic, a channel of a server. Where that is no more, it
    goes to the chat all the same.
    """

    platform: str
    chat: str
    direct: bool = False
    place: str = ""


class Notice(NamedTuple):
    """Something to be told, in words that the reader's language has for `code` and `facts`.

    It goes to the chats of a wallet's holder, to an audience of those who subscribed, or to the chats in `to`.
    `once`: rather never than twice (a promotion); without it rather twice than never (an alert). `urgent` does not wait
    for the morning of its reader. `by` caused it and was told of it in the answer, so that no private chat of theirs is
    told again. `about` names what it belongs to, so that all of that can be stopped; with `instead` it takes the place
    of what still waits to be told about the same.
    """

    key: str
    code: str
    facts: Mapping[str, str | int]
    wallet: WalletId | None = None
    urgent: bool = False
    once: bool = False
    by: PersonId | None = None
    about: str = ""
    audience: Audience | None = None
    instead: bool = False
    to: tuple[Target, ...] = ()


class State(StrEnum):
    """How far a delivery has come."""

    PENDING = "pending"
    HELD = "held"
    SENDING = "sending"
    SENT = "sent"
    GONE = "gone"
    FAILED = "failed"
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"


SETTLED_FOR_GOOD: Final = (State.SENT, State.GONE, State.FAILED, State.CANCELLED)


Shift: TypeAlias = tuple[State, State]
HOLD: Final[Shift] = (State.PENDING, State.HELD)
GO_ON: Final[Shift] = (State.HELD, State.PENDING)
STOP: Final[tuple[Shift, ...]] = ((State.PENDING, State.CANCELLED), (State.HELD, State.CANCELLED))
RESEND: Final[Shift] = (State.UNKNOWN, State.PENDING)
"""From which state to which deliveries are moved by whoever runs what they are about."""


class Delivery(NamedTuple):
    """A notice on its way to one chat; `zone`, `locale` and `quiet` (hours) are its reader's.

    `group` is the title of the group whose notice goes to a private chat (empty: it is told where it belongs). `made`
    is when it was kept. `tries` counts how often it was handed to the platform before; being put off is no try.
    """

    id: int
    notice: Notice
    target: Target
    tries: int
    zone: str
    made: datetime
    locale: str = "en"
    quiet: str = ""
    group: str = ""


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


class Lease(NamedTuple):
    """Who may send on a platform until when; `epoch` grows with each new holder, and only the current one counts."""

    epoch: int
    until: datetime
