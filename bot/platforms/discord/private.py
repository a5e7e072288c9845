"""The private chats with people. To open one is a call of its own, which counts against the limits like a message."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

import discord

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from core.delivery.outcome import Outcome

MOST_KNOWN: Final = 50_000


class PrivateChats:
    """Opens each chat once: the library itself knows the latest 128 only, and would open all others anew each time."""

    def __init__(self, client: discord.Client, most: int = MOST_KNOWN) -> None:
        """Begin with none open; of more than `most`, those that were not written to for the longest are forgotten."""
        self._client, self._most = client, most
        self._channels: OrderedDict[str, int] = OrderedDict()

    def knows(self, user: str) -> bool:
        """Whether the chat with somebody is open."""
        return user in self._channels

    async def write(self, user: str, work: Callable[[discord.abc.Messageable], Awaitable[Outcome]]) -> Outcome:
        """Write to somebody, where needed into a chat that is opened first; after a refusal it is opened anew."""
        channel = self._channels.pop(user, None)
        if channel is None:
            channel = (await self._client.create_dm(discord.Object(int(user)))).id
        outcome = await work(self._client.get_partial_messageable(channel))
        self._channels[user] = channel
        if len(self._channels) > self._most:
            self._channels.popitem(last=False)
        return outcome
