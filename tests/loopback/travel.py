"""The way to a server and back, which takes no time unless it is told to."""

from __future__ import annotations

import asyncio
from random import Random
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from aiohttp.typedefs import Handler, Middleware

MESSAGES = ("/sendMessage", "/messages")


class Travel:
    """How long each message is under way: a half of it there, the other back, each up to so much longer by chance."""

    def __init__(self) -> None:
        self._least = self._more = 0.0
        self._chance = Random(7)  # noqa: S311 - the same delays in each run, no secret
        self._open = asyncio.Event()
        self._open.set()
        self.held = 0
        """How many messages wait for `release`."""

    def takes(self, seconds: float, more: float = 0.0) -> None:
        """From now on: at least so many seconds in all, and up to so many `more`."""
        self._least, self._more = seconds / 2, more / 2

    def hold(self) -> None:
        """Let no message arrive until `release`."""
        self._open.clear()

    def release(self) -> None:
        self._open.set()

    async def _wait(self) -> None:
        self.held += 1
        try:
            await self._open.wait()
        finally:
            self.held -= 1

    async def _pass(self) -> None:
        if self._least or self._more:
            await asyncio.sleep(self._least + self._chance.uniform(0, self._more))

    @property
    def middleware(self) -> Middleware:
        """What an application is given; only messages take their time."""

        @web.middleware
        async def under_way(request: web.Request, handler: Handler) -> web.StreamResponse:
            if not request.path.endswith(MESSAGES):
                return await handler(request)
            try:
                await self._pass()
                await self._wait()
                answer = await handler(request)
                await self._pass()
            except ConnectionResetError:  # who called is gone, and what was called for with it
                return web.Response()
            return answer

        return under_way
