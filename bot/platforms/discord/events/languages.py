"""The language that a person's Discord is set to: interactions carry it, direct messages do not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.reply.words import FALLBACK

if TYPE_CHECKING:
    from datetime import datetime

    from bot.command.incoming import Incoming
    from core.shared.ports import Notes


class Languages:
    """Remembers each person's language from their latest interaction."""

    def __init__(self, notes: Notes) -> None:
        """Store languages in `notes`."""
        self._notes, self._known = notes, dict[str, str]()

    async def remember(self, incoming: Incoming) -> None:
        """Remember the language of an interaction; written only if it changed."""
        user = incoming.who.user
        if await self.of(user, incoming.at) != incoming.locale:
            await self._notes.put_note(_name(user), incoming.locale, None)
            self._known[user] = incoming.locale

    async def of(self, user: str, now: datetime) -> str:
        """The language of a person; English if it is not known yet."""
        if user not in self._known:
            self._known[user] = await self._notes.note(_name(user), now) or FALLBACK
        return self._known[user]


def _name(user: str) -> str:
    return f"discord:language:{user}"
