"""The reference store's subscriptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.delivery.notice import Subscription
    from storage.memory.tables import Tables


class MemorySubscriptions:
    """Implements `core.delivery.ports.Subscriptions`."""

    def __init__(self, tables: Tables) -> None:
        self._subscribed = tables.subscriptions

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

    def lose(self, platform: str, chat: str, why: str) -> None:
        """Note that a chat cannot be reached any more."""
        if (one := self._subscribed.get((platform, chat))) is not None:
            self._subscribed[platform, chat] = one._replace(gone=why)
