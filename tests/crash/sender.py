"""The process that sends, and is killed: real posts with the real client libraries, on a clock that runs fast."""

from __future__ import annotations

import asyncio
import os
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bot.base.logs import set_up
from bot.config import Settings
from bot.main import PLATFORMS, assembled, run, sender_for
from bot.platforms.supervisor import RestartBackoff, beside, supervise
from core.delivery.state import State
from tests.crash.hall import Hall

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping
    from multiprocessing.connection import Connection

    from bot.main import Bot
    from bot.platforms.port import Platform
    from core.store import Store

OPEN: Final = (State.PENDING, State.SENDING)
LOOK: Final = 0.05


@dataclass(frozen=True)
class FastClock:
    """Runs so many times as fast as the computer's, from a moment on: 15 seconds of a lease are soon over."""

    began: float
    times: float

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.began, UTC) + timedelta(seconds=(time.time() - self.began) * self.times)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / self.times)


@dataclass(frozen=True)
class Errand:
    """What a process is to send, whence and where."""

    platform: str
    settings: Mapping[str, str]
    clock: FastClock
    chats: tuple[str, ...]
    keys: tuple[str, ...]
    wall: Connection | None = None
    """Where consoles show what they show."""
    for_ever: bool = field(default=False)
    """Go on when all is settled."""


def send(errand: Errand) -> None:
    """Send what is due until all is settled, or until the end of the process."""
    with Path(os.devnull).open("w") as nowhere:
        set_up("CRITICAL", "console", stream=nowhere)
        run(partial(_work, errand), fast=True)


async def _work(errand: Errand, stop: asyncio.Event) -> None:
    given: dict[str, Any] = {**errand.settings, "_env_file": None}
    async with assembled(Settings(**given), errand.clock) as bot:
        platform, serve = _platform(errand, bot)
        watching = asyncio.create_task(_watch(bot.store, errand, stop))
        await beside(sender_for(bot, platform), stop, RestartBackoff(sleep=errand.clock.sleep), serve)
        await watching


def _platform(errand: Errand, bot: Bot) -> tuple[Platform, Callable[[asyncio.Event], Coroutine[Any, Any, object]]]:
    if errand.wall is not None:
        hall = Hall(bot, errand.chats, os.fdopen(errand.wall.fileno(), "w", closefd=False))
        return hall, hall.run
    platform = PLATFORMS[errand.platform](bot.settings, bot.desk, bot.store.notes)
    return platform, partial(supervise, platform, backoff=RestartBackoff())


async def _watch(store: Store, errand: Errand, stop: asyncio.Event) -> None:
    while not stop.is_set():
        await asyncio.sleep(LOOK)
        if not errand.for_ever and await settled(store, errand):
            stop.set()


async def settled(store: Store, errand: Errand) -> bool:
    """Whether nothing is left to be sent."""
    if await store.outbox.next_due(errand.platform) is not None:
        return False
    for key in errand.keys:
        if any(state in OPEN for _, state, _ in await store.outbox.deliveries(key)):
            return False
    return True
