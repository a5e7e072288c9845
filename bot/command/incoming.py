"""What a platform passes to the desk when somebody does something in a chat. No decisions are made here."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, TypeAlias, assert_never

from bot.base.cleaning import cleaned, cleaned_line
from core.wallets.people import Identity

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping

    from core.wallets.people import ChatRef

DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
TIME_DIGITS: Final = 7
DIGEST_BYTES: Final = 3
OF_GROUP: Final = "~"
"""How a token ends whose answer was given to somebody who acted in the group's own name."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A line as written. `direct` is false for a message in a group that was not addressed to the bot."""

    line: str
    direct: bool = True


@dataclass(frozen=True, slots=True)
class Edited:
    """A message that was edited, with its new line; the incoming has the key of the message itself (see decision 0030).

    `direct` is as of a typed line. A platform passes on only what the author changed, no link preview that was loaded.
    """

    line: str
    direct: bool = True


@dataclass(frozen=True, slots=True)
class Wordless:
    """A picture, a voice message, a sticker or the like without words, in a private chat."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A pressed button; `press` is what it carried (`Button.press`)."""

    press: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A native command form, such as a slash command, with the option values as the platform gave them."""

    command: str
    values: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer to one particular question, such as from a modal; `token` is the question's."""

    token: str
    line: str


Said: TypeAlias = Typed | Edited | Wordless | Pressed | Filled | Answered
LARGEST_FILE: Final = 256 * 1024
"""The largest file of promotions that is accepted, in bytes."""
MEDIA: Final = ("image/", "audio/", "video/")


class AdminsUnseenError(Exception):
    """The platform does not let the bot see who is an admin of this group."""


class UnreadableError(Exception):
    """An attached file could not be fetched; the person may send it again."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that came with a message. `size` is in bytes, or 0 if the platform does not say.

    `read` fetches the content, which is only done if a command needs it; it raises UnreadableError if that fails.
    """

    name: str
    size: int
    read: Callable[[], Awaitable[bytes]]


def is_media(mime: str | None) -> bool:
    """Whether a file is a picture, sound or film, which no command could need."""
    return (mime or "").startswith(MEDIA)


@dataclass(frozen=True, slots=True)
class Incoming:
    """Somebody did something in a chat. Whatever words it brings are cleaned here, once and for all platforms.

    key: made from the sender's action (`action_key`) and never from its delivery, so that the same action has the same
        key however often it arrives.
    admin: asks the platform whether the person is an admin of this group; raises AdminsUnseenError if the bot may not
        see it.
    channel: only admins write there, in its name; whoever reads it can press buttons.
    place: the topic, or the channel of a server, by the platform's id (empty if the chat has none).
    file: what was attached; `said` is its caption then. `others` were attached to the same message.
    quoted: the words of the message that a command replies to; its file is `file` then.
    number: the place of a message among those of its chat; a higher one was written later.
    written: when the words were written first, if they were forwarded (None: at `at`).
    away: the person uses their own wallet outside the private chat with the bot: `place` is a channel without the bot.
    everywhere: the person has the bot everywhere, so in a group it must be said whose wallet an answer is about.
    hidden: nobody else in the group sees the answer.
    meanwhile: shows words in the message whose button was pressed, until the answer comes; it does not fail (None: the
        platform cannot do that).
    marked: the line with its marks (`bot.reply.marks`), if the platform sends bold, italics and links beside the text.
    markdown: whether people there write these as Markdown.
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
    others: tuple[Attached, ...] = ()
    quoted: str = ""
    number: int = 0
    written: datetime | None = None
    away: bool = False
    everywhere: bool = False
    marked: str = ""
    markdown: bool = False
    channel: bool = False
    hidden: bool = False
    meanwhile: Callable[[str], Awaitable[None]] | None = None

    @property
    def conversation(self) -> str:
        """Names what one person and the bot say to each other in one place: what is asked there is answered there."""
        there = f"@{self.place}" if self.away else ""
        return f"{self.chat}{there}:{self.who}"

    @property
    def by_group(self) -> bool:
        """Whether the group itself acts: an anonymous admin, or whoever posts in a channel."""
        return self.group and self.who.user == self.chat.id

    def __post_init__(self) -> None:
        clean = {"said": _cleaned(self.said), "name": cleaned_line(self.name) or self.who.user}
        named = {
            "title": cleaned_line(self.title),
            "file": None if self.file is None else _named(self.file),
            "others": tuple(map(_named, self.others)),
            "quoted": cleaned(self.quoted),
        }
        for field, value in (clean | named).items():
            object.__setattr__(self, field, value)  # the one way to set a field of a frozen class while it is made


def _named(file: Attached) -> Attached:
    return replace(file, name=cleaned_line(file.name))


def _cleaned(said: Said) -> Said:
    match said:
        case Typed(line, direct):
            return Typed(cleaned(line), direct)
        case Edited(line, direct):
            return Edited(cleaned(line), direct)
        case Wordless():
            return said
        case Pressed(press):
            return Pressed(cleaned(press))
        case Filled(command, values):
            words = {name: cleaned(value) if isinstance(value, str) else value for name, value in values.items()}
            return Filled(command, words)
        case Answered(token, line):
            return Answered(token, cleaned(line))
        case other:
            assert_never(other)


def action_key(at: datetime, chat: ChatRef, action: str) -> str:
    """The key of an action, such as a message by its id. It begins with the time so that keys sort by time (`Key`)."""
    return f"{int(at.timestamp()):010d}:{chat}:{action}"


def said_at(key: str) -> datetime:
    """When the action with this key happened."""
    return datetime.fromtimestamp(int(key.partition(":")[0]), UTC)


def key_after(key: str) -> str:
    """The key of what is carried out right after an action, by the same press."""
    return f"{key}:then"


def key_of_coming(key: str) -> str:
    """The key of what takes the place of the answer to an action later, so that its buttons are its own."""
    return f"{key}:coming"


def key_of_stage(key: str, lines: Iterable[str]) -> str:
    """The key of what says meanwhile how much is done, and of its buttons with these lines.

    While the buttons stay the same, so does their key: pressing Cancel is one fact, however often the message changes.
    """
    return f"{key}:stage:{'|'.join(lines)}"


def token_at(at: datetime, key: str) -> str:
    """A short token for the answer to an action, or for a notice: its time in base 36, then a digest of its key.

    The same action has the same token however often it arrives, and keys made from tokens sort by time.
    """
    seconds, text = int(at.timestamp()), ""
    while seconds:
        seconds, digit = divmod(seconds, len(DIGITS))
        text = DIGITS[digit] + text
    return f"{text:0>{TIME_DIGITS}}{hashlib.blake2b(key.encode(), digest_size=DIGEST_BYTES).hexdigest()}"


def token_of(incoming: Incoming) -> str:
    """The token of the answer to an action."""
    return token_at(incoming.at, incoming.key) + (OF_GROUP if incoming.by_group else "")


def asked_of_group(press: str) -> bool:
    """Whether a button stands below the answer to somebody who acted in the group's own name."""
    return press[TIME_DIGITS + 2 * DIGEST_BYTES :].startswith(OF_GROUP)


def as_group(incoming: Incoming) -> Incoming:
    """An admin's act in the name of the group."""
    who = Identity(incoming.who.platform, incoming.chat.id)
    return replace(incoming, who=who, name=incoming.title, admin=_yes)


async def _yes() -> bool:
    return True
