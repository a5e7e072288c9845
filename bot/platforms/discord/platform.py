"""Implements the platform port for Discord: runs one client at a time."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Final, Protocol

import discord

from bot.base.clock import SystemClock
from bot.delivery.carrier import NOT_CONNECTED
from bot.platforms.discord.client import Client
from bot.platforms.discord.interactions.responder import PATIENCE
from bot.platforms.discord.registration import Registration
from bot.platforms.discord.sending.channels import channel_names
from bot.platforms.discord.sending.invalid import InvalidAnswers
from bot.platforms.discord.settings import point_at
from bot.platforms.port import RejectedError
from bot.reply.parts import say
from bot.reply.words import FALLBACK_VOICE, Voice
from core.shared.ports import NoteStore

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.dispatch.desk import Desk
    from bot.platforms.discord.settings import DiscordSettings
    from bot.reply.parts import Reply
    from core.delivery.notice import Target
    from core.delivery.outcome import Outcome
    from core.shared.ports import Clock

FINAL: Final[Mapping[int, str]] = {
    4004: "discord-token-refused",
    4010: "discord-shard-refused",
    4011: "discord-sharding-required",
    4012: "discord-version-refused",
    4013: "discord-intents-invalid",
    4014: "discord-intents-refused",
}
"""The codes with which Discord closes a connection for good, and the sentence that says what would help."""


class DiscordStore(NoteStore, Protocol):
    """The ports of the store that this platform needs."""


class DiscordPlatform:
    """Serves the desk on Discord."""

    name = "discord"
    idempotent = True  # for some minutes, Discord returns the earlier message with the same nonce

    def __init__(
        self,
        settings: DiscordSettings,
        desk: Desk,
        store: DiscordStore,
        *,
        patience: float = PATIENCE,
        clock: Clock | None = None,
    ) -> None:
        """Nothing is connected before `run`. An answer that takes longer than `patience` seconds is deferred."""
        self._settings, self._desk, self._notes, self._patience = settings, desk, store.notes, patience
        self._clock = clock or SystemClock()
        self._invalid = InvalidAnswers(self._clock)  # of all connections, as Discord counts them by address
        self._client: Client | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Each call makes a new connection."""
        point_at(self._settings)
        _limit_library_logs()
        async with Client(self._desk, self._notes, self._clock, self._invalid, self._patience) as client:
            serving = asyncio.create_task(self._serve(client))
            stopping = asyncio.create_task(stop.wait())
            self._client = client
            try:
                await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
                if not stop.is_set():
                    await serving
            finally:
                self._client = None
                serving.cancel()
                stopping.cancel()
                await asyncio.gather(serving, stopping, return_exceptions=True)
                await client.finish()

    async def calls(self, target: Target) -> int:
        """Two if a direct message channel must be opened first."""
        client = self._ready()
        return 1 if client is None else await client.calls(target)

    async def is_admin(self, group: str, user: str) -> bool | None:
        """Whether a member may manage a server now."""
        client = self._ready()
        return None if client is None else await client.is_admin(int(group), int(user))

    async def is_member(self, group: str, user: str) -> bool | None:
        """Whether somebody is on a server now."""
        client = self._ready()
        return None if client is None else await client.is_member(int(group), int(user))

    async def lacks(self, target: Target) -> tuple[str, ...] | None:
        """What the bot lacks to write to a place: `view`, `send`, `threads`, `embeds`, `files`, or `unknown`."""
        client = self._ready()
        return None if client is None else await client.lacks(target)

    def names(self, group: str) -> Mapping[str, str]:
        """The names of a server's channels and threads."""
        client = self._ready()
        return {} if client is None else channel_names(client.get_guild(int(group)))

    async def carry(self, target: Target, given: Reply, speak: Voice, nonce: str) -> Outcome:
        """Send a reply; Discord limits the nonce to 25 characters."""
        client = self._ready()
        return NOT_CONNECTED if client is None else await client.carry(target, given, speak, nonce)

    async def amend(self, target: Target, message: str, given: Reply, speak: Voice) -> Outcome:  # noqa: ARG002 - the message names the channel
        """Edit a message; its id also names the channel."""
        client = self._ready()
        return NOT_CONNECTED if client is None else await client.amend(message, given, speak)

    async def withdraw(self, target: Target, message: str) -> Outcome:  # noqa: ARG002 - the message names the channel
        """Delete a message; its id also names the channel."""
        client = self._ready()
        return NOT_CONNECTED if client is None else await client.withdraw(message)

    def _ready(self) -> Client | None:
        return self._client if self._client is not None and self._client.is_ready() else None

    async def _serve(self, client: Client) -> None:
        """Receive events until the connection is lost for good; always ends in an error."""
        try:
            await client.login(self._settings.discord_token.get_secret_value())
            registration = Registration(client, self._notes)
            await registration.register(self._desk.all_commands, self._settings.discord_operator_commands)
            await client.connect()
        except discord.LoginFailure:
            raise _rejected(4004) from None
        except discord.PrivilegedIntentsRequired:
            raise _rejected(4014) from None
        except discord.ConnectionClosed as error:
            raise (_rejected(error.code) if error.code in FINAL else error) from None
        except AttributeError as error:
            # The library fails in this way if the gateway is away at the first connection.
            if getattr(client, "ws", None) is not None:
                raise
            raise ConnectionError("Discord's gateway cannot be reached") from error
        raise ConnectionError("Discord closed the connection")


def _rejected(code: int) -> RejectedError:
    return RejectedError(FALLBACK_VOICE.say(say(FINAL[code])))


def _limit_library_logs() -> None:
    """Below WARNING the library logs every request and event; at WARNING, that it has no voice support."""
    logging.getLogger("discord").setLevel(logging.WARNING)
    discord.VoiceClient.warn_nacl = False
    discord.VoiceClient.warn_dave = False
