"""The reference store's directory and notes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.errors import RefusedError, Unknown
from core.model import PersonId, WalletId
from core.people import Person, Wallet
from core.telling import look_at
from storage.memory_book import Book

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from core.people import Chat, ChatRef, Identity, Owner, Settings


class MemoryPeople:
    """Who is who, and small texts under a name."""

    def __init__(self) -> None:
        self._persons: dict[PersonId, Person] = {}
        self._identities: dict[Identity, PersonId] = {}
        self._chats: dict[ChatRef, Chat] = {}
        self._books: dict[WalletId, Book] = {}
        self._owned: dict[Owner, WalletId] = {}
        self._notes: dict[str, tuple[str, datetime | None]] = {}
        self._made = 0
        self._due: dict[str, datetime] = {}

    async def person(self, identity: Identity, name: str) -> Person:
        """The person behind an identity, made on first sight; `name` is kept as last seen."""
        number = self._identities.setdefault(identity, PersonId(len(self._persons) + 1))
        person = self._persons[number] = Person(number, name)
        return person

    async def people(self, ids: Iterable[PersonId]) -> Mapping[PersonId, str]:
        """The names of these people, as last seen; who is not known is left out."""
        return {number: self._persons[number].name for number in sorted(set(ids)) if number in self._persons}

    async def identities(self, person: PersonId) -> tuple[Identity, ...]:
        """As whom a person is known on each platform."""
        return tuple(known for known, who in self._identities.items() if who == person)

    async def wallet_of(self, owner: Owner) -> Wallet | None:
        """The wallet of a person or a chat, if it was opened."""
        wallet = self._owned.get(owner)
        return None if wallet is None else Wallet(wallet, self._books[wallet].settings)

    async def open_wallet(self, owner: Owner, settings: Settings, look: datetime | None = None) -> Wallet:
        """The owner's wallet, made with these settings where there is none, and when it is looked at next."""
        if isinstance(owner, int) and owner not in self._persons:
            raise RefusedError(Unknown("person", str(owner)))
        known = await self.wallet_of(owner) or self._opened(owner, settings)
        self._look_again(known.id, look)
        return known

    def _opened(self, owner: Owner, settings: Settings) -> Wallet:
        self._made += 1
        wallet = self._owned[owner] = WalletId(self._made)
        self._books[wallet] = Book(wallet, owner, settings)
        self._books[wallet].settle(settings)
        return Wallet(wallet, settings)

    def _look_again(self, wallet: WalletId, look: datetime | None) -> None:
        if look is not None:
            self._due[look_at(wallet)] = look

    async def settings_of(self, wallet: WalletId) -> Settings:
        """The settings of a wallet."""
        if wallet not in self._books:
            raise RefusedError(Unknown("wallet", str(wallet)))
        return self._books[wallet].settings

    async def save_settings(self, wallet: WalletId, settings: Settings, look: datetime | None = None) -> None:
        """Keep a wallet's settings, and when it is looked at next."""
        await self.settings_of(wallet)
        self._books[wallet].settle(settings)
        self._look_again(wallet, look)

    async def chat(self, ref: ChatRef) -> Chat | None:
        """The chat as last saved."""
        return self._chats.get(ref)

    async def save_chat(self, chat: Chat) -> None:
        """Keep a chat, over what was known of it."""
        self._chats[chat.ref] = chat

    async def move_chat(self, old: ChatRef, new: ChatRef) -> None:
        """A group changed its id: its row and its wallet follow, unless the new id has its own already."""
        if old == new:
            return
        chat = self._chats.pop(old, None)
        if chat is not None:
            self._chats.setdefault(new, replace(chat, ref=new))
        if old in self._owned and self._give_way(new):
            wallet = self._owned[new] = self._owned.pop(old)
            self._books[wallet].owner = new

    def _give_way(self, ref: ChatRef) -> bool:
        """Whether a chat's place is free; a wallet in which nothing was booked gives way."""
        wallet = self._owned.get(ref)
        if wallet is None:
            return True
        if self._books[wallet].entries:
            return False
        del self._owned[ref], self._books[wallet]
        return True

    async def note(self, name: str, now: datetime) -> str | None:
        """The text under a name, while its time lasts."""
        text, until = self._notes.get(name, (None, None))
        return None if until is not None and until <= now else text

    async def put_note(self, name: str, text: str, until: datetime | None) -> None:
        """Keep a text under a name, over what was there."""
        self._notes[name] = (text, until)

    async def drop_note(self, name: str) -> None:
        """Forget a name; harmless where there is none."""
        self._notes.pop(name, None)

    async def sweep_notes(self, now: datetime) -> None:
        """Forget the notes whose time is over."""
        self._notes = {name: kept for name, kept in self._notes.items() if kept[1] is None or kept[1] > now}
