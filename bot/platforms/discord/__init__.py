"""Discord: slash commands, buttons and forms in servers, and plain messages in private."""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    # Up to Python 3.12 the library imports `audioop` for voice, which the bot does not have, and Python warns of it.
    warnings.filterwarnings("ignore", "'audioop' is deprecated", DeprecationWarning)
    import discord as _discord  # noqa: F401 - only so that the library is first imported here

from bot.platforms.discord.platform import DiscordPlatform

__all__ = ["DiscordPlatform"]
