"""The answers that are still to come on a platform. None of them holds up what the same person does next."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from dataclasses import dataclass
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


@dataclass(slots=True)
class _UnderWay:
    """What is to come next in a place; None once the last answer is there."""

    coming: ComingAnswer[Answer] | None
    place: Hashable


class ComingAnswers:
    """Shows each answer as soon as it is there; at the end, each that is not there is stopped, and says so.

    Of the stages that come while one is being shown, only the newest is shown, so that the last answer waits for none.
    """

    def __init__(self, platform: str) -> None:
        """Nothing is to come yet."""
        self._platform, self._ended = platform, False
        self._under_way: dict[asyncio.Task[None], _UnderWay] = {}

    async def expect(self, coming: ComingAnswer[Answer], show: Show, place: Hashable = None) -> None:
        """Let `show` put what comes in its `place`; only at the end is this awaited here.

        `show` is given stages too, which have something `coming` themselves. Whatever becomes of them, the last answer
        is shown.
        """
        under_way = _UnderWay(coming, place)
        if self._ended:
            coming.stop()
            await self._show(under_way, show)
            return
        task = asyncio.create_task(self._show(under_way, show))
        self._under_way[task] = under_way
        task.add_done_callback(self._under_way.pop)

    def overtake(self, place: Hashable) -> None:
        """Something else has been shown in a place: what was to come there is not wanted any more."""
        for task, under_way in self._under_way.items():
            if under_way.place == place:
                task.cancel()

    async def finish(self) -> None:
        """Stop what is still to come, and wait until that is shown, but not for long."""
        self._ended = True
        for under_way in self._under_way.values():
            if under_way.coming is not None:
                under_way.coming.stop()
        tasks = set(self._under_way)
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=LAST_EDITS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _show(self, under_way: _UnderWay, show: Show) -> None:
        came: asyncio.Queue[Answer] = asyncio.Queue()
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(_follow(under_way, came))
                await self._show_newest(came, show)
        except* Exception as errors:  # noqa: BLE001 - nobody above could handle it; its text may contain private words
            for error in errors.exceptions:
                self._log(error)

    async def _show_newest(self, came: asyncio.Queue[Answer], show: Show) -> None:
        """Show what came last, again and again until nothing comes after it. What failed harms nothing else."""
        is_last = False
        while not is_last:
            answer = await came.get()
            while not came.empty():
                answer = came.get_nowait()
            is_last = answer.coming is None
            try:
                await show(answer)
            except Exception as error:  # noqa: BLE001 - as above
                self._log(error)

    def _log(self, error: Exception) -> None:
        log.warning("answer_lost", platform=self._platform, kind=type(error).__name__)


async def _follow(under_way: _UnderWay, came: asyncio.Queue[Answer]) -> None:
    while under_way.coming is not None:
        answer = await under_way.coming
        under_way.coming = answer.coming
        came.put_nowait(answer)


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
