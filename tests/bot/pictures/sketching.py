"""A studio without a process: a tiny picture comes at once, or when the test says so."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from bot.pictures.kinds import PictureForm
from tests.bot.pictures.painter import PNG

if TYPE_CHECKING:
    from bot.pictures.model import Chart

SVG: Final = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1H0z"/></svg>'


class Sketches:
    """Draws every chart as the same picture of its form, and keeps the charts."""

    def __init__(self) -> None:
        self.charts: list[Chart] = []
        self.error: Exception | None = None
        self._open = asyncio.Event()
        self._open.set()

    async def draw(self, chart: Chart, form: PictureForm = PictureForm.PNG) -> bytes:
        self.charts.append(chart)
        if not self._open.is_set():
            await self._open.wait()
        if self.error is not None:
            raise self.error
        return PNG if form is PictureForm.PNG else SVG

    def hold(self) -> None:
        """Let drawings take until `release`."""
        self._open.clear()

    def release(self) -> None:
        self._open.set()
