"""The reference store's directory."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.scheduling.task import next_morning
from core.shared.ids import PersonId, WalletId
from core.shared.refusals import RefusedError, Unknown
from core.wallets.people import ChatRef, Person, Wallet
from core.wallets.ports import daily_review_name
from storage.memory.book import Book
from storage.writer.invariants import check_settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from core.wallets.people import Chat, ChatKind, Identity, Owner
    from core.wallets.settings import Settings
    from storage.memory.outbox import MemoryOutbox
    from storage.memory.subscriptions import MemorySubscriptions
    from storage.memory.tables import Tables


class MemoryPeople:
    """Implements `core.wallets.ports.Directory`."""

    def __init__(self, tables: Tables, subscriptions: MemorySubscriptions, outbox: MemoryOutbox) -> None:
        """What becomes of a chat concerns its one of the `subscriptions`, and what waits for it in the `outbox`."""
        self._tables, self._subscriptions, self._outbox = tables, subscriptions, outbox

    async def person(self, identity: Identity, name: str) -> Person:
        number = self._tables.identities.setdefault(identity, PersonId(len(self._tables.persons) + 1))
        self._tables.persons[number] = Person(number, name)
        now = self._now(number)
        if now in self._tables.used:
            self._tables.used[now] = identity
        person = self._tables.persons[now]
        return person if now == number else replace(person, formerly=number)

    def _now(self, person: PersonId) -> PersonId:
        """Whoever stands for a person."""
        return self._tables.into.get(person, person)

    async def names(self, ids: Iterable[PersonId]) -> Mapping[PersonId, str]:
        known = (number for number in sorted(set(ids)) if number in self._tables.persons)
        named = {number: self._tables.persons[self._now(number)].name for number in known}
        return {number: name for number, name in named.items() if name}

    async def standing_for(self, ids: Iterable[PersonId]) -> Mapping[PersonId, PersonId]:
        return {number: self._tables.into[number] for number in sorted(set(ids)) if number in self._tables.into}

    async def same_as(self, person: PersonId) -> tuple[PersonId, ...]:
        now = self._now(person)
        return (now, *sorted(one for one, into in self._tables.into.items() if into == now))

    async def own_person(self, identity: Identity) -> PersonId | None:
        return self._tables.identities.get(identity)

    async def identities(self, person: PersonId) -> tuple[Identity, ...]:
        return self.known_as(person)

    def known_as(self, person: PersonId) -> tuple[Identity, ...]:
        """All identities of whoever stands for a person: the one that was used last comes first."""
        now = self._now(person)
        known = [identity for identity, who in self._tables.identities.items() if self._now(who) == now]
        used = self._tables.used.get(now)
        return tuple(sorted(known, key=lambda one: (one != used, one.platform, one.user)))

    async def wallet_of(self, owner: Owner) -> Wallet | None:
        wallet = self._tables.owned.get(owner if isinstance(owner, ChatRef) else self._now(owner))
        if wallet is not None and not self._tables.books[wallet].closed:
            return Wallet(wallet, self._tables.books[wallet].settings)
        used = self._tables.joined.get(owner) if isinstance(owner, ChatRef) else None
        return None if used is None else Wallet(used, self._tables.books[used].settings, joined=True)

    async def group_of(self, wallet: WalletId) -> ChatRef | None:
        owner = self._tables.books[wallet].owner if wallet in self._tables.books else None
        return owner if isinstance(owner, ChatRef) else None

    async def groups_of(self, wallet: WalletId) -> tuple[ChatRef, ...]:
        first = await self.group_of(wallet)
        joined = (ref for ref, used in self._tables.joined.items() if used == wallet)
        return () if first is None else (first, *sorted(joined, key=lambda ref: (ref.platform, ref.id)))

    async def join_group(self, ref: ChatRef, wallet: WalletId) -> bool:
        await self.settings_of(wallet)
        if ref in self._tables.joined or self._tables.owned.get(ref) == wallet or not self._make_room(ref):
            return self._tables.joined.get(ref) == wallet
        self._tables.joined[ref] = wallet
        return True

    async def leave_group(self, ref: ChatRef) -> bool:
        return self._tables.joined.pop(ref, None) is not None

    async def members(self, wallet: WalletId) -> tuple[PersonId, ...]:
        return tuple(sorted({self._now(person) for person in self._tables.members.get(wallet, ())}))

    async def note_member(self, wallet: WalletId, person: PersonId, now: datetime) -> None:
        self._tables.members.setdefault(wallet, {}).setdefault(person, now)

    async def open_wallet(self, owner: Owner, settings: Settings, review_at: datetime | None = None) -> Wallet:
        now = owner if isinstance(owner, ChatRef) else self._now(owner)
        known = await self.wallet_of(now)
        if known is None and isinstance(now, int) and not self._may_open(now):
            raise RefusedError(Unknown("person", str(owner)))
        known = known or self._opened(now, settings)
        self._schedule_review(known.id, review_at)
        return known

    def _may_open(self, person: PersonId) -> bool:
        """Whether a person is known, and was not forgotten."""
        known = self._tables.persons.get(person)
        return known is not None and known.name != "" and person not in self._tables.owned

    def _opened(self, owner: Owner, settings: Settings) -> Wallet:
        check_settings(settings)
        self._tables.wallets_made += 1
        wallet = self._tables.owned[owner] = WalletId(self._tables.wallets_made)
        self._tables.books[wallet] = Book(wallet, owner, settings)
        self._tables.books[wallet].set_settings(settings)
        return Wallet(wallet, settings)

    def _schedule_review(self, wallet: WalletId, review_at: datetime | None) -> None:
        if review_at is not None:
            self._tables.due[daily_review_name(wallet)] = next_morning(daily_review_name(wallet), review_at)

    async def settings_of(self, wallet: WalletId) -> Settings:
        if wallet not in self._tables.books:
            raise RefusedError(Unknown("wallet", str(wallet)))
        return self._tables.books[wallet].settings

    async def _open_settings(self, wallet: WalletId) -> Settings:
        if wallet in self._tables.books and self._tables.books[wallet].closed:
            raise RefusedError(Unknown("wallet", str(wallet)))
        return await self.settings_of(wallet)

    async def save_settings(self, wallet: WalletId, settings: Settings, review_at: datetime | None = None) -> None:
        await self._open_settings(wallet)
        check_settings(settings)
        self._tables.books[wallet].set_settings(settings)
        self._schedule_review(wallet, review_at)

    async def replace_settings(
        self, wallet: WalletId, seen: Settings, settings: Settings, review_at: datetime | None = None
    ) -> bool:
        unchanged = await self._open_settings(wallet) in (seen, settings)
        if unchanged:
            await self.save_settings(wallet, settings, review_at)
        return unchanged

    async def chat(self, ref: ChatRef) -> Chat | None:
        return self._tables.chats.get(ref)

    async def note_reachable(self, chat: Chat, now: datetime) -> None:
        self._subscriptions.note_reachable(chat, now)

    async def note_unreachable(
        self, ref: ChatRef, kind: ChatKind, why: str, now: datetime, *, tried: datetime | None = None
    ) -> None:
        known = self._tables.chats.get(ref)
        if tried is None or known is None or not known.is_back_since(tried, now):
            self._outbox.lose(ref, kind, why, now)

    async def move_chat(self, old: ChatRef, new: ChatRef) -> None:
        if old == new:
            return
        self._subscriptions.move(old.platform, old.id, new.id)
        chat = self._tables.chats.pop(old, None)
        if chat is not None:
            self._tables.chats.setdefault(new, replace(chat, ref=new))
        if old in self._tables.owned and self._make_room(new):
            self._tables.joined.pop(new, None)  # books of its own are worth more
            wallet = self._tables.owned[new] = self._tables.owned.pop(old)
            self._tables.books[wallet].owner = new
        elif old in self._tables.joined and new not in self._tables.joined and self._make_room(new):
            self._tables.joined[new] = self._tables.joined.pop(old)

    def _make_room(self, ref: ChatRef) -> bool:
        """Whether a chat has no wallet of its own. One in which nothing is kept, and that nobody joined, is dropped."""
        wallet = self._tables.owned.get(ref)
        if wallet is None:
            return True
        book, kept = self._tables.books[wallet], (self._tables.incomes, self._tables.named_bids)
        if book.entries or book.batches or any(some.get(wallet) for some in kept):
            return False
        if wallet in self._tables.joined.values():
            return False
        del self._tables.owned[ref], self._tables.books[wallet]
        self._tables.members.pop(wallet, None)
        return True
