"""Direct message channels. Opening one is a call of its own, and Discord takes many of them for spam."""

from __future__ import annotations

from collections import OrderedDict
from contextlib import suppress
from typing import TYPE_CHECKING, Final

import discord

from bot.platforms.discord.sending.refusals import NO_ACCESS, UNKNOWN_CHANNEL
from core.shared.refusals import UnavailableError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from core.delivery.outcome import Outcome
    from core.shared.ports import Clock, Notes

MOST_KNOWN: Final = 50_000


class PrivateChats:
    """Opens each channel once, for good: its id is kept as a note, and read when it is first needed."""

    def __init__(self, client: discord.Client, notes: Notes, clock: Clock, most: int = MOST_KNOWN) -> None:
        """At most `most` channels are remembered; of the others, the notes are read again."""
        self._client, self._notes, self._clock, self._most = client, notes, clock, most
        self._channels: OrderedDict[str, int] = OrderedDict()

    async def knows(self, user: str) -> bool:
        """Whether the channel to a user is open."""
        return await self._channel(user) is not None

    async def learn(self, user: str, channel: int) -> None:
        """Note the channel to a user, who has just written there."""
        with suppress(UnavailableError):  # then the next message will tell it
            if await self._channel(user) != channel:
                await self._keep(user, channel)

    async def write(self, user: str, work: Callable[[discord.abc.Messageable], Awaitable[Outcome]]) -> Outcome:
        """Write to a user, opening the channel if it is not known. It is forgotten only if there is none by its id."""
        channel = await self._channel(user)
        if channel is None:
            channel = (await self._client.create_dm(discord.Object(int(user)))).id
            await self._keep(user, channel)
        try:
            return await work(self._client.get_partial_messageable(channel))
        except discord.HTTPException as error:
            if error.code in (UNKNOWN_CHANNEL, NO_ACCESS):
                await self._forget(user)
            raise

    async def _channel(self, user: str) -> int | None:
        if user not in self._channels:
            noted = await self._notes.note(_name(user), self._clock.now())
            if not noted:
                return None
            self._remember(user, int(noted))
        self._channels.move_to_end(user)
        return self._channels[user]

    async def _keep(self, user: str, channel: int) -> None:
        self._remember(user, channel)
        with suppress(UnavailableError):  # it is known until the next start at least
            await self._notes.put_note(_name(user), str(channel), None)

    async def _forget(self, user: str) -> None:
        self._channels.pop(user, None)
        with suppress(UnavailableError):
            await self._notes.put_note(_name(user), "", self._clock.now())

    def _remember(self, user: str, channel: int) -> None:
        self._channels[user] = channel
        if len(self._channels) > self._most:
            self._channels.popitem(last=False)


def _name(user: str) -> str:
    return f"discord:dm:{user}"
