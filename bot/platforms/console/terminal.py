"""Input and output of the console: the port, and a pipe that implements it. `prompt` has the real terminal."""

from __future__ import annotations

import asyncio
import io
import os
import sys
import threading
from typing import TYPE_CHECKING, Final, Protocol, TextIO

from rich.console import Console

from bot.platforms.console.render import plain

if TYPE_CHECKING:
    from rich.console import RenderableType

    from bot.platforms.console.complete import Complete

CHUNK: Final = 65_536
LONGEST_LINE: Final = 65_536
NO_WRAPPING: Final = 10_000
NOWHERE: Final = -1


class Terminal(Protocol):
    """Reads lines, and shows what is rendered."""

    async def read(self, prompt: str, complete: Complete) -> str | None:
        """The next line; None at the end of the input."""
        ...

    def show(self, *parts: RenderableType) -> None:
        """Show these parts, one below the other."""
        ...

    async def interrupt(self, *parts: RenderableType) -> None:
        """Show these parts while a line is being typed, above it."""
        ...

    def progress(self, words: str) -> None:
        """Say how far something is, in place of what was said so before (empty: no more)."""
        ...


def open_terminal() -> Terminal:
    """A terminal with editing and completion if input and output are interactive, or else a plain one."""
    if sys.stdin is None:  # it was closed, and its descriptor may belong to another file by now
        return PipeTerminal(NOWHERE, sys.stdout)
    if sys.stdin.isatty() and sys.stdout.isatty():
        from bot.platforms.console.prompt import PromptTerminal

        return PromptTerminal()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a pipe's encoding may lack some characters
    return PipeTerminal(sys.stdin.fileno(), sys.stdout)


class PipeTerminal:
    """Reads lines from a file descriptor and writes plain text; each line is echoed after its prompt."""

    def __init__(self, source: int, out: TextIO) -> None:
        """Read from `source`, write to `out`."""
        self._lines, self._out = Lines(source), out
        self._asking = ""

    async def read(self, prompt: str, complete: Complete) -> str | None:  # noqa: ARG002 - a pipe has no tab key
        """The next line, and its echo."""
        self._write(prompt)
        self._asking = prompt
        try:
            line = await self._lines.next()
        finally:
            self._asking = ""
        self._write("\n" if line is None else f"{plain(line)}\n")
        return line

    def show(self, *parts: RenderableType) -> None:
        """Write the parts without colour, and without the spaces that a grid leaves at the end of lines."""
        console = Console(width=NO_WRAPPING, color_system=None, force_terminal=False, highlight=False)
        with console.capture() as captured:
            for part in parts:
                console.print(part, soft_wrap=True)
        self._write("".join(f"{line.rstrip()}\n" for line in captured.get().splitlines()))

    async def interrupt(self, *parts: RenderableType) -> None:
        """Write the parts below the prompt, and the prompt again."""
        if self._asking:
            self._write("\n")
        self.show(*parts)
        self._write(self._asking)

    def progress(self, words: str) -> None:
        """Say nothing: what is written to a pipe stays, and only what comes in the end is worth a line."""

    def _write(self, text: str) -> None:
        self._out.write(text)
        self._out.flush()


class Lines:
    """Reads the lines of a file descriptor on a daemon thread, so that the program can end while one is awaited.

    The event loop can watch pipes and terminals but not regular files. Python's own buffered reader is not used because
    its lock would still be held by the waiting thread when the program ends.
    """

    def __init__(self, source: int) -> None:
        """Read from the descriptor `source`, never ahead of what is asked for."""
        self._source, self._buffer, self._ended = source, b"", False

    async def next(self) -> str | None:
        """The next line without its line break; None after the last."""
        while b"\n" not in self._buffer and len(self._buffer) < LONGEST_LINE and not self._ended:
            chunk = await self._chunk()
            self._buffer += chunk
            self._ended = not chunk
        line, end, self._buffer = self._buffer.partition(b"\n")
        if not line and not end:
            return None
        return line.decode(errors="replace").removesuffix("\r")

    async def _chunk(self) -> bytes:
        loop = asyncio.get_running_loop()
        coming: asyncio.Future[bytes] = loop.create_future()

        def arrive(chunk: bytes) -> None:
            if not coming.done():
                coming.set_result(chunk)

        def fetch() -> None:
            try:
                chunk = os.read(self._source, CHUNK)
            except OSError:
                chunk = b""
            if not loop.is_closed():
                loop.call_soon_threadsafe(arrive, chunk)

        threading.Thread(target=fetch, name=f"lines of {self._source}", daemon=True).start()
        return await coming
