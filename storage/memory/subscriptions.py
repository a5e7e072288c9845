"""The reference store's chats, and the subscriptions of those that get announcements."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from core.delivery import reach
from core.wallets.people import address, heard_from, retired

if TYPE_CHECKING:
    from datetime import datetime

    from core.delivery.notice import Subscription, Target
    from core.wallets.people import Chat, ChatKind, ChatRef
    from storage.memory.tables import Tables


class MemorySubscriptions:
    """Implements `core.delivery.ports.Subscriptions`."""

    def __init__(self, tables: Tables) -> None:
        self._subscribed, self._chats = tables.subscriptions, tables.chats

    async def subscribe(self, subscription: Subscription) -> None:
        self._subscribed[subscription.target.platform, subscription.target.chat] = subscription

    async def unsubscribe(self, platform: str, chat: str) -> bool:
        return self._subscribed.pop((platform, chat), None) is not None

    async def subscription(self, platform: str, chat: str) -> Subscription | None:
        return self._subscribed.get((platform, chat))

    async def subscribers(self) -> tuple[Subscription, ...]:
        return self.all()

    def all(self) -> tuple[Subscription, ...]:
        """All subscriptions, ordered by platform and chat."""
        return tuple(one for _, one in sorted(self._subscribed.items(), key=lambda item: item[0]))

    def move(self, platform: str, old: str, new: str) -> None:
        """Let a subscription follow a chat to its new id, unless that id has one of its own."""
        if (platform, new) not in self._subscribed and (one := self._subscribed.pop((platform, old), None)) is not None:
            self._subscribed[platform, new] = one._replace(target=one.target._replace(chat=new))

    async def restore_place(self, platform: str, chat: str, now: datetime) -> bool:
        one = self._subscribed.get((platform, chat))
        gone = "" if one is None else reach.place_back(one.gone)
        if one is None or gone == one.gone:
            return False
        self._subscribed[platform, chat] = one._replace(gone=gone)
        if one.target.ref in self._chats:
            self._chats[one.target.ref] = replace(self._chats[one.target.ref], since=now)
        return True

    def note_reachable(self, chat: Chat, now: datetime) -> None:
        """Note that a chat can be written to."""
        known = heard_from(self._chats.get(chat.ref), chat, now)
        one = self._subscribed.get((chat.ref.platform, address(chat.ref, chat.kind)))
        if one is not None and (gone := reach.back(one.gone)) != one.gone:
            self._subscribed[one.target[:2]] = one._replace(gone=gone)
            known = replace(known, since=now)
        self._chats[chat.ref] = known

    def lose(self, ref: ChatRef, kind: ChatKind, why: str, at: datetime) -> None:
        """Note that a chat cannot be reached any more."""
        self._chats[ref] = retired(self._chats.get(ref), ref, kind, why, at)
        if (one := self._subscribed.get((ref.platform, address(ref, kind)))) is not None:
            self._subscribed[one.target[:2]] = one._replace(gone=reach.lost(one.gone, why))

    def lose_place(self, target: Target, why: str) -> None:
        """Note that a place of a chat cannot be written to."""
        one = self._subscribed.get(target[:2])
        if one is not None and one.target.place == target.place:
            self._subscribed[target[:2]] = one._replace(gone=reach.place_lost(one.gone, why))

    def is_lost(self, target: Target) -> bool:
        """Whether nothing can be sent to a chat."""
        chat = self._chats.get(target.ref)
        return chat is not None and bool(chat.retired)

    def is_back_since(self, target: Target, then: datetime, now: datetime) -> bool:
        """Whether a chat has come back after a time."""
        chat = self._chats.get(target.ref)
        return chat is not None and chat.is_back_since(then, now)
