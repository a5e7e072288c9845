"""The reference store's subscriptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.delivery.notice import Subscription
    from storage.memory.tables import Tables


class MemorySubscriptions:
    """The chats that want to hear announcements."""

    def __init__(self, tables: Tables) -> None:
        self._subscribed = tables.subscriptions

    async def subscribe(self, one: Subscription) -> None:
        """Keep a subscription, over what was kept of its chat."""
        self._subscribed[one.target.platform, one.target.chat] = one

    async def unsubscribe(self, platform: str, chat: str) -> bool:
        """End a chat's subscription; whether there was one."""
        return self._subscribed.pop((platform, chat), None) is not None

    async def subscription(self, platform: str, chat: str) -> Subscription | None:
        """A chat's subscription."""
        return self._subscribed.get((platform, chat))

    async def subscribers(self) -> tuple[Subscription, ...]:
        """All of them, by platform and chat."""
        return self.all()

    def all(self) -> tuple[Subscription, ...]:
        """All of them, by platform and chat."""
        return tuple(one for _, one in sorted(self._subscribed.items(), key=lambda item: item[0]))

    def move(self, platform: str, old: str, new: str) -> None:
        """A chat has another id; where that one has subscribed already, its own subscription counts."""
        if (platform, new) not in self._subscribed and (one := self._subscribed.pop((platform, old), None)) is not None:
            self._subscribed[platform, new] = one._replace(target=one.target._replace(chat=new))

    def lose(self, platform: str, chat: str, why: str) -> None:
        """Nothing can be sent there any more."""
        if (one := self._subscribed.get((platform, chat))) is not None:
            self._subscribed[platform, chat] = one._replace(gone=why)
