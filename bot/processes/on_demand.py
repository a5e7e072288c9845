"""A process that is started when there is something to do, and ended when there is nothing for a while."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Final, TypeVar

import structlog

from bot.processes.errors import BusyError, EndedError, WorkError
from bot.processes.process import WorkerProcess

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Callable, Generator, Sequence

    from bot.processes.process import Program

    T = TypeVar("T")

log = structlog.get_logger()
IDLE: Final = 60.0
"""Seconds without anything to do after which the process ends."""
MOST_WAITING: Final = 16
"""How much may be under way or wait for its turn."""
TRIES: Final = 2


def nobody(_done: float) -> None:
    """Nobody wants to know how much is done."""


class ProcessOnDemand:
    """Does one thing after another in a process, in the order in which they were asked for."""

    def __init__(self, program: Program, *, idle: float = IDLE, most: int = MOST_WAITING) -> None:
        """Run the program. Nothing is started before there is something to do."""
        self._program, self._idle, self._most = program, idle, most
        self._turn, self._wanted = asyncio.Lock(), 0
        self._process: WorkerProcess | None = None
        self._ending: set[asyncio.Task[None]] = set()
        self._timer: asyncio.TimerHandle | None = None

    @property
    def pid(self) -> int | None:
        """The id of the process (None: there is none now)."""
        return None if self._process is None else self._process.pid

    @asynccontextmanager
    async def turn(self) -> AsyncGenerator[None]:
        """Wait for one's turn, which lasts until the end of the block. Raises BusyError if too many wait already."""
        if self._wanted >= self._most:
            raise BusyError
        self._wanted += 1
        try:
            async with self._turn:
                yield
        finally:
            self._wanted -= 1

    async def ask(
        self,
        parts: Callable[[], AsyncIterator[bytes]],
        accept: Callable[[Sequence[bytes]], T],
        progress: Callable[[float], None] = nobody,
    ) -> T:
        """Have something done in one's turn: hand over its pickled parts, and `accept` the parts of what was made.

        If the process ends meanwhile, another one gets the parts anew, once. Whoever cancels the wait has the process
        killed. Raises EndedError, WorkError, TimeoutError, and what `parts` and `accept` raise.
        """
        with self._busy():
            try:
                return accept(await self._tried(parts, progress))
            except WorkError:
                raise
            except BaseException:
                self._kill()  # otherwise its answer would be taken for that to what is asked next
                raise

    async def close(self) -> None:
        """End the process; whatever is asked later would start another one."""
        self._let_go()
        await asyncio.gather(*self._ending)

    async def _tried(self, parts: Callable[[], AsyncIterator[bytes]], progress: Callable[[float], None]) -> list[bytes]:
        for left in reversed(range(TRIES)):
            process = await self._running()
            try:
                return await process.ask(parts(), progress)
            except EndedError:
                self._let_go()
                log.warning("process ended", worker=self._program.module, again=bool(left))
                if not left:
                    raise
        raise AssertionError

    async def _running(self) -> WorkerProcess:
        """The process, which is started if there is none."""
        if self._process is None or self._process.ended:
            self._let_go()
            self._process = await WorkerProcess.start(self._program)
        return self._process

    @contextmanager
    def _busy(self) -> Generator[None]:
        """The process is not idle; afterwards its time begins to run."""
        if self._timer is not None:
            self._timer.cancel()
        try:
            yield
        finally:
            self._timer = asyncio.get_running_loop().call_later(self._idle, self._let_go)

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()
        self._let_go()

    def _let_go(self) -> None:
        """Let the process end, in the background."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._process is not None:
            ending = asyncio.create_task(self._process.end())
            self._ending.add(ending)
            ending.add_done_callback(self._ending.discard)
            self._process = None
