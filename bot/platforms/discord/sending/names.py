"""The names of a server's channels and threads, as Discord shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import discord


def channel_names(guild: discord.Guild | None) -> Mapping[str, str]:
    """The text channels and open threads that the bot knows, by their ids, in the order in which Discord lists them."""
    if guild is None or guild.unavailable:
        return {}
    listed = sorted(guild.text_channels, key=lambda channel: (channel.position, channel.id))
    channels = {str(channel.id): f"#{channel.name}" for channel in listed}
    return channels | {str(thread.id): f"#{thread.name}" for thread in guild.threads}
