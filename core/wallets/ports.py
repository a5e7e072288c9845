"""What is asked of a store about people, chats and wallets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from core.shared.ids import PersonId, WalletId
    from core.wallets.people import Chat, ChatRef, Identity, Owner, Person, Wallet
    from core.wallets.settings import Settings


class Directory(Protocol):
    """Who is who: people, their identities on platforms, chats, and whose wallet is which."""

    async def person(self, identity: Identity, name: str) -> Person:
        """The person behind an identity, made on first sight; `name` is kept as last seen."""
        ...

    async def names(self, ids: Iterable[PersonId]) -> Mapping[PersonId, str]:
        """The names of these people, as last seen; who is not known is left out."""
        ...

    async def identities(self, person: PersonId) -> tuple[Identity, ...]:
        """As whom a person is known on each platform."""
        ...

    async def wallet_of(self, owner: Owner) -> Wallet | None:
        """The wallet of a person or a chat, if it was opened."""
        ...

    async def open_wallet(self, owner: Owner, settings: Settings, look: datetime | None = None) -> Wallet:
        """The owner's wallet, made with these settings where there is none; `look`: when it is looked at next."""
        ...

    async def settings_of(self, wallet: WalletId) -> Settings:
        """The settings of a wallet; where there is none, that is `Unknown`, raised."""
        ...

    async def save_settings(self, wallet: WalletId, settings: Settings, look: datetime | None = None) -> None:
        """Keep a wallet's settings; `look`: when it is looked at next."""
        ...

    async def chat(self, ref: ChatRef) -> Chat | None:
        """The chat as last saved."""
        ...

    async def save_chat(self, chat: Chat) -> None:
        """Keep a chat, over what was known of it."""
        ...

    async def move_chat(self, old: ChatRef, new: ChatRef) -> None:
        """A group changed its id: its row and its wallet follow. Harmless when repeated."""
        ...
