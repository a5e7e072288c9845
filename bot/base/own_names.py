"""What the bot is called on each platform, noted at each start, so that people can find it on another one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.base.platform_registry import PLATFORMS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from core.shared.ports import Notes

KNOWN_FOR: Final = timedelta(days=180)
"""How long after a start it is believed that the bot still runs there."""


async def note_own_name(notes: Notes, platform: str, name: str, now: datetime) -> None:
    """Note what the bot is called on a platform, as people look for it there."""
    await notes.put_note(_name(platform), name, now + KNOWN_FOR)


async def own_names(notes: Notes, now: datetime) -> Mapping[str, str]:
    """What the bot is called on the platforms on which it was started."""
    names = {platform: await notes.note(_name(platform), now) for platform in PLATFORMS}
    return {platform: name for platform, name in names.items() if name}


def _name(platform: str) -> str:
    return f"bot-name:{platform}"
