"""The possible outcomes of an attempt to send a delivery."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from datetime import timedelta


class Sent(NamedTuple):
    """It arrived, as the message with this id."""

    message: str


class Unreachable(NamedTuple):
    """The chat can no longer be written to.

    `why` is `blocked` or `removed` if the people there did that, and otherwise another word, such as `deleted`.
    """

    why: str


class PlaceLost(NamedTuple):
    """It was not sent, because the bot may not write in that part of the chat. The chat itself stays.

    `why` is `unset` (no place was ever chosen), `unknown` (it does not exist any more), `closed`, or `rights` (the bot
    lacks them).
    """

    why: str


class Moved(NamedTuple):
    """It was not sent, because the chat has a new id: `chat`."""

    chat: str


class Later(NamedTuple):
    """It was not sent and can be retried after `wait`. With `all`, every chat must wait, not only this one.

    With `fault` something failed and `wait` is only a guess: the delivery backs off exponentially. With `doubt` it may
    have been sent all the same, but the platform would make one message of both for a time. With `opening` it is the
    opening of private chats that must wait, not what goes to those that are open.
    """

    wait: timedelta
    all: bool = False
    fault: bool = False
    doubt: bool = False
    opening: bool = False


class Deferred(NamedTuple):
    """It was not tried, because of quiet hours, a rate limit or the books being unavailable, for `wait` at least.

    With `alone` the reason is this delivery's own, so the others of its chat need not wait.
    """

    wait: timedelta
    alone: bool = False


class Obsolete(NamedTuple):
    """It was not sent, because what it says is no longer true."""

    why: str = "over"


class Failed(NamedTuple):
    """It was not sent and never will be. `why` is a kind of reason, never the error's text."""

    why: str


class Uncertain(NamedTuple):
    """It is unknown whether it was sent: the platform's answer was lost."""

    why: str


Outcome: TypeAlias = Sent | Unreachable | PlaceLost | Moved | Later | Deferred | Obsolete | Failed | Uncertain
