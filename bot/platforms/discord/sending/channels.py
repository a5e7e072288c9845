"""The channels and threads of servers: which one a message goes to, and what the bot may do there."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, TypeAlias

import discord

from bot.platforms.discord.sending.refusals import PLACE_LOST, is_page
from core.delivery.outcome import Later, PlaceLost, Unreachable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from core.delivery.outcome import Outcome

Place: TypeAlias = discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.Thread
RIGHTS: Final = {
    "view": discord.Permissions(view_channel=True),
    "send": discord.Permissions(send_messages=True),
    "threads": discord.Permissions(send_messages_in_threads=True),
    "embeds": discord.Permissions(embed_links=True),
    "files": discord.Permissions(attach_files=True),
}
"""What the bot needs in a channel, under the words that `lacks` uses: all that it is invited with."""
ALL_RIGHTS: Final = discord.Permissions(sum(right.value for right in RIGHTS.values()))
NOT_DESCRIBED: Final = Later(timedelta(seconds=5), fault=True)


class NoChannelError(Exception):
    """There is no channel to write to; `outcome` says why."""

    def __init__(self, outcome: Outcome) -> None:
        """`outcome` is that of the message."""
        super().__init__()
        self.outcome = outcome


def known(guild: discord.Guild | None) -> discord.Guild:
    """The server, once all is known that is needed to write there; raises NoChannelError before."""
    if guild is None:
        raise NoChannelError(Unreachable("removed"))
    if guild.unavailable or not guild.me:  # the gateway has not described it yet
        raise NoChannelError(NOT_DESCRIBED)
    return guild


async def place_of(guild: discord.Guild, place: str) -> Place:
    """The channel or thread of a server by its id; raises NoChannelError if it is none that can be written to.

    An archived thread is not among those that the gateway describes. It is asked for, and opens when it is written to.
    """
    if not place:
        raise NoChannelError(PlaceLost("unset"))
    number = int(place) if place.isdecimal() else 0
    found = guild.get_channel_or_thread(number) or (await _fetched(guild, number) if number else None)
    if not isinstance(found, Place) or (isinstance(found, discord.Thread) and found.parent is None):
        raise NoChannelError(PlaceLost("unknown"))
    return found


async def _fetched(guild: discord.Guild, number: int) -> object:
    try:
        return await guild.fetch_channel(number)
    except discord.InvalidData:  # it belongs to another server
        return None
    except discord.HTTPException as error:
        if error.code in PLACE_LOST and not is_page(error):
            raise NoChannelError(PlaceLost(PLACE_LOST[error.code])) from None
        raise


def require_rights(place: Place, *, embeds: bool, files: bool) -> None:
    """Raise NoChannelError unless the bot may show all of a message; an embed would silently be left out."""
    if is_locked(place):
        raise NoChannelError(PlaceLost("closed"))
    unneeded = {"embeds": not embeds, "files": not files}
    if any(not unneeded.get(right) for right in missing(place)):
        raise NoChannelError(PlaceLost("rights"))


def missing(place: Place) -> tuple[str, ...]:
    """The rights that the bot lacks in a place. Writing in threads is a right of its own."""
    mine, unneeded = place.permissions_for(place.guild.me), "send" if isinstance(place, discord.Thread) else "threads"
    return tuple(name for name, right in RIGHTS.items() if name != unneeded and not mine >= right)


def is_locked(place: Place) -> bool:
    """Whether a place is a thread that only those can write to who manage threads."""
    if not isinstance(place, discord.Thread) or not place.locked:
        return False
    return not place.permissions_for(place.guild.me).manage_threads


async def lacks(guild: discord.Guild, place: str) -> tuple[str, ...] | None:
    """What the bot lacks to write to a place of a server; `unknown` if the server has no such place.

    None if Discord cannot say it now.
    """
    try:
        found = await place_of(guild, place)
    except NoChannelError as error:
        return ("view",) if error.outcome == PlaceLost("rights") else ("unknown",)
    lacking = missing(found)
    return ("threads",) if is_locked(found) and not lacking else lacking


def greeting_channel(guild: discord.Guild) -> discord.TextChannel | None:
    """The channel in which a new server is greeted: its own for messages of the system, or the first that is open."""
    channels: Iterable[discord.TextChannel] = filter(None, (guild.system_channel, *guild.text_channels))
    return next((channel for channel in channels if not missing(channel)), None)


def channel_names(guild: discord.Guild | None) -> Mapping[str, str]:
    """The text channels and open threads that the bot knows, by their ids, in the order in which Discord lists them."""
    if guild is None or guild.unavailable:
        return {}
    listed = sorted(guild.text_channels, key=lambda channel: (channel.position, channel.id))
    channels = {str(channel.id): f"#{channel.name}" for channel in listed}
    return channels | {str(thread.id): f"#{thread.name}" for thread in guild.threads}
