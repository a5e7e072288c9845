"""Where Discord is, and the token for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

if TYPE_CHECKING:
    from pydantic import SecretStr

OWN_GATEWAY: Final = DiscordWebSocket.DEFAULT_GATEWAY


class DiscordSettings(Protocol):
    """The settings that this platform reads."""

    @property
    def discord_token(self) -> SecretStr:
        """The bot's token."""
        ...

    @property
    def discord_api_url(self) -> str:
        """The REST base; it ends in `/api/v10`."""
        ...

    @property
    def discord_gateway_url(self) -> str:
        """The gateway's address; empty: Discord's own."""
        ...


def point_at(settings: DiscordSettings) -> None:
    """Let the library talk to these addresses. It keeps them for the whole process: here alone they are set."""
    Route.BASE = settings.discord_api_url.rstrip("/")
    gateway = settings.discord_gateway_url
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway) if gateway else OWN_GATEWAY
