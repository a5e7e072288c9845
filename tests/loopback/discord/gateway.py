"""The gateway, version 10."""

# ruff: noqa: ASYNC109 - a timeout here bounds a failure, and tests name it at the call

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

import aiohttp
from aiohttp import web

from tests.loopback.discord.compression import encoder
from tests.loopback.discord.sessions import GUILDS, PRIVILEGED, Connection, Session
from tests.patience import PATIENCE

if TYPE_CHECKING:
    from tests.loopback.discord.state import State
    from tests.loopback.discord.wire import Json
    from tests.loopback.discord.world import Chat, Guild

DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, VOICE, RESUME, RECONNECT = 0, 1, 2, 3, 4, 6, 7
REQUEST_MEMBERS, INVALID_SESSION, HELLO, HEARTBEAT_ACK = 8, 9, 10, 11
HEARTBEAT_INTERVAL = 41_250
SHARDS_REQUIRED = 3  # Discord recommends a shard for each 1,000 guilds, and demands them from 2,500 on


class CloseError(Exception):
    """The server ends the connection with a code and its reason."""


class Gateway:
    """Counts what a bot does to its connection, and breaks it on demand."""

    def __init__(self) -> None:
        self.identifies = 0
        self.resumes = 0
        """Sessions that were taken up again."""
        self.refused = 0
        """Connections turned away by `refuse`."""
        self.heartbeats = 0
        self.presences: list[Json] = []
        self.compressions: list[str | None] = []
        self.close_codes: list[int] = []
        """With which codes the server closed connections."""
        self.granted = -1
        """Intents switched on in the developer portal; asking for a privileged one beyond them closes with 4014."""
        self.url = ""
        self._state: State | None = None
        self._sessions: dict[str, Session] = {}
        self._refusals = 0
        self._turned_away: tuple[int, str] | None = None

    def attach(self, state: State) -> None:
        self._state = state

    @property
    def state(self) -> State:
        assert self._state is not None
        return self._state

    @property
    def is_connected(self) -> bool:
        return any(session.connection is not None for session in self._sessions.values())

    @property
    def events(self) -> int:
        """How many its sessions were sent."""
        return sum(session.seq for session in self._sessions.values())

    async def connected(self, timeout: float = PATIENCE) -> None:
        """Until a bot has identified or resumed."""
        await self.state.pulse.until(lambda: self.is_connected, "a bot at the gateway", timeout)

    async def disconnected(self, timeout: float = PATIENCE) -> None:
        await self.state.pulse.until(lambda: not self.is_connected, "the bot to leave the gateway", timeout)

    def announce(self, event: str, data: Json, place: Chat | Guild) -> None:
        for session in self._sessions.values():
            if session.wants(event, place):
                session.dispatch(event, data, place)

    def drop(self, *, resumable: bool = True) -> None:
        """Cut all lines without a word; with resumable=False the sessions die with them."""
        for connection in self._forget(resumable=resumable):
            connection.cut()

    def ask_to_reconnect(self) -> None:
        """Send RECONNECT, as Discord does before a deploy."""
        for connection in self._connections():
            connection.send(RECONNECT)

    def invalidate(self, *, resumable: bool = False) -> None:
        """Send INVALID_SESSION."""
        for connection in self._forget(resumable=resumable):
            connection.send(INVALID_SESSION, resumable)

    def refuse(self, times: int) -> None:
        """Turn the next connections away with 503."""
        self._refusals = times

    def turn_away(self, code: int, reason: str) -> None:
        """Close every connection that identifies from now on, with this code."""
        self._turned_away = code, reason

    async def close(self) -> None:
        for connection in self._forget(resumable=False):
            await connection.socket.close(code=aiohttp.WSCloseCode.GOING_AWAY)

    async def serve(self, request: web.Request) -> web.StreamResponse:
        if self._refusals:
            self._refusals -= 1
            self.refused += 1
            self.state.pulse.beat()
            return web.Response(status=503, text="upstream connect error")
        compression = request.query.get("compress")
        if request.query.get("v") != "10" or request.query.get("encoding") != "json":
            return web.Response(status=400, text="only v=10 and encoding=json are spoken here")
        self.compressions.append(compression)
        socket = web.WebSocketResponse(compress=False)
        await socket.prepare(request)
        connection = Connection(socket, request, encoder(compression))
        writer = asyncio.create_task(connection.write())
        try:
            connection.send(HELLO, {"heartbeat_interval": HEARTBEAT_INTERVAL})
            await self._converse(connection)
        finally:
            writer.cancel()
            self._left(connection)
        return socket

    async def _converse(self, connection: Connection) -> None:
        try:
            async for message in connection.socket:
                if message.type is aiohttp.WSMsgType.TEXT:
                    self._hear(connection, message.data)
        except CloseError as close:
            code, reason = close.args
            self.close_codes.append(code)
            await connection.socket.close(code=code, message=reason.encode())

    def _hear(self, connection: Connection, text: str) -> None:
        try:
            payload = json.loads(text)
            op, data = payload["op"], payload.get("d")
        except (ValueError, KeyError, TypeError) as problem:
            raise CloseError(4002, "Error while decoding payload.") from problem
        if op == HEARTBEAT:
            self.heartbeats += 1
            connection.send(HEARTBEAT_ACK)
        elif op == IDENTIFY:
            self._identify(connection, data)
        elif op == RESUME:
            self._resume(connection, data)
        elif connection.session is None:
            raise CloseError(4003, "Not authenticated.")
        elif op == REQUEST_MEMBERS:
            self._send_members(connection.session, data)
        elif op == PRESENCE:
            self.presences.append(data)
        elif op != VOICE:
            raise CloseError(4001, "Unknown opcode.")
        self.state.pulse.beat()

    def _identify(self, connection: Connection, data: Json) -> None:
        self.identifies += 1
        if connection.session is not None:
            raise CloseError(4005, "Already authenticated.")
        if data.get("token") != self.state.token:
            raise CloseError(4004, "Authentication failed.")
        intents = data.get("intents")
        if not isinstance(intents, int) or intents < 0 or intents >> 26:
            raise CloseError(4013, "Invalid intent(s).")
        if intents & PRIVILEGED & ~self.granted:
            raise CloseError(4014, "Disallowed intent(s).")
        if self._turned_away is not None:
            raise CloseError(*self._turned_away)
        if self.state.shards >= SHARDS_REQUIRED and not data.get("shard"):
            raise CloseError(4011, "Sharding required.")
        number, count = data.get("shard") or (0, 1)
        if not 0 <= number < count:
            raise CloseError(4010, "Invalid shard.")
        session = Session(f"session-{self.state.ids.make()}", intents, (number, count), self.state.bot.id)
        self._sessions[session.id] = session
        self._join(connection, session)
        self._greet(session)

    def _greet(self, session: Session) -> None:
        guilds = [guild for guild in self.state.guilds.values() if session.wants("READY", guild)]
        ready = {
            "v": 10,
            "user": self.state.bot.payload(),
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "resume_gateway_url": f"{self.url}resume/",
            "shard": list(session.shard),
            "application": {"id": str(self.state.application_id), "flags": 0},
        }
        session.dispatch("READY", ready)
        if session.intents & GUILDS:
            for guild in guilds:
                session.dispatch("GUILD_CREATE", guild.payload() | {"unavailable": False})

    def _resume(self, connection: Connection, data: Json) -> None:
        if data.get("token") != self.state.token:
            raise CloseError(4004, "Authentication failed.")
        session = self._sessions.get(str(data.get("session_id")))
        if session is None:
            connection.send(INVALID_SESSION, data=False)
            return
        seq = data.get("seq")
        if not isinstance(seq, int) or seq > session.seq:
            raise CloseError(4007, "Invalid seq.")
        self.resumes += 1
        self._join(connection, session)
        session.replay(seq)
        session.dispatch("RESUMED", {"_trace": []})

    def _send_members(self, session: Session, data: Json) -> None:
        guild = self.state.guilds[int(data["guild_id"])]
        wanted = {int(number) for number in data.get("user_ids") or []}
        members = [user for user, _ in guild.members.values() if not wanted or user.id in wanted]
        chunk = {
            "guild_id": str(guild.id),
            "members": [guild.member(user) for user in members],
            "chunk_index": 0,
            "chunk_count": 1,
            "nonce": data.get("nonce"),
        }
        session.dispatch("GUILD_MEMBERS_CHUNK", chunk)

    @staticmethod
    def _join(connection: Connection, session: Session) -> None:
        connection.session = session
        session.connection = connection

    def _left(self, connection: Connection) -> None:
        """A close with 1000 or 1001 by the bot ends its session; any other leaves it open to be resumed."""
        session = connection.session
        if session is not None and session.connection is connection:
            session.connection = None
            if connection.socket.close_code in (1000, 1001):
                self._sessions.pop(session.id, None)
        self.state.pulse.beat()

    def _connections(self) -> list[Connection]:
        return [session.connection for session in self._sessions.values() if session.connection is not None]

    def _forget(self, *, resumable: bool) -> list[Connection]:
        connections = self._connections()
        for connection in connections:
            if connection.session is not None:
                connection.session.connection = None
                connection.session = None
        if not resumable:
            self._sessions.clear()
        return connections
