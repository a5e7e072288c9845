"""The two terminals: a pipe, and a real terminal simulated by prompt_toolkit's pipe input."""

from __future__ import annotations

import asyncio
import io
import os
from typing import TYPE_CHECKING

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output.vt100 import Vt100_Output
from rich.text import Text
from typing_extensions import override

from bot.platforms.console.complete import Completion
from bot.platforms.console.prompt import PromptTerminal
from bot.platforms.console.terminal import LONGEST_LINE, Lines, PipeTerminal

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from prompt_toolkit.input import PipeInput


async def nothing(_line: str) -> list[Completion]:
    return []


async def one(line: str) -> list[Completion]:
    return [Completion("/balance", len(line))]


def lines_of(folder: Path, content: bytes) -> Lines:
    file = folder / "lines"
    file.write_bytes(content)
    return Lines(os.open(file, os.O_RDONLY))


class TestPipe:
    @pytest.mark.parametrize("content", [b"one\ntwo\n", b"one\r\ntwo\r\n", b"one\ntwo"])
    async def test_lines_are_read_up_to_the_end(self, tmp_path: Path, content: bytes) -> None:
        lines = lines_of(tmp_path, content)
        assert [await lines.next() for _ in range(4)] == ["one", "two", None, None]

    async def test_an_empty_line_is_not_the_end(self, tmp_path: Path) -> None:
        lines = lines_of(tmp_path, b"\n\nx\n")
        assert [await lines.next() for _ in range(4)] == ["", "", "x", None]

    async def test_invalid_bytes_do_not_stop_it(self, tmp_path: Path) -> None:
        assert await lines_of(tmp_path, b"\xff\xfe caf\xc3\xa9\n").next() == "\ufffd\ufffd café"

    async def test_a_line_without_an_end_does_not_fill_the_memory(self, tmp_path: Path) -> None:
        line = await lines_of(tmp_path, b"x" * (3 * LONGEST_LINE)).next()
        assert line is not None
        assert len(line) <= 2 * LONGEST_LINE

    async def test_an_unreadable_source_counts_as_ended(self, tmp_path: Path) -> None:
        folder = os.open(tmp_path, os.O_RDONLY)
        assert await Lines(folder).next() is None
        os.close(folder)

    async def test_a_line_is_echoed_after_its_prompt(self) -> None:
        source, sink = os.pipe()
        os.write(sink, b"/start\n")
        os.close(sink)
        out = io.StringIO()
        terminal = PipeTerminal(source, out)
        assert await terminal.read("you> ", nothing) == "/start"
        assert await terminal.read("you> ", nothing) is None
        assert out.getvalue() == "you> /start\nyou> \n"
        os.close(source)

    async def test_what_interrupts_a_line_is_followed_by_its_prompt(self) -> None:
        source, sink = os.pipe()
        out = io.StringIO()
        terminal = PipeTerminal(source, out)
        reading = asyncio.create_task(terminal.read("you> ", nothing))
        await asyncio.sleep(0)  # so that the reading has begun
        await terminal.interrupt(Text("news"))
        os.write(sink, b"/start\n")
        assert await reading == "/start"
        await terminal.interrupt(Text("more"))
        assert out.getvalue() == "you> \nnews\nyou> /start\nmore\n"
        os.close(sink)
        os.close(source)

    def test_nothing_is_coloured(self) -> None:
        out = io.StringIO()
        PipeTerminal(0, out).show(Text("bold", "bold red"), Text("dim", "dim"))
        assert out.getvalue() == "bold\ndim\n"


class Screen(io.StringIO):
    """The output that a terminal received."""

    encoding = "utf-8"

    def __init__(self) -> None:
        super().__init__()
        self._wanted, self._seen = "", asyncio.Event()

    @override
    def write(self, text: str) -> int:
        written = super().write(text)
        if self._wanted and self._wanted in self.getvalue():
            self._seen.set()
        return written

    async def until(self, text: str) -> None:
        """Wait until this text is on the screen."""
        self._wanted = text
        self.write("")
        await self._seen.wait()

    @override
    def fileno(self) -> int:
        return 1


class TestPrompt:
    @pytest.fixture
    def keys(self) -> Generator[PipeInput]:
        with create_pipe_input() as keys:
            yield keys

    @pytest.fixture
    def screen(self) -> Screen:
        return Screen()

    @pytest.fixture
    def terminal(self, keys: PipeInput, screen: Screen) -> Generator[PromptTerminal]:
        output = Vt100_Output(screen, lambda: Size(rows=24, columns=80), term="xterm")
        with create_app_session(input=keys, output=output):
            yield PromptTerminal(keys, output)

    async def test_a_line_can_be_edited(self, terminal: PromptTerminal, keys: PipeInput) -> None:
        keys.send_text("/startx\x7f\r")
        assert await terminal.read("you> ", nothing) == "/start"

    @pytest.mark.parametrize("key", ["\x03", "\x04"])
    async def test_control_c_and_control_d_leave(self, terminal: PromptTerminal, keys: PipeInput, key: str) -> None:
        keys.send_text(key)
        assert await terminal.read("you> ", nothing) is None

    async def test_the_tab_key_completes(self, terminal: PromptTerminal, keys: PipeInput, screen: Screen) -> None:
        keys.send_text("/bal\t")
        reading = asyncio.create_task(terminal.read("you> ", one))
        await screen.until("ance")  # only what changes is drawn
        keys.send_text("\r")
        assert await reading == "/balance"

    async def test_waiting_for_a_line_can_be_cancelled(self, terminal: PromptTerminal, screen: Screen) -> None:
        reading = asyncio.create_task(terminal.read("you> ", nothing))
        await screen.until("you>")
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
        assert reading.cancelled()

    async def test_what_interrupts_a_line_leaves_it_as_it_is(
        self, terminal: PromptTerminal, keys: PipeInput, screen: Screen
    ) -> None:
        keys.send_text("/bal")
        reading = asyncio.create_task(terminal.read("you> ", nothing))
        await screen.until("bal")
        await terminal.interrupt(Text("news"))
        assert "news\n" in screen.getvalue()
        assert "/bal" in screen.getvalue().partition("news")[2]
        keys.send_text("ance\r")
        assert await reading == "/balance"

    async def test_how_far_something_is_stands_below_the_line(
        self, terminal: PromptTerminal, keys: PipeInput, screen: Screen
    ) -> None:
        terminal.progress("10 % of it")
        reading = asyncio.create_task(terminal.read("you> ", nothing))
        await screen.until("you>")
        keys.send_text("\x1b[1;1R")  # a terminal says where its cursor is, so that the bar finds its place
        await screen.until("10 % of it")
        terminal.progress("")
        keys.send_text("/balance\r")
        assert await reading == "/balance"
        drawn = screen.getvalue()
        terminal.show(Text("4 Connects"))
        assert screen.getvalue().removeprefix(drawn) == "4 Connects\n"

    async def test_between_two_lines_there_is_nothing_to_interrupt(
        self, terminal: PromptTerminal, screen: Screen
    ) -> None:
        await terminal.interrupt(Text("news"))
        assert "news\n" in screen.getvalue()

    def test_a_page_is_drawn_in_colour(self, terminal: PromptTerminal, screen: Screen) -> None:
        terminal.show(Text("Left", "bold"), Text("4 Connects"))
        assert "\x1b[1mLeft" in screen.getvalue()
        assert "4 Connects\n" in screen.getvalue()
