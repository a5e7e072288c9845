"""What stands in the chats of a platform, whatever becomes of the process that sends there."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from multiprocessing import Pipe
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from tests.crash.hall import MARK
from tests.loopback.discord import DiscordServer, SystemClock
from tests.loopback.telegram import TelegramServer

if sys.platform == "linux":
    from fcntl import F_SETPIPE_SZ, fcntl

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Iterable, Mapping
    from contextlib import AbstractAsyncContextManager
    from multiprocessing.connection import Connection

    from tests.crash.clock import SharedClock
    from tests.loopback.travel import Travel

LOW: Final = re.compile(r"Running low: ([\d,]+) Connects")  # said as an announcement, which no balance makes untrue
CHUNK: Final = 65_536
PIPE: Final = 4096


class Standing(NamedTuple):
    """A message in a chat, by the number that it tells."""

    chat: str
    number: int


class World(Protocol):
    """A platform with its groups and its people."""

    groups: tuple[str, ...]
    people: tuple[str, ...]
    places: Mapping[str, str]
    """By group, the place in which its notices stand, where the group alone is none."""
    notes: Mapping[str, str]
    """What the bot has noted when it was there before."""

    @property
    def settings(self) -> dict[str, str]:
        """What a process must be told to find it."""
        ...

    @property
    def wall(self) -> Connection | None:
        """Where a console shows what it shows."""
        ...

    def arrived(self) -> int:
        """How many messages of the bot there are."""
        ...

    def standing(self) -> list[Standing]:
        """All of them."""
        ...


def read(chat: str, text: str) -> Standing:
    found = LOW.search(text)
    assert found is not None, text
    return Standing(chat, int(found[1].replace(",", "")))


@dataclass
class Telegram:
    server: TelegramServer
    groups: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    wall: Connection | None = None
    places: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)

    @property
    def settings(self) -> dict[str, str]:
        return {"telegram_token": self.server.token, "telegram_api_url": self.server.url}

    def arrived(self) -> int:
        return sum(len(chat.messages) for chat in self.server.state.chats.values())

    def standing(self) -> list[Standing]:
        return [
            read(str(chat.id), message.text) for chat in self.server.state.chats.values() for message in chat.messages
        ]


@asynccontextmanager
async def telegram(chats: int, clock: SharedClock | None = None) -> AsyncGenerator[Telegram]:
    async with TelegramServer(clock=clock) as server:
        groups = tuple(str(server.group(f"Team {number}").id) for number in range(chats // 2))
        people = tuple(str(server.user(f"P{number}", started=True).id) for number in range(chats - len(groups)))
        yield Telegram(server, groups, people)


@dataclass
class Discord:
    server: DiscordServer
    groups: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    wall: Connection | None = None
    places: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)

    @property
    def settings(self) -> dict[str, str]:
        server = self.server
        return {
            "discord_token": server.token,
            "discord_api_url": server.api_url,
            "discord_gateway_url": server.gateway.url,
        }

    def arrived(self) -> int:
        return len(self.server.state.messages)

    def standing(self) -> list[Standing]:
        chats = self.server.state.chats
        owners = {chat.id: (chat.guild or chat.recipient) for chat in chats.values()}
        found = []
        for message in self.server.state.messages:
            owner = owners[message.channel_id]
            assert owner is not None
            found.append(read(str(owner.id), f"{message.content} {message.embeds}"))
        return found


@dataclass(frozen=True)
class DiscordClock:
    """The shared clock, as Discord's server reads it: what is sent twice is one message only while it is fresh."""

    shared: SharedClock

    def now(self) -> float:
        return self.shared.now().timestamp()


@asynccontextmanager
async def discord(chats: int, clock: SharedClock | None = None) -> AsyncGenerator[Discord]:
    async with DiscordServer(clock=DiscordClock(clock) if clock else SystemClock()) as server:
        guilds = [server.guild(f"Team {number}") for number in range(chats // 2)]
        persons = [server.person(f"P{number}") for number in range(chats - len(guilds))]
        groups, people = (tuple(str(one.id) for one in some) for some in (guilds, persons))
        places = {str(guild.id): str(guild.channel("general").id) for guild in guilds}
        opened = {f"discord:dm:{person.id}": str(person.dm.id) for person in persons}
        yield Discord(server, groups, people, places=places, notes=opened)


@dataclass
class Console:
    groups: tuple[str, ...]
    people: tuple[str, ...]
    wall: Connection | None
    source: Connection
    lines: list[str] = field(default_factory=list)
    _rest: bytes = b""

    settings: dict[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)

    def arrived(self) -> int:
        return len(self.lines)

    def standing(self) -> list[Standing]:
        told = (line.removeprefix(MARK).partition(" ") for line in self.lines)
        return [read(chat, text) for chat, _, text in told]

    def take(self) -> None:
        """Read what is there; a process that was killed may have left a half of a line."""
        *whole, self._rest = (self._rest + os.read(self.source.fileno(), CHUNK)).split(b"\n")
        lines = [part for line in whole for part in line.decode().split(MARK) if part]
        self.lines += [line for line in lines if LOW.search(line)]


def _narrow(sink: Connection) -> None:
    """Let a sender be some lines ahead of what was read, and no more; a pipe would take half of all there are."""
    if sys.platform == "linux":
        fcntl(sink.fileno(), F_SETPIPE_SZ, PIPE)


@asynccontextmanager
async def console(chats: int, _clock: SharedClock) -> AsyncGenerator[Console]:
    source, sink = Pipe(duplex=False)
    _narrow(sink)
    groups = tuple(f"#team{number}" for number in range(chats // 2))
    people = tuple(f"p{number}" for number in range(chats - len(groups)))
    world, loop = Console(groups, people, sink, source), asyncio.get_running_loop()
    loop.add_reader(source.fileno(), world.take)
    try:
        yield world
    finally:
        loop.remove_reader(source.fileno())
        source.close()
        sink.close()


WORLDS: Final[dict[str, Callable[[int, SharedClock], AbstractAsyncContextManager[World]]]] = {
    "telegram": telegram,
    "discord": discord,
    "console": console,
}


def slowed(world: World) -> Iterable[Travel]:
    """The ways to a world that can take time."""
    return [world.server.travel] if isinstance(world, (Telegram, Discord)) else []
