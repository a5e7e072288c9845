"""Registers the commands with Discord, once for each change: it limits registrations per day."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import structlog

from bot.platforms.discord.commands import fingerprint, registered, registered_for_operators
from bot.platforms.discord.sending.calls import LOST, about

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    import discord

    from bot.command.declaration import Command
    from bot.platforms.discord.commands import Json
    from core.shared.ports import Notes

log = structlog.get_logger()
PRIVATELY: Final = "dm"
"""In place of a server: operators' commands are offered in direct messages with the bot."""


class Registration:
    """The commands of one application: those for all, and in some servers those for operators."""

    def __init__(self, client: discord.Client, notes: Notes) -> None:
        """`notes` remember what is registered."""
        self._client, self._notes = client, notes

    async def register(self, commands: Sequence[Command], operators_at: AbstractSet[str]) -> None:
        """Register what has changed, and take operators' commands away from where they are no longer wanted."""
        application = self._client.application
        anywhere = application is not None and application.user_integration_config is not None
        await self._put("", registered(commands, anywhere=anywhere, for_operators=PRIVATELY in operators_at))
        wanted, before = operators_at - {PRIVATELY}, await self._servers()
        await self._keep(before, before | wanted)  # first, so that after a crash they can still be taken away
        for server in sorted(wanted):
            await self._put(server, registered_for_operators(commands))
        refused = {server for server in before - wanted if not await self._put(server, [])}
        await self._keep(before | wanted, wanted | refused)

    async def _put(self, server: str, payload: list[Json]) -> bool:
        """Register the commands for all, or for a server, unless they are known; False if Discord refuses."""
        number, name, found = self._client.application_id, self._name(server), fingerprint(payload)
        if number is None or await self._notes.note(name, datetime.now(UTC)) == found:
            return True
        http = self._client.http
        try:
            if server:
                await http.bulk_upsert_guild_commands(number, int(server), payload=payload)
            else:
                await http.bulk_upsert_global_commands(number, payload=payload)
        except LOST as error:
            log.warning("commands_not_registered", platform="discord", server=server, **about(error))
            return False
        await self._notes.put_note(name, found, None)
        return True

    async def _servers(self) -> frozenset[str]:
        """Where operators' commands were registered last."""
        known = await self._notes.note(self._name("servers"), datetime.now(UTC)) or ""
        return frozenset(filter(None, known.split(",")))

    async def _keep(self, before: AbstractSet[str], servers: AbstractSet[str]) -> None:
        if servers != before:
            await self._notes.put_note(self._name("servers"), ",".join(sorted(servers)), None)

    def _name(self, what: str) -> str:
        return ":".join(filter(None, ("discord", "commands", str(self._client.application_id), what)))
