"""A process of the bot's own, as the bot sees it: it is started, handed one thing to do at a time, and ended."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from asyncio import subprocess
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Final, NamedTuple

import bot
from bot.processes.errors import EndedError, NoAnswerError, WorkError
from bot.processes.protocol import DONE, FRAME, MOST_TEXT, Answer, Request

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping

PATIENCE: Final = 5.0
"""Seconds that the process gets to end by itself."""
CHUNK: Final = 65_536
KEPT: Final = ("PATH", "LANG", "LC_ALL", "TZ", "SYSTEMROOT", "LD_LIBRARY_PATH", "PYTHONHOME")
HOMES: Final = ("HOME", "TMPDIR", "TEMP", "TMP")


class Program(NamedTuple):
    """What a process runs.

    most: the bytes of the largest answer that is read. name: how the names of its folders begin.
    silence: seconds that may pass without progress before it is given up.
    settings: variables of its environment besides those that all processes get. homes: more that name its folder.
    """

    module: str
    name: str
    most: int
    silence: float
    settings: Mapping[str, str] = {}
    homes: tuple[str, ...] = ()


class WorkerProcess:
    """A running process. It ends by itself as soon as the bot closes the pipe, or ends in whatever way."""

    def __init__(self, process: subprocess.Process, program: Program, folder: Path) -> None:
        """Use a process that was started in a folder of its own."""
        if process.stdin is None or process.stdout is None:
            raise ValueError("it has no pipes")
        self._process, self._program, self._folder = process, program, folder
        self._requests, self._answers = process.stdin, process.stdout

    @classmethod
    async def start(cls, program: Program) -> WorkerProcess:
        """Start a process. Signals of a terminal do not reach it, and what it prints is not shown."""
        folder = Path(mkdtemp(prefix=f"{program.name}-"))
        try:
            process = await subprocess.create_subprocess_exec(
                *(sys.executable, "-P", "-m", program.module, str(folder)),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=folder,
                env=surroundings(program, folder),
                start_new_session=True,
            )
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return cls(process, program, folder)

    @property
    def pid(self) -> int:
        """Its id."""
        return self._process.pid

    @property
    def ended(self) -> bool:
        """Whether it has ended."""
        return self._process.returncode is not None

    async def ask(self, parts: AsyncIterator[bytes], progress: Callable[[float], None]) -> list[bytes]:
        """Hand over the pickled parts of what is to be done, and get the parts of what was made.

        `progress` is called with how much is done. Unless all was handed over and answered, the process is killed.
        Raises EndedError, WorkError or NoAnswerError, and whatever `parts` raises.
        """
        async with asyncio.timeout(self._program.silence) as limit:
            sending = asyncio.ensure_future(self._send(parts, limit))
            answer = asyncio.ensure_future(self._receive(progress, limit))
            both = (sending, answer)
            try:
                await asyncio.wait(both, return_when=asyncio.FIRST_EXCEPTION)
                for task in both:
                    if task.done():
                        task.result()
                return answer.result()
            finally:
                if not all(task.done() for task in both):
                    self.kill()
                    for task in both:
                        task.cancel()
                await asyncio.gather(*both, return_exceptions=True)

    async def _send(self, parts: AsyncIterator[bytes], limit: asyncio.Timeout) -> None:
        """Hand over the parts, no faster than they are read."""
        try:
            async for part in parts:
                self._requests.write(FRAME.pack(Request.PART, len(part)))
                self._requests.write(part)
                await self._requests.drain()
                await asyncio.sleep(0)  # if there was room for it in the pipe, nobody else has had a turn
                self._extend(limit)
            self._requests.write(FRAME.pack(Request.END, 0))
            await self._requests.drain()
        except ConnectionError as error:
            raise EndedError from error

    async def _receive(self, progress: Callable[[float], None], limit: asyncio.Timeout) -> list[bytes]:
        """The parts of the answer."""
        parts: list[bytes] = []
        left = self._program.most
        try:
            while True:
                kind, length = FRAME.unpack(await self._answers.readexactly(FRAME.size))
                if kind == Answer.PART and length <= left:
                    left -= length + FRAME.size
                    parts.append(await self._content(length))
                elif kind == Answer.PROGRESS and length == DONE.size:
                    (done,) = DONE.unpack(await self._answers.readexactly(length))
                    progress(done)
                elif kind == Answer.END and not length:
                    return parts
                elif kind == Answer.FAILED and length <= MOST_TEXT:
                    raise WorkError((await self._content(length)).decode(errors="replace"))
                else:
                    raise NoAnswerError
                self._extend(limit)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise EndedError from error

    async def _content(self, length: int) -> bytes:
        """So many bytes, which are never in memory twice."""
        content = BytesIO()
        while length:
            if not (chunk := await self._answers.read(min(length, CHUNK))):
                raise EndedError
            length -= content.write(chunk)
        return content.getvalue()

    def _extend(self, limit: asyncio.Timeout) -> None:
        """Something has come or gone, so the time begins anew."""
        if not limit.expired():
            limit.reschedule(asyncio.get_running_loop().time() + self._program.silence)

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


def surroundings(program: Program, folder: Path) -> dict[str, str]:
    """The environment of the process: no token of the bot, no home, and the same code as here.

    What a library keeps is in a folder of its own, wherever the bot may write, and nobody's settings are read. What it
    writes for a while is there too, so that nothing is left if the process is killed.
    """
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    code = os.pathsep.join(filter(None, (str(Path(bot.__path__[0]).parent), os.environ.get("PYTHONPATH"))))
    homes = dict.fromkeys((*HOMES, *program.homes), str(folder))
    return {**kept, **program.settings, "PYTHONPATH": code, **homes}
