"""Who is an admin of a group, and who is in it, by Telegram's own list; cached for a minute.

Telegram promises to say something about one member only to bots that are admins. To the others it always names the
admins of an ordinary group, so those are asked for where it does not.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from telegram import ChatMember, ChatMemberAdministrator, ChatMemberMember, ChatMemberOwner, ChatMemberRestricted
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.command.incoming import AdminsUnseenError
from bot.platforms.telegram.sending.errors import is_foreign
from core.shared.clock_steps import lasts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from telegram import Bot

    from bot.platforms.telegram.sending.calls import Calls
    from core.shared.ports import Clock

CACHED_FOR: Final = timedelta(minutes=1)
MOST: Final = 10_000
NOT_THERE: Final = frozenset({"participant_id_invalid", "user_id_invalid", "user not found", "member not found"})


class Rank(NamedTuple):
    """Whether somebody is an admin of a group, whether they act there in its name, and whether they are in it.

    `there` is None where Telegram does not say it to this bot.
    """

    admin: bool
    anonymous: bool = False
    there: bool | None = None


NONE: Final = Rank(admin=False)
ABSENT: Final = Rank(admin=False, there=False)


class AdminList:
    """Asks Telegram at most once a minute for each person and group."""

    def __init__(self, bot: Bot, calls: Calls, clock: Clock) -> None:
        """Start with an empty cache."""
        self._bot, self._calls, self._clock = bot, calls, clock
        self._known: dict[tuple[int, int], tuple[datetime, Rank]] = {}
        self._lists: dict[int, tuple[datetime, Mapping[int, Rank]]] = {}

    async def is_admin(self, chat: int, user: int) -> bool:
        """Whether a user is an admin of a group; AdminsUnseenError if Telegram does not say it to this bot."""
        return (await self._rank(chat, user)).admin

    async def is_anonymous(self, chat: int, user: int, *, channel: bool = False) -> bool:
        """Whether a user is an admin who acts in the group's name, as all of a channel do.

        Telegram is asked only once; False if it does not say.
        """
        try:
            known = self._cached(chat, user) or self._keep(chat, user, await self._ask(chat, user))
        except TelegramError:
            return False
        return known.admin if channel else known.anonymous

    async def is_admin_now(self, chat: int, user: int) -> bool | None:
        """Whether a user is an admin, asked only once; None if Telegram cannot say now, or not to this bot."""
        rank = await self._rank_now(chat, user)
        return None if rank is None else rank.admin

    async def is_member_now(self, chat: int, user: int) -> bool | None:
        """The same for whether a user is in the group."""
        rank = await self._rank_now(chat, user)
        return None if rank is None else rank.there

    async def _rank_now(self, chat: int, user: int) -> Rank | None:
        if (known := self._cached(chat, user)) is not None:
            return known
        try:
            return self._keep(chat, user, await self._ask(chat, user))
        except ChatMigrated as moved:
            return await self._rank_now(moved.new_chat_id, user)
        except TelegramError:
            return None

    async def _rank(self, chat: int, user: int) -> Rank:
        if (known := self._cached(chat, user)) is not None:
            return known
        try:
            rank = await self._calls.make(chat, lambda chat: self._ask(chat, user), idempotent=True)
        except (BadRequest, Forbidden) as error:
            raise AdminsUnseenError from error
        return self._keep(chat, user, rank)

    async def _ask(self, chat: int, user: int) -> Rank:
        """Ask about the member and, if Telegram does not tell this bot about members, about all admins."""
        try:
            return _rank_of(await self._bot.get_chat_member(chat, user))
        except BadRequest as error:
            if str(error).casefold() in NOT_THERE:
                return ABSENT
            if is_foreign(error):
                raise
        return (await self._list(chat)).get(user, NONE)

    async def _list(self, chat: int) -> Mapping[int, Rank]:
        now = self._clock.now()
        until, ranks = self._lists.get(chat, (now, {}))
        if not lasts(until, now, CACHED_FOR):
            ranks = {admin.user.id: _rank_of(admin) for admin in await self._bot.get_chat_administrators(chat)}
            if len(self._lists) >= MOST:
                self._lists.clear()
            self._lists[chat] = now + CACHED_FOR, ranks
        return ranks

    def _cached(self, chat: int, user: int) -> Rank | None:
        now = self._clock.now()
        until, rank = self._known.get((chat, user), (now, NONE))
        return rank if lasts(until, now, CACHED_FOR) else None

    def _keep(self, chat: int, user: int, rank: Rank) -> Rank:
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[chat, user] = (self._clock.now() + CACHED_FOR, rank)
        return rank


def _rank_of(member: ChatMember) -> Rank:
    if isinstance(member, ChatMemberAdministrator | ChatMemberOwner):
        return Rank(admin=True, anonymous=bool(member.is_anonymous), there=True)
    there = member.is_member if isinstance(member, ChatMemberRestricted) else isinstance(member, ChatMemberMember)
    return Rank(admin=False, there=there)
