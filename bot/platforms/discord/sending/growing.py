"""Answers that grow with what comes in, such as the parts of a paste: each stands in one message, which is edited."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final
from weakref import WeakValueDictionary

from bot.platforms.discord.drawing.render import draw
from bot.platforms.discord.sending.calls import LONGEST_SENDING, retry, send
from bot.platforms.discord.sending.placing import edited
from bot.reply.parts import anew

if TYPE_CHECKING:
    import discord

    from bot.dispatch.desk import Answer
    from bot.platforms.discord.drawing.render import Page
    from bot.reply.parts import Growing

MOST_KNOWN: Final = 10_000


class GrowingAnswers:
    """Edits what it has sent. Of the versions that come while an edit is under way, only the latest is shown."""

    def __init__(self) -> None:
        """What was sent by an earlier connection is not known here, so it is sent anew."""
        self._sent: dict[str, discord.PartialMessage] = {}
        self._latest: dict[str, int] = {}
        self._in_turn: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def give(self, channel: discord.DMChannel, growing: Growing, answer: Answer, nonce: str) -> None:
        """Show a version of an answer."""
        if len(self._latest) >= MOST_KNOWN:
            self._latest.clear()
            self._sent.clear()
        name = growing.name
        self._latest[name] = max(growing.version, self._latest.get(name, 0))
        async with self._in_turn.setdefault(name, asyncio.Lock()):
            if growing.version < self._latest.get(name, 0):
                return
            pages = draw(answer.reply, answer.voice)
            if len(pages) > 1 or not await self._edit(name, pages[0]):
                pages = draw(anew(answer.reply), answer.voice)
                await self._send(channel, name, pages, nonce)

    async def _edit(self, name: str, page: Page) -> bool:
        """Edit what was sent before; False if there is nothing to edit."""
        sent = self._sent.get(name)
        return sent is not None and await edited(sent, page)

    async def _send(self, channel: discord.DMChannel, name: str, pages: tuple[Page, ...], nonce: str) -> None:
        async with asyncio.timeout(LONGEST_SENDING):
            for number, page in enumerate(pages):
                message = await retry(send(channel, page, nonce=f"{nonce}.{number}"))
                if not number:
                    self._sent[name] = channel.get_partial_message(message.id)
