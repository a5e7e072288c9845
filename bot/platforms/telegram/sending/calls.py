"""Calls to the Bot API, retried only if that can do no harm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from telegram.error import BadRequest, ChatMigrated, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.base.waiting import first_of
from bot.platforms.telegram.sending.errors import is_foreign, seconds_of, was_never_sent
from bot.platforms.telegram.updates.incoming import NAME
from core.shared.backoff import backed_off
from core.wallets.people import ChatRef

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Awaitable, Callable

    from bot.dispatch.desk import Desk

    Pause = Callable[[float], Awaitable[None]]

TRIES: Final = 4
LONGEST_PAUSE: Final = 60.0
FIRST_PAUSE: Final = 0.5

T = TypeVar("T")


class Calls:
    """Makes calls for chats: waits when Telegram says so, and follows a group to its new id."""

    def __init__(self, desk: Desk, pause: Pause, ending: asyncio.Event, refused: asyncio.Event) -> None:
        """Once `ending` is set, no pause is waited out. `refused` is set if Telegram refuses the token."""
        self._desk, self._pause, self._ending, self._refused = desk, pause, ending, refused

    async def make(self, chat: int, call: Callable[[int], Awaitable[T]], *, idempotent: bool) -> T:
        """The result of a call, which is given the chat's id; raises TelegramError if it failed for good.

        `idempotent`: the call may be retried even if it may already have had its effect.
        """
        for tries_left in reversed(range(TRIES)):
            try:
                return await call(chat)
            except ChatMigrated as moved:
                await self._desk.chat_moved(ChatRef(NAME, str(chat)), ChatRef(NAME, str(moved.new_chat_id)))
                chat = moved.new_chat_id
            except TelegramError as error:
                pause = _pause_before_next(error, TRIES - tries_left, idempotent=idempotent)
                if pause is None or not tries_left:
                    if isinstance(error, InvalidToken) and not is_foreign(error):
                        self._refused.set()
                    raise
                await self.wait(pause)
        raise NetworkError("the chat moved again and again")

    async def wait(self, seconds: float) -> None:
        """Pause, but only until the platform stops; a call then has one last try left."""
        await first_of(self._pause(seconds), self._ending.wait())


def _pause_before_next(error: TelegramError, tried: int, *, idempotent: bool) -> float | None:
    """Seconds to wait before the next try; None if the call must not be retried."""
    if isinstance(error, RetryAfter):
        seconds = seconds_of(error)
        return seconds if seconds <= LONGEST_PAUSE else None
    pause = backed_off(FIRST_PAUSE, tried - 1, LONGEST_PAUSE)
    if is_foreign(error):
        return pause
    if isinstance(error, BadRequest) or not isinstance(error, NetworkError):
        return None
    return pause if idempotent or was_never_sent(error) else None
