"""What the bot lacks to write to a chat, as far as Telegram says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from telegram import ChatMember, ChatMemberAdministrator, ChatMemberRestricted
from telegram.constants import ChatType
from telegram.error import BadRequest, ChatMigrated, TelegramError

from bot.platforms.telegram.sending.errors import is_foreign, why_gone

if TYPE_CHECKING:
    import telegram
    from telegram import ChatPermissions

OUTSIDE: Final = frozenset({ChatMember.LEFT, ChatMember.BANNED})


async def lacking(bot: telegram.Bot, chat: int) -> tuple[str, ...] | None:
    """What is missing, in the words of `Carrier.lacks`; None if Telegram cannot say now."""
    if chat > 0:
        return ()  # whether a person has blocked the bot shows when something is sent
    try:
        return await _of_member(bot, chat, await bot.get_chat_member(chat, bot.id))
    except ChatMigrated as moved:
        return await lacking(bot, moved.new_chat_id)
    except TelegramError as error:
        return ("view",) if why_gone(error) is not None else await _by_members(bot, chat, error)


async def _of_member(bot: telegram.Bot, chat: int, me: ChatMember) -> tuple[str, ...]:
    if me.status in OUTSIDE or (isinstance(me, ChatMemberRestricted) and not me.is_member):
        return ("view",)
    if isinstance(me, ChatMemberRestricted):
        return _withheld(me)
    there = await bot.get_chat(chat)
    if there.type == ChatType.CHANNEL:
        return () if isinstance(me, ChatMemberAdministrator) and me.can_post_messages else ("post",)
    if isinstance(me, ChatMemberAdministrator) or there.permissions is None:
        return ()
    return _withheld(there.permissions)


async def _by_members(bot: telegram.Bot, chat: int, error: TelegramError) -> tuple[str, ...] | None:
    """What all members lack, where Telegram does not let the bot see what it is itself."""
    if not isinstance(error, BadRequest) or is_foreign(error):
        return None
    try:
        permissions = (await bot.get_chat(chat)).permissions
    except TelegramError:
        return None
    return None if permissions is None else _withheld(permissions)


def _withheld(permits: ChatMemberRestricted | ChatPermissions) -> tuple[str, ...]:
    needed = (("send", permits.can_send_messages), ("files", permits.can_send_documents))
    return tuple(word for word, allowed in needed if not allowed)
