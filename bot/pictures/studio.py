"""Draws pictures in one process of its own, which is started for the first of them and ended when none is wanted.

Neither the bot's memory nor its event loop has anything to do with a drawing, and the bot never imports what draws.
"""

from __future__ import annotations

import asyncio
import pickle
from contextlib import contextmanager
from time import perf_counter
from typing import TYPE_CHECKING, Final, Protocol

import structlog

from bot.base.errors import noted
from bot.pictures.cache import PictureCache
from bot.pictures.process import DrawingError, DrawingProcess, EndedError
from bot.processes.errors import BusyError

if TYPE_CHECKING:
    from collections.abc import Generator

    from bot.pictures.model import Chart

log = structlog.get_logger()
WORKER: Final = "bot.pictures.worker"
IDLE: Final = 60.0
"""Seconds without a drawing after which the process ends."""
LONGEST: Final = 20.0
"""Seconds that a drawing may take, with the start of the process if there is none."""
MOST_WAITING: Final = 16
"""How many drawings may be under way or wait for their turn."""
TRIES: Final = 2


class Studio(Protocol):
    """Draws charts."""

    async def draw(self, chart: Chart) -> bytes:
        """A chart as a PNG. Who no longer wants it cancels the wait. Raises BusyError or NotDrawnError."""
        ...


class NotDrawnError(Exception):
    """A chart could not be drawn. `number` is the fault's id in the log."""

    def __init__(self, number: str) -> None:
        """Carry the id."""
        super().__init__(number)
        self.number = number


class WorkerStudio:
    """Draws one chart after another, in the order in which they were asked for, and remembers the latest pictures."""

    def __init__(
        self, worker: str = WORKER, *, idle: float = IDLE, longest: float = LONGEST, most: int = MOST_WAITING
    ) -> None:
        """Draw in a process that runs the module `worker`. Nothing is started before the first drawing."""
        self._worker, self._idle, self._longest, self._most = worker, idle, longest, most
        self._cache, self._wanted = PictureCache(), 0
        self._turn = asyncio.Lock()
        self._process: DrawingProcess | None = None
        self._ending: set[asyncio.Task[None]] = set()
        self._timer: asyncio.TimerHandle | None = None

    @property
    def pid(self) -> int | None:
        """The id of the process that draws (None: there is none now)."""
        return None if self._process is None else self._process.pid

    async def draw(self, chart: Chart) -> bytes:
        """A chart as a PNG; see `Studio`."""
        if (known := self._cache.get(chart)) is not None:
            return known
        if self._wanted >= self._most:
            raise BusyError
        self._wanted += 1
        try:
            async with self._turn:
                known = self._cache.get(chart)  # somebody else may have asked for the same
                return known or await self._draw_now(chart)
        finally:
            self._wanted -= 1

    async def close(self) -> None:
        """End the process; a later drawing would start another one."""
        self._let_go()
        await asyncio.gather(*self._ending)

    async def _draw_now(self, chart: Chart) -> bytes:
        began = perf_counter()
        with self._busy():
            try:
                picture = await self._tried(pickle.dumps(chart))
            except DrawingError as error:
                number = noted(error, "pictures")
                log.error("drawing failed", id=number, where=str(error))  # noqa: TRY400 - its trace is in the process
                raise NotDrawnError(number) from error
            except Exception as error:
                self._kill()  # otherwise its answer would be taken for that of the next chart
                raise NotDrawnError(noted(error, "pictures")) from error
            except asyncio.CancelledError:
                self._kill()
                raise
        self._cache.put(chart, picture)
        took = round((perf_counter() - began) * 1000, 1)
        log.info("drawn", chart=type(chart).__name__, bytes=len(picture), ms=took)
        return picture

    async def _tried(self, chart: bytes) -> bytes:
        """The picture. If the process ends meanwhile, another one gets the chart, once."""
        for left in reversed(range(TRIES)):
            process = await self._running()
            try:
                async with asyncio.timeout(self._longest):
                    return await process.draw(chart)
            except EndedError:
                self._let_go()
                log.warning("drawing process ended", again=bool(left))
                if not left:
                    raise
        raise AssertionError

    async def _running(self) -> DrawingProcess:
        """The process, which is started if there is none."""
        if self._process is None or self._process.ended:
            self._let_go()
            self._process = await DrawingProcess.start(self._worker)
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
