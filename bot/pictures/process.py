"""The process that draws, as the bot sees it: it is started, given one chart at a time, and ended."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from asyncio import subprocess
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

import bot
from bot.pictures.protocol import ANSWER, REQUEST, DrawingOutcome

PATIENCE: Final = 5.0
"""Seconds that the process gets to end by itself."""
PNG: Final = b"\x89PNG\r\n\x1a\n"
MOST_BYTES: Final = 8_000_000
"""The length of the largest answer that is read."""
CHUNK: Final = 65_536
KEPT: Final = ("PATH", "LANG", "LC_ALL", "TZ", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "LD_LIBRARY_PATH", "PYTHONHOME")
SETTINGS: Final = {"MPLBACKEND": "agg", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
"""One thread is enough for a picture; each more has memory and a start of its own."""


class EndedError(Exception):
    """The process has ended without an answer."""


class DrawingError(Exception):
    """What draws has failed. The text says where and with which kind of error, without a figure or a title."""


class NoAnswerError(Exception):
    """What the process writes is no answer."""


class DrawingProcess:
    """A running process. It ends by itself as soon as the bot closes the pipe, or ends in whatever way."""

    def __init__(self, process: subprocess.Process, folder: Path) -> None:
        """Use a process that was started in a folder of its own."""
        if process.stdin is None or process.stdout is None:
            raise ValueError("it has no pipes")
        self._process, self._folder = process, folder
        self._requests, self._answers = process.stdin, process.stdout

    @classmethod
    async def start(cls, module: str) -> DrawingProcess:
        """Start a process. Signals of a terminal do not reach it, and what it prints is not shown."""
        folder = Path(mkdtemp(prefix="connects-drawing-"))
        try:
            process = await subprocess.create_subprocess_exec(
                *(sys.executable, "-P", "-m", module, str(folder)),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=folder,
                env=surroundings(folder),
                start_new_session=True,
            )
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return cls(process, folder)

    @property
    def pid(self) -> int:
        """Its id."""
        return self._process.pid

    @property
    def ended(self) -> bool:
        """Whether it has ended."""
        return self._process.returncode is not None

    async def draw(self, chart: bytes) -> bytes:
        """The picture of a pickled chart. Raises EndedError, DrawingError or NoAnswerError."""
        try:
            self._requests.write(REQUEST.pack(len(chart)) + chart)
            await self._requests.drain()
            outcome, length = ANSWER.unpack(await self._answers.readexactly(ANSWER.size))
            if length > MOST_BYTES:
                raise NoAnswerError
            content = await self._answers.readexactly(length)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise EndedError from error
        if outcome == DrawingOutcome.FAILED:
            raise DrawingError(content.decode())
        if outcome != DrawingOutcome.DRAWN or not content.startswith(PNG):
            raise NoAnswerError
        return content

    def kill(self) -> None:
        """End it at once, whatever it does."""
        with suppress(ProcessLookupError):
            self._process.kill()

    async def end(self) -> None:
        """Let it end, and wait for that."""
        self._requests.close()
        try:
            async with asyncio.timeout(PATIENCE):
                await self._wait()
        except TimeoutError:
            self.kill()
            await self._wait()
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)  # it has done that itself, unless it was killed

    async def _wait(self) -> None:
        """Wait until it has ended, which is not seen before all that it wrote is read."""
        while await self._answers.read(CHUNK):
            pass
        await self._process.wait()


def surroundings(folder: Path) -> dict[str, str]:
    """The environment of the process: no token of the bot, no home, and the same code as here.

    In a folder of its own matplotlib keeps its list of fonts, wherever the bot may write, and reads nobody's settings.
    """
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    code = os.pathsep.join(filter(None, (str(Path(bot.__path__[0]).parent), os.environ.get("PYTHONPATH"))))
    return {**kept, **SETTINGS, "PYTHONPATH": code, "HOME": str(folder), "MPLCONFIGDIR": str(folder)}
