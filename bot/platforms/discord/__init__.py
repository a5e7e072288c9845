"""Discord: slash commands, buttons and forms in servers, and plain messages in private."""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    # Up to Python 3.12 the library imports the deprecated `audioop` for voice, which the bot does not use.
    warnings.filterwarnings("ignore", "'audioop' is deprecated", DeprecationWarning)
    import discord as _discord  # noqa: F401 - so that the library is first imported here

from bot.platforms.discord.platform import DiscordPlatform

__all__ = ["DiscordPlatform"]
