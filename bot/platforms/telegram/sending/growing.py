"""Answers that grow with what comes in, such as the parts of a paste: each stands in one message, which is edited."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from telegram import InlineKeyboardMarkup

from bot.platforms.telegram.drawing.render import Message
from bot.platforms.telegram.sending.send import edit

if TYPE_CHECKING:
    from collections.abc import Sequence

    import telegram

    from bot.platforms.telegram.drawing.render import Payload
    from bot.platforms.telegram.sending.answers import AnswerSender
    from bot.platforms.telegram.sending.calls import Calls
    from bot.platforms.telegram.updates.incoming import Seat

EVERY: Final = 1.0
"""Seconds between two edits, as Telegram limits them in a chat."""
MOST_KNOWN: Final = 10_000


class Version(NamedTuple):
    """A version of an answer: as what an earlier one is edited into, and as messages of its own."""

    edited: Sequence[Payload]
    anew: Sequence[Payload]


@dataclass(slots=True)
class _Shown:
    """The message in which an answer stands, and the version that waits for its turn (None: none does)."""

    seat: Seat
    message: int
    waiting: Version | None = None
    pausing: asyncio.Task[None] | None = None


class GrowingAnswers:
    """Edits what it has sent, at most once a second. Of the versions that come meanwhile, only the latest is shown."""

    def __init__(self, bot: telegram.Bot, calls: Calls, answers: AnswerSender) -> None:
        """Send with `answers`. What was sent by an earlier process is not known here, so it is sent anew."""
        self._bot, self._calls, self._answers = bot, calls, answers
        self._shown: dict[tuple[int, str], _Shown] = {}

    async def give(self, name: str, version: Version, seat: Seat) -> None:
        """Show a version of an answer; the caller waits for an edit only if it is made at once."""
        shown = self._shown.get((seat.chat, name))
        if shown is None or _alone(version.edited) is None:
            await self._send(name, version, seat)
            return
        shown.waiting = version
        if shown.pausing is None:
            await self._edit(shown)
            shown.pausing = asyncio.create_task(self._go_on(shown))

    async def finish(self) -> None:
        """Show what waits. The pauses end as soon as the platform stops."""
        await asyncio.gather(*(one.pausing for one in self._shown.values() if one.pausing is not None))

    async def _send(self, name: str, version: Version, seat: Seat) -> None:
        message = await self._sent(version, seat)
        if len(self._shown) >= MOST_KNOWN:
            self._shown = {key: one for key, one in self._shown.items() if one.pausing is not None}
        if message is not None:
            self._shown[seat.chat, name] = _Shown(seat, message)

    async def _sent(self, version: Version, seat: Seat) -> int | None:
        """Send a version; the id of its first message (None: none was sent)."""
        standing = await self._answers.deliver(version.anew, seat, replace=False)
        return standing[0].message if standing else None

    async def _go_on(self, shown: _Shown) -> None:
        """Wait until the next edit may be made, and make it if there is anything new by then."""
        try:
            await self._calls.wait(EVERY)
            while shown.waiting is not None:
                await self._edit(shown)
                await self._calls.wait(EVERY)
        finally:
            shown.pausing = None

    async def _edit(self, shown: _Shown) -> None:
        """Show the version that waits; one that comes while Telegram lets the bot wait takes its place."""
        sent: Version | None = None

        async def make(chat: int) -> None:
            nonlocal sent
            sent = shown.waiting
            payload = None if sent is None else _alone(sent.edited)
            if payload is not None:
                await edit(self._bot, chat, shown.message, payload)

        if not await self._answers.edit(make, shown.seat) and shown.waiting is not None:
            sent = shown.waiting
            shown.message = await self._sent(sent, shown.seat) or shown.message
        if shown.waiting is sent:
            shown.waiting = None


def _alone(payloads: Sequence[Payload]) -> Message | None:
    """What an earlier message can be edited into; None if it is more than a message, or an edit cannot show it."""
    if len(payloads) != 1 or not isinstance(payloads[0], Message):
        return None
    return payloads[0] if isinstance(payloads[0].markup, InlineKeyboardMarkup | None) else None
