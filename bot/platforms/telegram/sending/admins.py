"""Who is an admin of a group, by Telegram's own list; cached for a minute."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from telegram import ChatMember
from telegram.error import BadRequest, ChatMigrated, TelegramError

from core.shared.clock_steps import lasts

if TYPE_CHECKING:
    from datetime import datetime

    from telegram import Bot

    from bot.platforms.telegram.sending.calls import Calls
    from core.shared.ports import Clock

CACHED_FOR: Final = timedelta(minutes=1)
MOST: Final = 10_000
NOT_THERE: Final = frozenset({"participant_id_invalid", "user_id_invalid", "user not found", "member not found"})
HIDDEN: Final = "chat_admin_required"
RANKS: Final = frozenset({ChatMember.ADMINISTRATOR, ChatMember.OWNER})


class AdminList:
    """Asks Telegram at most once a minute for each person and group."""

    def __init__(self, bot: Bot, calls: Calls, clock: Clock) -> None:
        """Start with an empty cache."""
        self._bot, self._calls, self._clock = bot, calls, clock
        self._known: dict[tuple[int, int], tuple[datetime, bool]] = {}

    async def is_admin(self, chat: int, user: int) -> bool:
        """Whether a user is an admin of a group; False if Telegram does not find them there."""
        if (known := self._cached(chat, user)) is not None:
            return known
        try:
            rank = await self._calls.make(chat, lambda chat: self._ask(chat, user), idempotent=True)
        except BadRequest:
            return False
        return self._keep(chat, user, rank=rank)

    async def look(self, chat: int, user: int) -> bool | None:
        """The same, asked only once; None if Telegram cannot say now, or does not say it to this bot."""
        if (known := self._cached(chat, user)) is not None:
            return known
        try:
            return self._keep(chat, user, rank=await self._ask(chat, user))
        except ChatMigrated as moved:
            return await self.look(moved.new_chat_id, user)
        except TelegramError as error:
            return False if str(error).casefold() in NOT_THERE else None

    async def _ask(self, chat: int, user: int) -> bool:
        """Ask about the member. In a group that hides its members, Telegram still says who the admins are."""
        try:
            return (await self._bot.get_chat_member(chat, user)).status in RANKS
        except BadRequest as error:
            if str(error).casefold() != HIDDEN:
                raise
        return any(admin.user.id == user for admin in await self._bot.get_chat_administrators(chat))

    def _cached(self, chat: int, user: int) -> bool | None:
        now = self._clock.now()
        until, rank = self._known.get((chat, user), (now, False))
        return rank if lasts(until, now, CACHED_FOR) else None

    def _keep(self, chat: int, user: int, *, rank: bool) -> bool:
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[chat, user] = (self._clock.now() + CACHED_FOR, rank)
        return rank
