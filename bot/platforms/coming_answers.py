"""The answers that are still to come on a platform. None of them holds up what the same person does next."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import structlog

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Hashable, Iterator

    from bot.dispatch.coming_answer import ComingAnswer
    from bot.dispatch.desk import Answer

    Show = Callable[[Answer], Awaitable[None]]

log = structlog.get_logger()
LAST_EDITS: Final = 10.0
"""Seconds in which the messages whose answers do not come any more are changed when the platform stops."""


class ComingAnswers:
    """Shows each answer as soon as it is there; at the end, each that is not there is stopped, and says so."""

    def __init__(self, platform: str) -> None:
        """Nothing is to come yet."""
        self._platform, self._ended = platform, False
        self._under_way: dict[asyncio.Task[None], ComingAnswer[Answer]] = {}
        self._places: dict[asyncio.Task[None], Hashable] = {}

    async def expect(self, coming: ComingAnswer[Answer], show: Show, place: Hashable = None) -> None:
        """Let `show` put an answer in its `place` when it comes; only at the end is this awaited here."""
        if self._ended:
            coming.stop()
            await self._show(coming, show)
            return
        task = asyncio.create_task(self._show(coming, show))
        self._under_way[task], self._places[task] = coming, place
        task.add_done_callback(self._under_way.pop)
        task.add_done_callback(self._places.pop)

    def overtake(self, place: Hashable) -> None:
        """Something else has been shown in a place: what was to come there is not wanted any more."""
        for task, where in self._places.items():
            if where == place:
                task.cancel()

    async def finish(self) -> None:
        """Stop what is still to come, and wait until that is shown, but not for long."""
        self._ended = True
        for coming in self._under_way.values():
            coming.stop()
        tasks = set(self._under_way)
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=LAST_EDITS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _show(self, coming: ComingAnswer[Answer], show: Show) -> None:
        try:
            await show(await coming)
        except Exception as error:  # noqa: BLE001 - nobody above could handle it; its text may contain private words
            log.warning("answer_lost", platform=self._platform, kind=type(error).__name__)


@contextmanager
def stopped_if_lost(answer: Answer) -> Iterator[None]:
    """Stop what is to come after an answer if that cannot be shown."""
    try:
        yield
    except BaseException:
        stop_coming(answer)
        raise


def stop_coming(answer: Answer | None) -> None:
    """Stop what is to come after an answer that is not shown, or not in a message."""
    if answer is not None and answer.coming is not None:
        answer.coming.stop()
