"""The drawings under way."""

from __future__ import annotations

from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from bot.pictures.kinds import PictureForm
from bot.pictures.studio import WorkerStudio
from bot.processes.owned_tasks import GRACE, OwnedTasks

if TYPE_CHECKING:
    import asyncio
    from collections.abc import AsyncGenerator, Hashable

    from bot.pictures.model import Chart
    from bot.pictures.studio import Studio
    from bot.processes.owned_tasks import Stop


class Drawing(NamedTuple):
    """A drawing under way, and the token by which whoever asked for it can stop it."""

    token: int
    picture: asyncio.Task[bytes]


class Drawings:
    """Begins drawings in a studio, and stops them."""

    def __init__(self, studio: Studio, *, grace: float = GRACE) -> None:
        """Draw in `studio`. `grace` is how many seconds an answer waits for its picture."""
        self._studio, self.grace = studio, grace
        self._tasks: OwnedTasks[bytes] = OwnedTasks()

    def begin(self, owner: Hashable, chart: Chart, form: PictureForm = PictureForm.PNG) -> Drawing:
        """Begin a drawing for somebody. Raises BusyError if they have too many under way."""
        return Drawing(*self._tasks.begin(owner, partial(self._studio.draw, chart, form)))

    def stop(self, owner: Hashable, token: int) -> Stop:
        """Stop a drawing of theirs."""
        return self._tasks.stop(owner, token)

    async def close(self) -> None:
        """Stop all of them, because the bot ends."""
        await self._tasks.close()


@asynccontextmanager
async def open_drawings() -> AsyncGenerator[Drawings]:
    """Drawings in a process of their own. At the end of the block they are stopped, and the process ends."""
    studio = WorkerStudio()
    drawings = Drawings(studio)
    try:
        yield drawings
    finally:
        await drawings.close()
        await studio.close()
