"""People, chats, and the wallets that belong to them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeAlias

from core.shared.clock_steps import was_ahead
from core.shared.ids import PersonId, WalletId
from core.shared.refusals import NotOpen, RefusedError

if TYPE_CHECKING:
    from datetime import datetime

    from core.wallets.settings import Settings


class ChatKind(StrEnum):
    """Whether a chat has one reader or many."""

    PRIVATE = "private"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Identity:
    """A user of a platform, written `telegram:42`."""

    platform: str
    user: str

    def __str__(self) -> str:
        return f"{self.platform}:{self.user}"


@dataclass(frozen=True, slots=True)
class ChatRef:
    """A chat of a platform, by the platform's own id."""

    platform: str
    id: str

    def __str__(self) -> str:
        return f"{self.platform}:{self.id}"


@dataclass(frozen=True, slots=True)
class Person:
    """One human being, who may have identities on several platforms.

    `formerly` is who they were, on the platform where they act, before they were linked (None: who they are now).
    """

    id: PersonId
    name: str
    formerly: PersonId | None = field(default=None, compare=False)

    @property
    def own(self) -> PersonId:
        """Who they are without any link."""
        return self.id if self.formerly is None else self.formerly


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat that the bot has seen.

    `retired` says why nothing can be sent there any more (empty: it can), and `since` when it was lost, or came back
    (None: it has always been there).
    """

    ref: ChatRef
    kind: ChatKind
    title: str = ""
    retired: str = ""
    since: datetime | None = field(default=None, compare=False)

    def is_back_since(self, then: datetime, now: datetime) -> bool:
        """Whether the chat has come back after a time, so that a failure before it is old news."""
        newer = self.since is not None and self.since > then and not was_ahead(self.since, now)
        return newer and not self.retired


PREFIXES: Final = {"discord": "dm"}
"""On platforms where ids of groups look like those of users: what stands before the latter in ids of private chats."""


def private_chat(user: Identity) -> ChatRef:
    """The private chat with a user."""
    return ChatRef(user.platform, f"{PREFIXES.get(user.platform, '')}{user.user}")


def address(chat: ChatRef, kind: ChatKind) -> str:
    """The id under which messages go to a chat: that of the group, or of the user."""
    return chat.id.removeprefix(PREFIXES.get(chat.platform, "")) if kind is ChatKind.PRIVATE else chat.id


def heard_from(known: Chat | None, chat: Chat, now: datetime) -> Chat:
    """The chat after something was received from it, given what was known of it."""
    if known is None:
        return replace(chat, retired="", since=None)
    return replace(chat, retired="", since=now if known.retired else known.since)


def retired(known: Chat | None, ref: ChatRef, kind: ChatKind, why: str, at: datetime) -> Chat:
    """The chat after something could not be sent to it at a time, given what was known of it."""
    return Chat(ref, kind, "" if known is None else known.title, why, at)


def writes_as_chat(user: Identity, chat: ChatRef) -> bool:
    """Whether somebody writes in a chat as a chat: an anonymous admin as the group itself, or a channel.

    Such an account has no private chat. Telegram numbers groups and channels below 0.
    """
    return user.user == chat.id or user.user.startswith("-")


Owner: TypeAlias = PersonId | ChatRef


@dataclass(frozen=True, slots=True)
class Wallet:
    """A wallet and its settings. `joined`: whoever asked is a group that uses the wallet of another group."""

    id: WalletId
    settings: Settings
    joined: bool = False


def require_wallet(wallet: Wallet | None, *, group: bool) -> Wallet:
    """The wallet; raises the refusal `NotOpen` if there is none yet."""
    if wallet is None:
        raise RefusedError(NotOpen(group))
    return wallet
