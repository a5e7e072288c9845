"""Chooses the channel of a server into which notices are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import discord

from bot.platforms.discord.sending.fail_fast import SHORTLY
from core.delivery.outcome import Unreachable

if TYPE_CHECKING:
    from bot.platforms.discord.drawing.render import Page
    from core.delivery.outcome import Outcome

UNKNOWN_CHANNEL: Final = 10003
CLOSED: Final = frozenset({UNKNOWN_CHANNEL, 50001, 50013, 50083})  # unknown, no access, no permission, archived


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
        raise NoChannelError(SHORTLY)
    return guild


def chosen_channel(guild: discord.Guild, place: str, pages: tuple[Page, ...]) -> discord.abc.Messageable | None:
    """The channel or thread of this id; None if there is none, or the bot may not write there."""
    found = guild.get_channel_or_thread(int(place)) if place.isdecimal() else None
    if not isinstance(found, discord.abc.Messageable):
        return None
    if isinstance(found, discord.Thread) and found.parent is None:
        return None
    needed = _needed(pages, thread=isinstance(found, discord.Thread))
    return found if found.permissions_for(guild.me) >= needed else None


def default_channel(guild: discord.Guild, pages: tuple[Page, ...]) -> discord.TextChannel:
    """The system channel, or the first text channel, in which the bot may write."""
    for channel in filter(None, (guild.system_channel, *guild.text_channels)):
        if channel.permissions_for(guild.me) >= _needed(pages):
            return channel
    raise NoChannelError(Unreachable("no channel"))


def _needed(pages: tuple[Page, ...], *, thread: bool = False) -> discord.Permissions:
    """The permissions needed to show everything: without its permission, an embed is silently left out."""
    return discord.Permissions(
        view_channel=True,
        send_messages=not thread,
        send_messages_in_threads=thread,
        embed_links=any(page.embeds for page in pages),
        attach_files=any(page.files for page in pages),
    )
