"""Who is an admin of a server: whoever may manage it."""

from __future__ import annotations

from typing import Final

import discord

from bot.platforms.discord.events.incoming import manages
from bot.platforms.discord.sending.calls import LOST
from bot.platforms.discord.sending.fail_fast import fail_fast

NOT_THERE: Final = frozenset({10007, 10013})  # unknown member, unknown user


async def is_admin(guild: discord.Guild | None, user: int) -> bool | None:
    """Whether a user is an admin of a server now; None if Discord does not say, as after the bot was removed."""
    if guild is None or guild.unavailable:
        return None
    try:
        with fail_fast():
            member = await guild.fetch_member(user)
    except discord.NotFound as error:
        return False if error.code in NOT_THERE else None
    except LOST:
        return None
    return manages(member.guild_permissions)
