"""Gateway sessions: what they have been sent, and which events are theirs."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.loopback.discord.world import Guild

if TYPE_CHECKING:
    from aiohttp import web

    from tests.loopback.discord.compression import Encoder
    from tests.loopback.discord.wire import Json
    from tests.loopback.discord.world import Chat

GUILDS, GUILD_MEMBERS, GUILD_PRESENCES = 1 << 0, 1 << 1, 1 << 8
GUILD_MESSAGES, DIRECT_MESSAGES, MESSAGE_CONTENT = 1 << 9, 1 << 12, 1 << 15
PRIVILEGED = GUILD_MEMBERS | GUILD_PRESENCES | MESSAGE_CONTENT
BLANK: Json = {"content": "", "embeds": [], "attachments": [], "components": []}


class Connection:
    """One WebSocket; what is to be sent waits in a queue, so that events keep their order."""

    def __init__(self, socket: web.WebSocketResponse, request: web.Request, encoder: Encoder) -> None:
        self.socket = socket
        self._transport = request.transport
        self._encoder = encoder
        self._queue: asyncio.Queue[Json] = asyncio.Queue()
        self.session: Session | None = None

    def send(self, op: int, data: object = None, *, event: str | None = None, seq: int | None = None) -> None:
        self._queue.put_nowait({"op": op, "d": data, "t": event, "s": seq})

    async def write(self) -> None:
        """Send what is queued, for as long as the connection stands."""
        while not self.socket.closed:
            raw = self._encoder.encode(await self._queue.get())
            try:
                await (self.socket.send_bytes(raw) if isinstance(raw, bytes) else self.socket.send_str(raw))
            except ConnectionError:
                return

    def cut(self) -> None:
        """Drop the line without a word."""
        if self._transport is not None:
            self._transport.abort()


@dataclass(eq=False)
class Session:
    """What survives a lost connection."""

    id: str
    intents: int
    shard: tuple[int, int]
    bot_id: int
    seq: int = 0
    sent: list[tuple[int, str, Json]] = field(default_factory=list)
    connection: Connection | None = None

    def wants(self, event: str, place: Chat | Guild) -> bool:
        guild = place if isinstance(place, Guild) else place.guild
        number, count = self.shard
        if (0 if guild is None else (guild.id >> 22) % count) != number:
            return False
        if isinstance(place, Guild) and not place.bot_in:
            return False
        if not isinstance(place, Guild) and not place.has_bot:
            return event == "INTERACTION_CREATE"  # of a person who has installed the bot
        if event.startswith("MESSAGE_"):
            return bool(self.intents & (DIRECT_MESSAGES if guild is None else GUILD_MESSAGES))
        if event.startswith(("GUILD_", "CHANNEL_")):
            return bool(self.intents & GUILDS)
        return True

    def dispatch(self, event: str, data: Json, place: Chat | Guild | None = None) -> None:
        if event.startswith("MESSAGE_") and place is not None:
            data = self._tailored(data)
        self.seq += 1
        self.sent.append((self.seq, event, data))
        if self.connection is not None:
            self.connection.send(0, data, event=event, seq=self.seq)

    def replay(self, after: int) -> None:
        for seq, event, data in self.sent:
            if seq > after and self.connection is not None:
                self.connection.send(0, data, event=event, seq=seq)

    def _tailored(self, data: Json) -> Json:
        """Without the intent, guild messages come blank, save the bot's own and those that mention it."""
        if self.intents & MESSAGE_CONTENT or "guild_id" not in data or "author" not in data:
            return data
        mine = str(self.bot_id)
        if data["author"]["id"] == mine or any(user["id"] == mine for user in data["mentions"]):
            return data
        return data | BLANK
