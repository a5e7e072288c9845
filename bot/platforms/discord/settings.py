"""The settings for Discord: its addresses and the token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from pydantic import SecretStr

OWN_GATEWAY: Final = DiscordWebSocket.DEFAULT_GATEWAY


class DiscordSettings(Protocol):
    """The settings that this platform needs."""

    @property
    def discord_token(self) -> SecretStr:
        """The bot's token."""
        ...

    @property
    def discord_api_url(self) -> str:
        """The base address of the REST API, ending in `/api/v10`."""
        ...

    @property
    def discord_gateway_url(self) -> str:
        """The gateway's address; empty for Discord's own."""
        ...

    @property
    def discord_operator_commands(self) -> AbstractSet[str]:
        """Where operators' commands are offered: `dm`, or servers by their ids."""
        ...


def point_at(settings: DiscordSettings) -> None:
    """Make the library use these addresses. It has them as class attributes, so they hold for the whole process."""
    Route.BASE = settings.discord_api_url.rstrip("/")
    gateway = settings.discord_gateway_url
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway) if gateway else OWN_GATEWAY
