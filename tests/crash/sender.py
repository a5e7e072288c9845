"""The process that sends, and is killed: real senders with the real client libraries, on a clock that is shared."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bot.base.logs import set_up
from bot.config import Settings
from bot.delivery.carrier import NOT_CONNECTED
from bot.main import load_platform, open_bot, run, sender_for
from bot.platforms.supervisor import RestartBackoff, run_with_sender, supervise
from core.delivery.state import State
from tests.crash.hall import Hall

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping
    from multiprocessing.connection import Connection

    from bot.main import Bot
    from bot.platforms.port import Platform
    from bot.reply.parts import Reply
    from bot.reply.words import Voice
    from core.delivery.notice import Target
    from core.delivery.outcome import Outcome
    from core.store import Store
    from tests.crash.clock import SharedClock

OPEN: Final = (State.PENDING, State.SENDING)
LOOK: Final = 0.05


@dataclass(frozen=True)
class Errand:
    """What a process is to send, whence and where."""

    platform: str
    settings: Mapping[str, str]
    chats: tuple[str, ...]
    keys: tuple[str, ...]
    wall: Connection | None = None
    """Where consoles show what they show."""


@dataclass(frozen=True)
class Connected:
    """A platform to which a message is under way until there is a connection, however long that takes to make."""

    platform: Platform

    @property
    def name(self) -> str:
        return self.platform.name

    @property
    def idempotent(self) -> bool:
        return self.platform.idempotent

    async def calls(self, target: Target) -> int:
        return await self.platform.calls(target)

    async def is_admin(self, group: str, user: str) -> bool | None:
        return await self.platform.is_admin(group, user)

    async def is_member(self, group: str, user: str) -> bool | None:
        return await self.platform.is_member(group, user)

    async def lacks(self, target: Target) -> tuple[str, ...] | None:
        return await self.platform.lacks(target)

    def names(self, group: str) -> Mapping[str, str]:
        return self.platform.names(group)

    async def carry(self, target: Target, given: Reply, speak: Voice, nonce: str) -> Outcome:
        while (outcome := await self.platform.carry(target, given, speak, nonce)) == NOT_CONNECTED:  # noqa: ASYNC110 - nor does a platform
            await asyncio.sleep(LOOK)
        return outcome

    async def amend(self, target: Target, message: str, given: Reply, speak: Voice) -> Outcome:
        return await self.platform.amend(target, message, given, speak)

    async def withdraw(self, target: Target, message: str) -> Outcome:
        return await self.platform.withdraw(target, message)


def send(errand: Errand, clock: SharedClock, *, for_ever: bool) -> None:
    """Send what is due until all is settled, or until the end of the process."""
    clock.take()
    with Path(os.devnull).open("w") as nowhere:
        set_up("CRITICAL", "console", stream=nowhere)
        run(partial(_work, errand, clock, for_ever), fast=True)


async def _work(errand: Errand, clock: SharedClock, for_ever: bool, stop: asyncio.Event) -> None:  # noqa: FBT001 - bound above
    given: dict[str, Any] = {**errand.settings, "_env_file": None}
    async with open_bot(Settings(**given), clock) as bot:
        platform, serve = _platform(errand, bot)
        sender = sender_for(bot, Connected(platform))
        watching = asyncio.create_task(stop.wait() if for_ever else _watch(bot.store, errand, stop))
        await run_with_sender(sender, stop, RestartBackoff(sleep=partial(clock.rest, sender.finish)), serve)
        await watching


def _platform(errand: Errand, bot: Bot) -> tuple[Platform, Callable[[asyncio.Event], Coroutine[Any, Any, object]]]:
    if errand.wall is not None:
        hall = Hall(bot, errand.chats, os.fdopen(errand.wall.fileno(), "w", closefd=False))
        return hall, hall.run
    platform = load_platform(errand.platform, bot)
    return platform, partial(supervise, platform, backoff=RestartBackoff())


async def _watch(store: Store, errand: Errand, stop: asyncio.Event) -> None:
    while not await settled(store, errand):  # noqa: ASYNC110 - the store sets none
        await asyncio.sleep(LOOK)
    stop.set()


async def settled(store: Store, errand: Errand) -> bool:
    """Whether nothing is left to be sent."""
    if await store.outbox.next_due(errand.platform) is not None:
        return False
    for key in errand.keys:
        if any(state in OPEN for _, state, _ in await store.outbox.deliveries(key)):
            return False
    return True
