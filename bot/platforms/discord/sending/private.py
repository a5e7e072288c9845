"""Direct message channels. Opening one is a call that counts against the rate limits like a message."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

import discord

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from core.delivery.outcome import Outcome

MOST_KNOWN: Final = 50_000


class PrivateChats:
    """Opens each channel once; the library by itself only remembers the latest 128."""

    def __init__(self, client: discord.Client, most: int = MOST_KNOWN) -> None:
        """At most `most` channels are remembered; the least recently used are forgotten."""
        self._client, self._most = client, most
        self._channels: OrderedDict[str, int] = OrderedDict()

    def knows(self, user: str) -> bool:
        """Whether the channel to a user is open."""
        return user in self._channels

    async def write(self, user: str, work: Callable[[discord.abc.Messageable], Awaitable[Outcome]]) -> Outcome:
        """Write to a user, opening the channel if needed. After a refusal it will be opened again."""
        channel = self._channels.pop(user, None)
        if channel is None:
            channel = (await self._client.create_dm(discord.Object(int(user)))).id
        outcome = await work(self._client.get_partial_messageable(channel))
        self._channels[user] = channel
        if len(self._channels) > self._most:
            self._channels.popitem(last=False)
        return outcome
