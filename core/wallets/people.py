"""People, chats, and the wallets that belong to them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from core.shared.ids import PersonId, WalletId
from core.shared.refusals import NotOpen, RefusedError

if TYPE_CHECKING:
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
    """One human being, who may have identities on several platforms."""

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
    """A wallet and its settings."""

    id: WalletId
    settings: Settings


def require_wallet(wallet: Wallet | None, *, group: bool) -> Wallet:
    """The wallet; raises the refusal `NotOpen` if there is none yet."""
    if wallet is None:
        raise RefusedError(NotOpen(group))
    return wallet
