"""The real library, imported in one place.

On Python 3.11 and 3.12 discord.py imports `audioop` for voice, which warns that it will leave the standard library.
The bot has no voice, so exactly this warning is silenced, and only while the library is first imported.
"""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

import yarl

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", message="'audioop' is deprecated", category=DeprecationWarning)
    import discord
    from discord import app_commands, gateway, http

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["app_commands", "discord", "pointed_at"]


@contextmanager
def pointed_at(api_url: str, gateway_url: str) -> Iterator[None]:
    """Let the whole library talk to another server, in this process, until the end of the block."""
    socket = gateway.DiscordWebSocket
    before = http.Route.BASE, socket.DEFAULT_GATEWAY
    http.Route.BASE, socket.DEFAULT_GATEWAY = api_url, yarl.URL(gateway_url)
    try:
        yield
    finally:
        http.Route.BASE, socket.DEFAULT_GATEWAY = before
