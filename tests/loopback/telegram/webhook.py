"""Updates brought to the bot's own address, until it takes them."""

from __future__ import annotations

import asyncio
import contextlib
from http import HTTPStatus
from typing import TYPE_CHECKING

import aiohttp

if TYPE_CHECKING:
    from tests.loopback.telegram.state import State
    from tests.loopback.telegram.updates import Pending

SECRET = "X-Telegram-Bot-Api-Secret-Token"
FIRST_PAUSE, LONGEST_PAUSE = 0.01, 0.5


class Webhook:
    """Several updates at a time, but those of one lane in order; a refused one comes again, sooner than in life."""

    def __init__(self, state: State, url: str, secret: str, max_connections: int) -> None:
        self._state = state
        self._updates = state.updates
        self._pulse = state.pulse
        self._secret = secret
        self._task: asyncio.Task[None] | None = None
        self.url = url
        self.max_connections = max_connections
        self.last_error = ""
        self.attempts = 0

    def start(self) -> None:
        self._task = asyncio.create_task(self._pump())

    async def stop(self) -> None:
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
        for pending in self._updates.queue:
            pending.flying = False

    async def _pump(self) -> None:
        async with aiohttp.ClientSession(trust_env=False) as http, asyncio.TaskGroup() as flights:
            while True:
                for pending in self._ready():
                    pending.flying = True
                    flights.create_task(self._deliver(http, pending))
                await self._pulse.next()

    def _ready(self) -> list[Pending]:
        flying = [one for one in self._updates.queue if one.flying]
        lanes, free = {one.lane for one in flying}, self.max_connections - len(flying)
        ready: list[Pending] = []
        for pending in self._updates.queue:
            if pending.lane not in lanes and len(ready) < free:
                lanes.add(pending.lane)
                ready.append(pending)
        return ready

    async def _deliver(self, http: aiohttp.ClientSession, pending: Pending) -> None:
        pause = FIRST_PAUSE
        while not await self._is_taken(http, pending):
            self._pulse.beat()
            await self._state.back_off(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
            if pending.until <= self._state.clock.now():
                break
        pending.flying = False
        self._updates.received(pending)

    async def _is_taken(self, http: aiohttp.ClientSession, pending: Pending) -> bool:
        self.attempts += 1
        headers = {SECRET: self._secret} if self._secret else {}
        try:
            async with http.post(self.url, json=pending.body, headers=headers) as answer:
                if HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
                    return True
                self.last_error = f"Wrong response from the webhook: {answer.status} {answer.reason}"
        except (aiohttp.ClientError, OSError):
            self.last_error = "Connection refused"
        return False
