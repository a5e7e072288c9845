"""The console on a pipe, as a stage for conversations."""

from __future__ import annotations

import asyncio
import io
import os
import re
import threading
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final, cast

from typing_extensions import override

from bot.command.incoming import Typed
from bot.platforms.console import ConsolePlatform
from bot.platforms.console.seat import Seat
from bot.platforms.console.terminal import PipeTerminal
from core.delivery.notice import Target
from tests.bot.stage import Heard
from tests.patience import PATIENCE

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from bot.platforms.console.complete import Complete
    from tests.bot.stage import Bot, Stage

BUTTON: Final = re.compile(r"(\d+)\) (.+?)(?=   \d+\) |$)")
COLUMNS: Final = re.compile(r"(?<=\S) {2,}(?=\S)")
SAVED: Final = "Saved as "


class Pipe(PipeTerminal):
    """A pipe that a test writes to; it knows when the console waits for the next line."""

    def __init__(self) -> None:
        source, sink = os.pipe()
        self._source_end, self._sink, self.text = source, cast("int | None", sink), io.StringIO()
        self.turns: asyncio.Queue[str] = asyncio.Queue()
        super().__init__(source, self.text)

    @override
    async def read(self, prompt: str, complete: Complete) -> str | None:
        self.turns.put_nowait(prompt)
        return await super().read(prompt, complete)

    def write(self, line: str, end: str = "\n") -> None:
        assert self._sink is not None
        os.write(self._sink, f"{line}{end}".encode())

    def end_lines(self) -> None:
        """End the input."""
        if self._sink is not None:
            os.close(self._sink)
            self._sink = None

    def hang_up(self) -> None:
        """Close the pipe; no thread may still wait on a descriptor that the next pipe could get."""
        self.end_lines()
        for thread in threading.enumerate():
            if thread.name == f"lines of {self._source_end}":
                thread.join()
        os.close(self._source_end)

    def take(self) -> str:
        """What was shown since the last call."""
        text = self.text.getvalue()
        self.text.seek(0)
        self.text.truncate()
        return text


@dataclass
class Talk:
    """One start of the console, with a test at the other end."""

    console: ConsolePlatform
    pipe: Pipe
    stop: asyncio.Event = field(default_factory=asyncio.Event)
    running: asyncio.Task[None] | None = None

    async def begin(self) -> str:
        self.running = asyncio.create_task(self.console.run(self.stop))
        return await self._turn()

    async def line(self, text: str) -> str:
        """Write a line; what is shown up to the next prompt, without echo and prompt."""
        self.pipe.write(text)
        shown = await self._turn()
        return shown.partition("\n")[2]

    async def _turn(self) -> str:
        assert self.running is not None
        prompt = asyncio.create_task(self.pipe.turns.get())
        await asyncio.wait({prompt, self.running}, return_when=asyncio.FIRST_COMPLETED)
        if not prompt.done():
            prompt.cancel()
            await self.running
            return self.pipe.take()
        return self.pipe.take().removesuffix(prompt.result())

    async def end(self) -> None:
        self.stop.set()
        assert self.running is not None
        await self.running
        self.pipe.hang_up()


def talk(bot: Bot, exports: Path, me: str = "you") -> Talk:
    pipe = Pipe()
    return Talk(ConsolePlatform(bot.desk, bot.store.notes, bot.clock, pipe, me=me, exports=exports), pipe)


