"""Who is an admin of a group, by Telegram's own list; cached for a minute."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from telegram import ChatMember
from telegram.error import BadRequest

from core.shared.clock_steps import lasts

if TYPE_CHECKING:
    from datetime import datetime

    from telegram import Bot

    from bot.platforms.telegram.calls import Calls
    from core.shared.ports import Clock

CACHED_FOR: Final = timedelta(minutes=1)
MOST: Final = 10_000
RANKS: Final = frozenset({ChatMember.ADMINISTRATOR, ChatMember.OWNER})


class AdminList:
    """Asks Telegram at most once a minute for each person and group."""

    def __init__(self, bot: Bot, calls: Calls, clock: Clock) -> None:
        """Start with an empty cache."""
        self._bot, self._calls, self._clock = bot, calls, clock
        self._known: dict[tuple[int, int], tuple[datetime, bool]] = {}

    async def is_admin(self, chat: int, user: int) -> bool:
        """Whether a user is an admin of a group; False if Telegram does not find them there."""
        now = self._clock.now()
        until, rank = self._known.get((chat, user), (now, False))
        if lasts(until, now, CACHED_FOR):
            return rank
        try:
            member = await self._calls.make(chat, lambda chat: self._bot.get_chat_member(chat, user), idempotent=True)
        except BadRequest:
            return False
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[chat, user] = (now + CACHED_FOR, member.status in RANKS)
        return member.status in RANKS
