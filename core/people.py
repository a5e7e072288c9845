"""People, the chats they write in, and the settings of a wallet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from core.model import PersonId, WalletId


class ChatKind(StrEnum):
    """Whether one person or many read along."""

    PRIVATE = "private"
    GROUP = "group"


class Plan(StrEnum):
    """A freelancer's plan on Upwork; it decides the monthly lot."""

    BASIC = "basic"
    PLUS = "plus"
    AGENCY = "agency"


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
class Settings:
    """How a wallet wants to be spoken to. `threshold` is the low-balance mark in Connects (None: no warning)."""

    zone: str = "UTC"
    currency: str = "USD"
    plan: Plan = Plan.BASIC
    threshold: int | None = None


@dataclass(frozen=True, slots=True)
class Wallet:
    """A wallet that was opened, and its settings."""

    id: WalletId
    settings: Settings
