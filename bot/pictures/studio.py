"""Draws pictures in one process of its own, which is started for the first of them and ended when none is wanted.

Neither the bot's memory nor its event loop has anything to do with a drawing, and the bot never imports what draws.
"""

from __future__ import annotations

import pickle
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING, Final, Protocol

import structlog

from bot.base.errors import noted
from bot.pictures.cache import PictureCache
from bot.pictures.kinds import PictureForm
from bot.processes.errors import NoAnswerError, WorkError
from bot.processes.on_demand import IDLE, MOST_WAITING, ProcessOnDemand
from bot.processes.process import Program

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine, Sequence
    from typing import Any

    from bot.pictures.model import Chart

log = structlog.get_logger()
WORKER: Final = "bot.pictures.worker"
LONGEST: Final = 20.0
"""Seconds that a drawing may take."""
MOST_BYTES: Final = 8_000_000
"""The length of the largest picture that is read."""
SETTINGS: Final = {"MPLBACKEND": "agg", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
"""One thread is enough for a picture; each more has memory and a start of its own."""
HOMES: Final = ("MPLCONFIGDIR",)
"""Where matplotlib keeps its list of fonts, and would read settings."""
BEGINNINGS: Final = {PictureForm.PNG: (b"\x89PNG\r\n\x1a\n",), PictureForm.SVG: (b"<?xml ", b"<svg ")}


class Studio(Protocol):
    """Draws charts."""

    def draw(self, chart: Chart, form: PictureForm = PictureForm.PNG) -> Coroutine[Any, Any, bytes]:
        """A chart as a picture. Whoever no longer wants it cancels it. Raises BusyError or NotDrawnError."""
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
        program = Program(worker, "connects-drawing", MOST_BYTES, longest, SETTINGS, HOMES)
        self._process = ProcessOnDemand(program, idle=idle, most=most)
        self._cache = PictureCache()

    @property
    def pid(self) -> int | None:
        """The id of the process that draws (None: there is none now)."""
        return self._process.pid

    async def draw(self, chart: Chart, form: PictureForm = PictureForm.PNG) -> bytes:
        """A chart as a picture; see `Studio`."""
        if (known := self._cache.get(chart, form)) is not None:
            return known
        async with self._process.turn():
            known = self._cache.get(chart, form)  # somebody else may have asked for the same
            return known or await self._draw_now(chart, form)

    async def close(self) -> None:
        """End the process; a later drawing would start another one."""
        await self._process.close()

    async def _draw_now(self, chart: Chart, form: PictureForm) -> bytes:
        began = perf_counter()
        try:
            picture = await self._process.ask(partial(_parts, chart, form), partial(_picture, form))
        except WorkError as error:
            number = noted(error, "pictures")
            log.error("drawing failed", id=number, where=str(error))  # noqa: TRY400 - its trace is in the process
            raise NotDrawnError(number) from error
        except Exception as error:
            raise NotDrawnError(noted(error, "pictures")) from error
        self._cache.put(chart, form, picture)
        took = round((perf_counter() - began) * 1000, 1)
        log.info("drawn", chart=type(chart).__name__, form=form.value, bytes=len(picture), ms=took)
        return picture


async def _parts(chart: Chart, form: PictureForm) -> AsyncIterator[bytes]:
    yield pickle.dumps((chart, form))


def _picture(form: PictureForm, parts: Sequence[bytes]) -> bytes:
    """The picture, if it is one. An SVG can run scripts, so that one with a script is none."""
    (picture,) = parts if len(parts) == 1 else (b"",)
    if not picture.startswith(BEGINNINGS[form]) or (form is PictureForm.SVG and b"<script" in picture.lower()):
        raise NoAnswerError
    return picture
