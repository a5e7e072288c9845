"""A studio without a process: a tiny picture comes at once, or when the test says so."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tests.bot.pictures.painter import PNG

if TYPE_CHECKING:
    from bot.pictures.model import Chart


class Sketches:
    """Draws every chart as the same picture, and keeps the charts."""

    def __init__(self) -> None:
        self.charts: list[Chart] = []
        self.error: Exception | None = None
        self._open = asyncio.Event()
        self._open.set()

    async def draw(self, chart: Chart) -> bytes:
        self.charts.append(chart)
        if not self._open.is_set():
            await self._open.wait()
        if self.error is not None:
            raise self.error
        return PNG

    def hold(self) -> None:
        """Let drawings take until `release`."""
        self._open.clear()

    def release(self) -> None:
        self._open.set()
