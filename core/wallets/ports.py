"""What people, chats and wallets need from a store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from core.shared.ids import PersonId, WalletId
    from core.wallets.people import Chat, ChatKind, ChatRef, Identity, Owner, Person, Wallet
    from core.wallets.settings import Settings


def daily_review_name(wallet: WalletId) -> str:
    """The name of the task of a wallet's daily review, which the directory schedules."""
    return f"wallet:{wallet}:look"


class Directory(Protocol):
    """People, their identities on platforms, chats, and the wallets that belong to them."""

    async def person(self, identity: Identity, name: str) -> Person:
        """The person behind an identity, created if the identity is new. Their name becomes `name`.

        If another person stands for them since both were linked, it is that one, under the name of that one. Of whoever
        has several identities it is noted that they used this one last.
        """
        ...

    async def names(self, ids: Iterable[PersonId]) -> Mapping[PersonId, str]:
        """The latest names of these people, or of those who stand for them; unknown ids are left out."""
        ...

    async def standing_for(self, ids: Iterable[PersonId]) -> Mapping[PersonId, PersonId]:
        """Who stands for these people since they were linked. Those who stand for themselves are left out."""
        ...

    async def same_as(self, person: PersonId) -> tuple[PersonId, ...]:
        """The person who stands for this one, and then all for whom that one stands; alone if they were never linked.

        Somebody of whom nothing is known stands for themselves.
        """
        ...

    async def own_person(self, identity: Identity) -> PersonId | None:
        """The person that an identity was first seen as, whoever stands for them now; None if it is not known."""
        ...

    async def identities(self, person: PersonId) -> tuple[Identity, ...]:
        """All identities of a person, and of all who are the same one: the one that was used last comes first."""
        ...

    async def wallet_of(self, owner: Owner) -> Wallet | None:
        """The wallet of a person (whoever stands for them) or a chat, or the one that a group has joined, if any."""
        ...

    async def group_of(self, wallet: WalletId) -> ChatRef | None:
        """The group to which a wallet belongs (None: it is a person's, or does not exist)."""
        ...

    async def groups_of(self, wallet: WalletId) -> tuple[ChatRef, ...]:
        """The groups that use a wallet, the one to which it belongs first; empty if it belongs to none."""
        ...

    async def join_group(self, ref: ChatRef, wallet: WalletId) -> bool:
        """Let a group use the wallet of another group from now on; True as well if it does already.

        A wallet of its own in which nothing is kept, and which no other group uses, is dropped. False if it keeps
        something, and if the group uses another wallet.
        """
        ...

    async def leave_group(self, ref: ChatRef) -> bool:
        """Let a group no longer use the wallet of another group; False if it does not."""
        ...

    async def members(self, wallet: WalletId) -> tuple[PersonId, ...]:
        """The people who have written in a wallet's group since it was opened, in the order of their ids.

        Of several who are one person since, only that one is named.
        """
        ...

    async def note_member(self, wallet: WalletId, person: PersonId, now: datetime) -> None:
        """Note that a person has written in a wallet's group. Idempotent."""
        ...

    async def open_wallet(self, owner: Owner, settings: Settings, review_at: datetime | None = None) -> Wallet:
        """The owner's wallet, created with these settings if there is none. Its daily review is due at `review_at`."""
        ...

    async def settings_of(self, wallet: WalletId) -> Settings:
        """The settings of a wallet; raises the refusal `Unknown` if it does not exist."""
        ...

    async def save_settings(self, wallet: WalletId, settings: Settings, review_at: datetime | None = None) -> None:
        """Store a wallet's settings. Its next daily review is due at `review_at`."""
        ...

    async def replace_settings(
        self, wallet: WalletId, seen: Settings, settings: Settings, review_at: datetime | None = None
    ) -> bool:
        """Store a wallet's settings, like `save_settings`; False if they have changed since they were `seen`."""
        ...

    async def chat(self, ref: ChatRef) -> Chat | None:
        """The chat as last saved."""
        ...

    async def note_reachable(self, chat: Chat, now: datetime) -> None:
        """Note that a chat can be written to, and restore its subscription as `core.delivery.reach.back` says."""
        ...

    async def note_unreachable(
        self, ref: ChatRef, kind: ChatKind, why: str, now: datetime, *, tried: datetime | None = None
    ) -> None:
        """Note that a chat can no longer be written to. What waits for it is settled like after `LoseChat`.

        Nothing changes if it has come back since it was `tried` (None: this was not found out by trying).
        """
        ...

    async def move_chat(self, old: ChatRef, new: ChatRef) -> None:
        """Give a chat and its wallet a new id, which the platform has assigned. Idempotent."""
        ...


class PeopleStore(Protocol):
    """A store that has this port."""

    @property
    def people(self) -> Directory:
        """People, chats, wallets and their settings."""
        ...
