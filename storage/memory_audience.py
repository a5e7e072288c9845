"""The reference store's subscriptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.memory_people import MemoryPeople

if TYPE_CHECKING:
    from core.audience import Subscription
    from core.people import ChatRef


class MemoryAudience(MemoryPeople):
    """The chats that want to hear announcements."""

    def __init__(self) -> None:
        super().__init__()
        self._subscribed: dict[tuple[str, str], Subscription] = {}

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
        return self._subscribers()

    def _subscribers(self) -> tuple[Subscription, ...]:
        return tuple(one for _, one in sorted(self._subscribed.items(), key=lambda item: item[0]))

    async def move_chat(self, old: ChatRef, new: ChatRef) -> None:
        """A group changed its id: all that is its own follows."""
        self._move_subscription(old.platform, old.id, new.id)
        await super().move_chat(old, new)

    def _move_subscription(self, platform: str, old: str, new: str) -> None:
        if (platform, new) not in self._subscribed and (one := self._subscribed.pop((platform, old), None)) is not None:
            self._subscribed[platform, new] = one._replace(target=one.target._replace(chat=new))

    def _lose_subscription(self, platform: str, chat: str, why: str) -> None:
        if (one := self._subscribed.get((platform, chat))) is not None:
            self._subscribed[platform, chat] = one._replace(gone=why)
