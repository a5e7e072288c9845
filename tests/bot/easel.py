"""A command that draws, whose picture is there when the test says so; nothing sleeps."""

from __future__ import annotations

import asyncio
import struct
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Final

from bot.command.declaration import Call, Command, command
from bot.commands import by_name
from bot.dispatch.desk import Desk
from bot.dispatch.dialog import Dialog
from bot.options.text import Text
from bot.reply.parts import Button, File, Reply, buttons, reply, say

if TYPE_CHECKING:
    from bot.reply.parts import Say
    from tests.bot.stage import Bot

HEADER: Final = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 640, 480)
DRAWING: Final = "Drawing\u2026"
STOPPED: Final = "I was stopped before this was ready."


def png(what: str) -> bytes:
    """What every platform takes for a picture."""
    return HEADER + what.encode()


def _raw(text: str) -> Say:
    return say("raw", text=text)


def picture(what: str, caption: str = "") -> Reply:
    """A picture with its caption and a button that changes it in place."""
    other = "90 days" if what == "30 days" else "30 days"
    shown = File(f"{what}.png", png(what), _raw(caption or f"The last {what}."), picture=True)
    in_words = Button(_raw("In words"), "sketch words")
    return reply(shown, buttons(Button(_raw(other), f"sketch {other}"), in_words), replace=True)


CANCEL: Final = buttons(Button(_raw("Cancel"), "sketch stop"))


def document(*names: str, caption: str = "Your books.") -> Reply:
    """Files that are no pictures, with a button below them."""
    files = (File(name, name.encode(), _raw(caption)) for name in names)
    return reply(*files, buttons(Button(_raw("In words"), "sketch words")))


class Easel:
    """Each use of `/sketch` waits for what the test gives it: a reply, or an error."""

    def __init__(self) -> None:
        self.waiting: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self.free = asyncio.Event()
        """Until then nothing is answered at all."""
        self.free.set()

    def stage(self, percent: int) -> None:
        """Say how much of the drawing is done. It goes on."""
        before, self.waiting = self.waiting, asyncio.get_running_loop().create_future()
        before.set_result(replace(reply(_raw(f"{percent} %"), CANCEL), coming=self.waiting))

    def give(self, what: Reply | Exception) -> None:
        """End the drawing that was asked for last."""
        if isinstance(what, Reply):
            self.waiting.set_result(what)
        else:
            self.waiting.set_exception(what)

    @property
    def command(self) -> Command:
        @command("sketch", hidden=True, needs_wallet=False)
        async def sketch(call: Call, what: Annotated[str, Text()] = "30 days") -> Reply:
            """Draw; "now" is there at once. What "stop" says is the answer of the press alone."""
            await self.free.wait()
            if what == "words":
                return reply(_raw("In words: 300."), buttons(Button(_raw("As a picture"), "sketch now")), replace=True)
            if what == "now":
                return picture("30 days")
            if what == "new":
                return reply(_raw("Well?"), buttons(Button(_raw("Anew"), "sketch anew")))
            if what == "stop":
                return reply(_raw("I have stopped."))
            self.waiting = asyncio.get_running_loop().create_future()
            shown = reply(_raw(DRAWING), CANCEL, replace=call.pressed and what != "anew")
            return replace(shown, coming=self.waiting)

        return sketch

    def at(self, bot: Bot) -> Bot:
        """The same bot with this command, and for a platform's own forms with one that draws as `/lots`."""
        command = self.command

        async def lots(call: Call, **_: object) -> Reply:
            return await command.run(call)

        commands = {**by_name(), "sketch": command, "lots": replace(by_name()["lots"], run=lots, needs_wallet=False)}
        return replace(bot, desk=Desk(bot.store, bot.books, commands, Dialog(bot.store.notes)))
