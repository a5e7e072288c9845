"""Keeps the message up to date in which an operator watches the progress of an announcement.

Each update is a task in the store that is due every few seconds, so it continues after a restart. The edit itself runs
in the background, so that it does not delay the other tasks.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from bot.base.errors import noted
from bot.command.incoming import token_at
from bot.reply.words import FALLBACK_VOICE
from bot.views.progress import progress_key, shown
from core.delivery.outcome import Failed, Moved, PlaceLost, Sent, Unreachable
from core.delivery.state import SETTLED_FOR_GOOD
from core.scheduling.task import TaskResult
from core.shared.backoff import backed_off
from core.shared.clock_steps import lasts

if TYPE_CHECKING:
    from datetime import datetime

    from bot.delivery.live_platforms import LivePlatforms
    from bot.dispatch.dialog import Dialog
    from core.announcements.model import Tally
    from core.announcements.service import AnnouncementService
    from core.delivery.notice import Target
    from core.scheduling.task import Task
    from core.shared.ports import Clock
    from core.store import Store

EVERY: Final = timedelta(seconds=5)
SELDOM: Final = timedelta(minutes=1)


class LiveProgress:
    """Edits the progress messages, each at most once in five seconds."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        dialog: Dialog,
        announcements: AnnouncementService,
        live_platforms: LivePlatforms,
    ) -> None:
        """Edit messages on `live_platforms`. Those on other platforms are left to other processes."""
        self._store, self._clock, self._dialog = store, clock, dialog
        self._announcements, self._live_platforms = announcements, live_platforms
        self._shown: dict[str, Tally] = {}
        self._quiet: dict[str, int] = {}  # how many times in a row nothing had changed
        self._next: dict[str, datetime] = {}
        self._lost: set[str] = set()
        self._under_way: dict[str, asyncio.Task[None]] = {}

    async def run(self, due: Task, now: datetime) -> TaskResult:
        """Edit the message if the tally has changed, and look again later unless the end has been shown."""
        name = due.name.partition(":")[2]
        if lasts(self._next.get(name, now), now, EVERY):
            return TaskResult(next_at=self._next[name])
        tally = await self._announcements.tally(name)
        if name in self._lost or (self._shown.get(name) == tally and not tally.busy):
            self._forget(name)
            return TaskResult()
        where = await self._store.outbox.sent_as(progress_key(name))
        if not where and await self._never_arrives(name):
            return TaskResult()
        if where and where[0][0].platform not in self._live_platforms:
            return self._left_to_others(name, tally, now)
        news = self._shown.get(name) != tally
        if news and where and name not in self._under_way:
            self._begin(name, *where[0], tally)
        self._quiet[name] = 0 if news else self._quiet.get(name, 0) + 1
        self._next[name] = now + EVERY
        return TaskResult(next_at=now + self._pause(name))

    def _pause(self, name: str) -> timedelta:
        return backed_off(EVERY, self._quiet.get(name, 0), SELDOM)

    def _left_to_others(self, name: str, tally: Tally, now: datetime) -> TaskResult:
        """Look ever less often. After the announcement's end, other processes have a few minutes to show it."""
        if self._pause(name) == SELDOM and not tally.busy:
            self._forget(name)
            return TaskResult()
        self._quiet[name] = self._quiet.get(name, 0) + 1
        return TaskResult(next_at=now + self._pause(name))

    async def finish(self) -> None:
        """Wait for the edits under way."""
        await asyncio.gather(*self._under_way.values())

    async def _never_arrives(self, name: str) -> bool:
        """Whether the message was not sent and never will be."""
        deliveries = await self._store.outbox.deliveries(progress_key(name))
        return all(state in SETTLED_FOR_GOOD for _, state, _ in deliveries)

    def _begin(self, name: str, target: Target, message: str, tally: Tally) -> None:
        task = self._under_way[name] = asyncio.create_task(self._amend(name, target, message, tally))
        task.add_done_callback(lambda _: self._under_way.pop(name, None))

    async def _amend(self, name: str, target: Target, message: str, tally: Tally) -> None:
        """Edit the message. If it can no longer be edited it is given up; any other failure is tried again."""
        live = self._live_platforms[target.platform]
        try:
            one, now = await self._announcements.find(name), self._clock.now()
            given = shown(name, one.text, tally, one.zone) if one is not None else shown(name, "", tally)
            sealed = await self._dialog.seal_with(token_at(now, f"{progress_key(name)}:{now}"), given, now, target.ref)
            outcome = await live.amend(target, message, sealed, FALLBACK_VOICE)
        except Exception as error:  # noqa: BLE001 - it only shows something, and is tried again
            noted(error, target.platform)
            return
        if isinstance(outcome, Sent):
            self._shown[name] = tally
        elif isinstance(outcome, Unreachable | PlaceLost | Failed | Moved):
            self._lost.add(name)

    def _forget(self, name: str) -> None:
        for kept in (self._shown, self._quiet, self._next):
            kept.pop(name, None)
        self._lost.discard(name)
