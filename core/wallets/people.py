"""People, the chats they write in, and the wallets they hold."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from core.shared.ids import PersonId, WalletId
from core.shared.refusals import NotOpen, RefusedError

if TYPE_CHECKING:
    from core.wallets.settings import Settings


class ChatKind(StrEnum):
    """Whether one person or many read along."""

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
    """One human being, whatever the platforms they come from."""

    id: PersonId
    name: str


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat that the bot has seen. `retired` says why nothing can be sent there any more (empty: it can)."""

    ref: ChatRef
    kind: ChatKind
    title: str = ""
    retired: str = ""


Owner: TypeAlias = PersonId | ChatRef


@dataclass(frozen=True, slots=True)
class Wallet:
    """A wallet that was opened, and its settings."""

    id: WalletId
    settings: Settings


def settle(wallet: Wallet | None, *, group: bool) -> Wallet:
    """The wallet, or the refusal that there is none yet."""
    if wallet is None:
        raise RefusedError(NotOpen(group))
    return wallet
