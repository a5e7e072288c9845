"""The reference store's directory."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.scheduling.task import look_at
from core.shared.ids import PersonId, WalletId
from core.shared.refusals import RefusedError, Unknown
from core.wallets.people import Person, Wallet
from storage.memory.book import Book

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from core.wallets.people import Chat, ChatRef, Identity, Owner
    from core.wallets.settings import Settings
    from storage.memory.subscriptions import MemorySubscriptions
    from storage.memory.tables import Tables


class MemoryPeople:
    """Who is who, and whose wallet is which."""

    def __init__(self, tables: Tables, subscriptions: MemorySubscriptions) -> None:
        """A chat that gets a new id takes its one of the `subscriptions` with it."""
        self._tables, self._subscriptions = tables, subscriptions

    async def person(self, identity: Identity, name: str) -> Person:
        """The person behind an identity, made on first sight; `name` is kept as last seen."""
        number = self._tables.identities.setdefault(identity, PersonId(len(self._tables.persons) + 1))
        person = self._tables.persons[number] = Person(number, name)
        return person

    async def names(self, ids: Iterable[PersonId]) -> Mapping[PersonId, str]:
        """The names of these people, as last seen; who is not known is left out."""
        return {
            number: self._tables.persons[number].name for number in sorted(set(ids)) if number in self._tables.persons
        }

    async def identities(self, person: PersonId) -> tuple[Identity, ...]:
        """As whom a person is known on each platform."""
        return tuple(known for known, who in self._tables.identities.items() if who == person)

    async def wallet_of(self, owner: Owner) -> Wallet | None:
        """The wallet of a person or a chat, if it was opened."""
        wallet = self._tables.owned.get(owner)
        return None if wallet is None else Wallet(wallet, self._tables.books[wallet].settings)

    async def open_wallet(self, owner: Owner, settings: Settings, look: datetime | None = None) -> Wallet:
        """The owner's wallet, made with these settings where there is none, and when it is looked at next."""
        if isinstance(owner, int) and owner not in self._tables.persons:
            raise RefusedError(Unknown("person", str(owner)))
        known = await self.wallet_of(owner) or self._opened(owner, settings)
        self._look_again(known.id, look)
        return known

    def _opened(self, owner: Owner, settings: Settings) -> Wallet:
        self._tables.wallets_made += 1
        wallet = self._tables.owned[owner] = WalletId(self._tables.wallets_made)
        self._tables.books[wallet] = Book(wallet, owner, settings)
        self._tables.books[wallet].settle(settings)
        return Wallet(wallet, settings)

    def _look_again(self, wallet: WalletId, look: datetime | None) -> None:
        if look is not None:
            self._tables.due[look_at(wallet)] = look

    async def settings_of(self, wallet: WalletId) -> Settings:
        """The settings of a wallet."""
        if wallet not in self._tables.books:
            raise RefusedError(Unknown("wallet", str(wallet)))
        return self._tables.books[wallet].settings

    async def save_settings(self, wallet: WalletId, settings: Settings, look: datetime | None = None) -> None:
        """Keep a wallet's settings, and when it is looked at next."""
        await self.settings_of(wallet)
        self._tables.books[wallet].settle(settings)
        self._look_again(wallet, look)

    async def chat(self, ref: ChatRef) -> Chat | None:
        """The chat as last saved."""
        return self._tables.chats.get(ref)

    async def save_chat(self, chat: Chat) -> None:
        """Keep a chat, over what was known of it."""
        self._tables.chats[chat.ref] = chat

    async def move_chat(self, old: ChatRef, new: ChatRef) -> None:
        """A group changed its id: all that is its own follows, unless the new id has its own already."""
        if old == new:
            return
        self._subscriptions.move(old.platform, old.id, new.id)
        chat = self._tables.chats.pop(old, None)
        if chat is not None:
            self._tables.chats.setdefault(new, replace(chat, ref=new))
        if old in self._tables.owned and self._give_way(new):
            wallet = self._tables.owned[new] = self._tables.owned.pop(old)
            self._tables.books[wallet].owner = new

    def _give_way(self, ref: ChatRef) -> bool:
        """Whether a chat's place is free; a wallet in which nothing was booked gives way."""
        wallet = self._tables.owned.get(ref)
        if wallet is None:
            return True
        if self._tables.books[wallet].entries:
            return False
        del self._tables.owned[ref], self._tables.books[wallet]
        return True
