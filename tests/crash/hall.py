"""Consoles in a row, one for each chat, so that a message for any of them finds somebody there."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from bot.delivery.carrier import NOT_CONNECTED
from bot.platforms.console import ConsolePlatform
from bot.platforms.console.terminal import NOWHERE, PipeTerminal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TextIO

    from bot.main import Bot
    from bot.platforms.console.complete import Complete
    from bot.reply.parts import Reply
    from bot.reply.words import Voice
    from core.delivery.notice import Target
    from core.delivery.outcome import Outcome

MARK: Final = "@"


class Wall(PipeTerminal):
    """A terminal at which nobody types. What it shows is one line, after the chat that it is shown in."""

    def __init__(self, chat: str, out: TextIO) -> None:
        super().__init__(NOWHERE, out)
        self._chat = chat

    @override
    async def read(self, prompt: str, complete: Complete) -> str | None:
        await asyncio.Event().wait()
        return None

    @override
    def _write(self, text: str) -> None:
        if text.strip():
            super()._write(f"{MARK}{self._chat} {' '.join(text.split())}\n")


class Hall:
    """The console platform of many chats; a chat that begins with `#` is a group."""

    name: Final = "console"
    idempotent: Final = False

    def __init__(self, bot: Bot, chats: Sequence[str], out: TextIO) -> None:
        self._bot, self._chats, self._out = bot, chats, out
        self._consoles: dict[str, ConsolePlatform] = {}

    async def run(self, stop: asyncio.Event) -> None:
        """Open all of them; each moves to its group first."""
        await asyncio.gather(*(self._open(chat, stop) for chat in self._chats))

    async def _open(self, chat: str, stop: asyncio.Event) -> None:
        bot, me = self._bot, "lead" if chat.startswith(MARK_OF_GROUPS) else chat
        console = ConsolePlatform(bot.desk, bot.store.notes, bot.clock, Wall(chat, self._out), me=me)
        if me != chat:
            await console.take(f"/in {chat}")
        self._consoles[chat] = console
        await console.run(stop)

    async def calls(self, target: Target) -> int:  # noqa: ARG002 - it takes one wherever it goes
        return 1

    async def is_admin(self, group: str, user: str) -> bool | None:  # noqa: ARG002 - nobody asks here
        return None

    async def is_member(self, group: str, user: str) -> bool | None:  # noqa: ARG002 - nobody asks here
        return None

    async def lacks(self, target: Target) -> tuple[str, ...] | None:  # noqa: ARG002 - nobody asks here
        return None

    def names(self, group: str) -> Mapping[str, str]:  # noqa: ARG002 - as said
        return {}

    async def carry(self, target: Target, given: Reply, speak: Voice, nonce: str) -> Outcome:
        console = self._consoles.get(target.chat)
        return NOT_CONNECTED if console is None else await console.carry(target, given, speak, nonce)

    async def amend(self, target: Target, message: str, given: Reply, speak: Voice) -> Outcome:
        console = self._consoles.get(target.chat)
        return NOT_CONNECTED if console is None else await console.amend(target, message, given, speak)

    async def withdraw(self, target: Target, message: str) -> Outcome:
        console = self._consoles.get(target.chat)
        return NOT_CONNECTED if console is None else await console.withdraw(target, message)


MARK_OF_GROUPS: Final = "#"