@dataclass
class ConsolePlayer:
    stage: ConsoleStage
    seat: Seat
    buttons: dict[str, str] = field(default_factory=dict)

    async def say(self, line: str) -> Heard:
        return self._read(await self.stage.line(self.seat, line))

    async def hand(self, name: str, content: bytes, caption: str = "") -> Heard:
        """Attach a file by its path."""
        path = self.stage.exports / name
        await asyncio.to_thread(path.write_bytes, content)
        return await self.say(f"{caption} @{path}".strip())

    async def paste(self, text: str, shows: str = "") -> Heard:  # noqa: ARG002 - the first answer is the last
        """A terminal passes on what is pasted as one text, whatever lines it has; over a pipe nobody pastes."""
        await self.stage.sit(self.seat)
        await self.stage.talk.console.take(text)
        return self._read(self.stage.talk.pipe.take())

    async def paste_more(self, text: str, shows: str) -> Heard:
        return await self.paste(text, shows)

    async def read_later(self, shows: str) -> Heard:
        """It is shown below; a prompt follows it."""
        pipe = self.stage.talk.pipe
        async with asyncio.timeout(PATIENCE):
            while not (shows in pipe.text.getvalue() and pipe.text.getvalue().endswith(self.seat.prompt)):  # noqa: ASYNC110 - the console takes its turns meanwhile
                await asyncio.sleep(0)
        return self._read(pipe.take().removesuffix(self.seat.prompt))

    async def press(self, label: str) -> Heard:
        return await self.say(self._button(label))

    async def press_twice(self, label: str) -> tuple[Heard, Heard]:
        button = self._button(label)
        return await self.say(button), await self.say(button)

    async def say_twice(self, line: str) -> tuple[Heard, Heard]:
        """The console delivers nothing twice, so the action is passed to the desk twice."""
        await self.stage.sit(self.seat)
        console, pipe = self.stage.talk.console, self.stage.talk.pipe
        incoming, heard = console.incoming(Typed(line)), []
        for _ in range(2):
            await console.deliver(incoming)
            heard.append(self._read(pipe.take()))
        return heard[0], heard[1]

    @property
    def target(self) -> Target:
        return Target("console", self.seat.chat.ref.id, direct=not self.seat.group)

    async def read(self) -> Heard:
        return self._read(self.stage.talk.pipe.take().removesuffix(self.seat.prompt))

    async def read_again(self) -> Heard:
        return await self.read()

    def _button(self, label: str) -> str:
        return next(number for name, number in self.buttons.items() if name.startswith(label))

    def _read(self, shown: str) -> Heard:
        lines = shown.strip("\n").split("\n")
        buttons = {label: f"{n})" for line in lines if BUTTON.match(line.strip()) for n, label in BUTTON.findall(line)}
        files = {
            path.name: path.read_bytes()
            for line in lines
            if line.startswith(SAVED)
            for path in [Path(line.removeprefix(SAVED))]
        }
        text = [line for line in lines if not BUTTON.match(line.strip())]
        if buttons:
            self.buttons = buttons
        return Heard("\n".join(COLUMNS.sub(" · ", line) for line in text), tuple(buttons), files)


@dataclass
class ConsoleStage:
    bot: Bot
    exports: Path
    talk: Talk
    players: dict[Seat, ConsolePlayer] = field(default_factory=dict)
    seat: Seat = field(default_factory=lambda: Seat("you"))

    @property
    def carrier(self) -> ConsolePlatform:
        return self.talk.console

    async def person(self, name: str) -> ConsolePlayer:
        return self._player(Seat(name))

    async def member(self, name: str, group: str, *, admin: bool = False) -> ConsolePlayer:
        """The first person in a group is its admin, so somebody else enters before one who must not be."""
        seat = Seat(name, group)
        await self.sit(Seat("Founder", group))
        if admin:
            await self.bot.store.notes.put_note(f"console:admin:{seat.chat.ref.id}", seat.who.user, None)
        return self._player(seat)

    def _player(self, seat: Seat) -> ConsolePlayer:
        return self.players.setdefault(seat, ConsolePlayer(self, seat))

    async def line(self, seat: Seat, line: str) -> str:
        await self.sit(seat)
        return await self.talk.line(line)

    async def sit(self, seat: Seat) -> None:
        if seat.name != self.seat.name:
            await self.talk.line(f"/as {seat.name}")
        if seat.group != self.seat.group:
            await self.talk.line(f"/in #{seat.group}" if seat.group else "/in private")
        self.seat = seat

    async def restart(self) -> None:
        await self.talk.end()
        self.talk, self.seat = talk(self.bot, self.exports), Seat("you")
        await self.talk.begin()


@asynccontextmanager
async def open_stage(bot: Bot) -> AsyncGenerator[Stage]:
    with TemporaryDirectory() as folder:
        stage = ConsoleStage(bot, Path(folder), talk(bot, Path(folder)))
        await stage.talk.begin()
        try:
            yield stage
        finally:
            await stage.talk.end()
