"""Which bot a database belongs to, on each platform: another bot is refused before it sends or answers anything."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.platforms.port import RejectedError
from bot.reply.parts import say
from bot.reply.words import FALLBACK_VOICE

if TYPE_CHECKING:
    from core.shared.ports import Notes


async def require_own(notes: Notes, platform: str, bot: str) -> None:
    """Note the id of this bot, or raise RejectedError if the database belongs to another bot of the platform.

    Another bot cannot write to the chats that are kept here, and it would retire them all. Several processes of the
    same bot may share a database. The note is read again, in case two bots start at the same moment.
    """
    if not await _owner(notes, platform):
        await notes.put_note(_name(platform), bot, None)
    owner = await _owner(notes, platform)
    if owner != bot:
        why = say("other-bot", platform=platform.capitalize(), name=platform, owner=owner, bot=bot)
        raise RejectedError(FALLBACK_VOICE.say(why))


async def release(notes: Notes, platform: str) -> str:
    """Let the next bot that starts on the platform have the database; returns the id of the former one (or "")."""
    owner = await _owner(notes, platform)
    await notes.put_note(_name(platform), "", None)
    return owner


async def _owner(notes: Notes, platform: str) -> str:
    return await notes.note(_name(platform), datetime.now(UTC)) or ""  # it never expires, whatever the time is


def _name(platform: str) -> str:
    return f"bot:{platform}"
