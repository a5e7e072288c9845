"""What a platform hands to the desk: somebody did something in a chat. No decisions are made here."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import datetime

    from core.wallets.people import ChatRef, Identity

DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
TIME_DIGITS: Final = 7


@dataclass(frozen=True, slots=True)
class Typed:
    """A line as written. `direct` is false for talk in a group that was not addressed to the bot."""

    line: str
    direct: bool = True


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button, by what its `press` was."""

    press: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A native form: the command by name and its options as the platform gave them."""

    command: str
    values: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer given to one question (a modal), by the question's token."""

    token: str
    line: str


Said: TypeAlias = Typed | Pressed | Filled | Answered
LARGEST_FILE: Final = 256 * 1024
"""Bytes of a file that somebody hands in, at most."""


class UnreadableError(Exception):
    """A file that was handed in could not be fetched; it may be sent again."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that came with what was said: its name, its bytes as the platform counts them (0: it does not say).

    `read` fetches it, which is done only where it is wanted; UnreadableError where that fails.
    """

    name: str
    size: int
    read: Callable[[], Awaitable[bytes]]


@dataclass(frozen=True, slots=True)
class Incoming:
    """Somebody did something in a chat.

    `key` is made of the sender's action (`action_key`), never of a delivery: the same action has the same key
    however often it arrives. `admin` asks the platform whether the person is an admin of this group. `place` is where
    in the chat it was, as the platform names it: a topic, a channel of a server (empty: the chat has no such places).
    `file` came with it, and its line is the caption.
    """

    key: str
    at: datetime
    who: Identity
    name: str
    chat: ChatRef
    said: Said
    admin: Callable[[], Awaitable[bool]]
    group: bool = False
    title: str = ""
    locale: str = "en"
    place: str = ""
    file: Attached | None = None


def action_key(at: datetime, chat: ChatRef, action: str) -> str:
    """The key of an action in a chat, such as a message id. Time comes first so that keys sort in time (core.shared.ports)."""
    return f"{int(at.timestamp()):010d}:{chat}:{action}"


def token_at(at: datetime, key: str) -> str:
    """The token of what an action or a notice brought about: its time in base 36, then digits of its key.

    The same one has the same token however often it arrives, and keys made of tokens sort in time.
    """
    seconds, text = int(at.timestamp()), ""
    while seconds:
        seconds, digit = divmod(seconds, len(DIGITS))
        text = DIGITS[digit] + text
    return f"{text:0>{TIME_DIGITS}}{hashlib.blake2b(key.encode(), digest_size=3).hexdigest()}"
