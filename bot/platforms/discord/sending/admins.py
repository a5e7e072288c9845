"""Who is an admin of a server: whoever may manage it. And who is on it."""

from __future__ import annotations

from typing import Final, Literal

import discord

from bot.platforms.discord.events.incoming import manages
from bot.platforms.discord.sending.calls import LOST
from bot.platforms.discord.sending.fail_fast import fail_fast

NOT_THERE: Final = frozenset({10007, 10013})  # unknown member, unknown user


async def is_admin(guild: discord.Guild | None, user: int) -> bool | None:
    """Whether a user is an admin of a server now; None if Discord does not say, as after the bot was removed."""
    member = await _member(guild, user)
    return manages(member.guild_permissions) if isinstance(member, discord.Member) else member


async def is_member(guild: discord.Guild | None, user: int) -> bool | None:
    """The same for whether a user is on a server."""
    member = await _member(guild, user)
    return True if isinstance(member, discord.Member) else member


async def _member(guild: discord.Guild | None, user: int) -> discord.Member | Literal[False] | None:
    """A member as Discord has them now; False if they are not there, None if it does not say."""
    if guild is None or guild.unavailable:
        return None
    try:
        with fail_fast():
            return await guild.fetch_member(user)
    except discord.NotFound as error:
        return False if error.code in NOT_THERE else None
    except LOST:
        return None
